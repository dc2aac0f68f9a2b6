/**
 * The Kafka side: consuming, out-of-order completion of offsets, publishing, dead letters; generic in the handler.
 *
 * <p>Read {@code ConsumeLoop} first. Imports only {@code message}; the only package that uses the Kafka clients.
 */
@NullMarked
package io.driftrec.kafka;

import org.jspecify.annotations.NullMarked;
