/**
 * What a run against a broker promises, as objects: feed them, then check. They see only topics, the group and the watched
 * parts, so every scenario can use them, whatever the handler does.
 */
@NullMarked
package io.driftrec.kafka.guarantees;

import org.jspecify.annotations.NullMarked;
