/**
 * The commands: wire, start, drain, stop. Imports everything; nobody imports it.
 */
@NullMarked
package io.driftrec.app;

import org.jspecify.annotations.NullMarked;
