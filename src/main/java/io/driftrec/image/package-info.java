/**
 * Pictures in and out: decoding with limits, encoding, padding, colour statistics and JPEG corruption.
 *
 * <p>Imports no other package of driftrec; the only package that uses ImageIO.
 */
@NullMarked
package io.driftrec.image;

import org.jspecify.annotations.NullMarked;
