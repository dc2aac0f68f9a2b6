/**
 * Prometheus implementations of the metrics interfaces that the emitting packages own, and the health endpoints.
 */
@NullMarked
package io.driftrec.telemetry;

import org.jspecify.annotations.NullMarked;
