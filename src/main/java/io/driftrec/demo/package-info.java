/**
 * The main job in one process: a real broker, a worker and a directory as object store, and the page that shows what came
 * out.
 *
 * <p>Read {@code DemoCase} first: what is asked for. Imports {@code message}, {@code image} and {@code evaluation}; the wiring is
 * {@code app}'s.
 *
 * <p>Why so: "The demo is a package" and others in {@code src/docs/RATIONALE.md}.
 */
@NullMarked
package io.driftrec.demo;

import org.jspecify.annotations.NullMarked;
