/**
 * Models on their way from who trains them to who serves them: publication, fetching, and following what is published.
 *
 * <p>Read {@link io.driftrec.registry.ModelPublication} first (what is written where, and in which order), then {@link
 * io.driftrec.registry.ModelRegistry} (how it is found and checked again), then {@link io.driftrec.registry.ModelUpdates} (from an
 * announcement to a version in force). Below a prefix of an object store, or a directory, lies
 *
 * <pre>
 *   &lt;name&gt;/published.json                    the announcement of the version in force
 *   &lt;name&gt;/&lt;digest&gt;/model.json              a version: never changed once it is there
 *   &lt;name&gt;/&lt;digest&gt;/weights.safetensors
 * </pre>
 *
 * and a prefix to which a directory of models was copied as it is ({@code <name>/model.json}) is read as well. Imports {@code
 * message}, {@code diffusion}, {@code network} and {@code storage}; knows no Kafka and no lane.
 *
 * <p>Why so: "A version of a model is the digest of its weights" and others in {@code src/docs/RATIONALE.md}.
 */
@NullMarked
package io.driftrec.registry;

import org.jspecify.annotations.NullMarked;
