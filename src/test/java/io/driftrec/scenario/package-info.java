/**
 * Whole workers as processes against a broker and an S3 server: what they promise, seen from outside. Read {@code
 * WorkersScenarioTest} first.
 */
@NullMarked
package io.driftrec.scenario;

import org.jspecify.annotations.NullMarked;
