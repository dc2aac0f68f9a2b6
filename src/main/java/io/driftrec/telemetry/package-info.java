/**
 * Prometheus implementations of the metrics interfaces that the emitting packages own, and what operators ask over HTTP.
 *
 * <p>Read {@code WorkerMetrics} first. The names of metrics and their labels are public contract. Imports {@code restore}, {@code
 * registry}, {@code kafka}, {@code batch}, {@code training} and {@code message}.
 */
@NullMarked
package io.driftrec.telemetry;

import org.jspecify.annotations.NullMarked;
