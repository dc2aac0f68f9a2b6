/**
 * How good a restored image is: the metrics of the paper with its settings.
 */
@NullMarked
package io.driftrec.evaluation;

import org.jspecify.annotations.NullMarked;
