/**
 * What an evaluation found, as tables, charts and pictures: a page that needs nothing else, Markdown, CSV and JSON.
 *
 * <p>Read {@link io.driftrec.evaluation.report.EvaluationSummary} first: the model that all of them show. Imports {@code
 * evaluation.protocol} and {@code image}.
 */
@NullMarked
package io.driftrec.evaluation.report;

import org.jspecify.annotations.NullMarked;
