/**
 * The main job in one process: a real broker, a worker and a directory as object store, and the page that shows what came
 * out.
 */
@NullMarked
package io.driftrec.demo;

import org.jspecify.annotations.NullMarked;
