/**
 * The paper's experiments over a folder of clean images: how they are damaged, who restores them, what is measured, and the
 * journal that lets an interrupted evaluation go on.
 *
 * <p>Read {@link io.driftrec.evaluation.protocol.Evaluation} first: the loop. A {@link
 * io.driftrec.evaluation.protocol.Condition} damages, a {@link io.driftrec.evaluation.protocol.Method} restores, a {@link
 * io.driftrec.evaluation.protocol.MetricSuite} measures. Imports {@code image}, {@code batch} (progress) and the metrics; the
 * lane comes in as a {@code Method}, wired by {@code app}.
 */
@NullMarked
package io.driftrec.evaluation.protocol;

import org.jspecify.annotations.NullMarked;
