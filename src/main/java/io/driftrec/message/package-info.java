/**
 * What travels through Kafka: the wire records, their JSON codec and schema validation, and the CloudEvents attributes.
 *
 * <p>Read {@link io.driftrec.message.RestorationRequest} first. Imports no other package of driftrec.
 */
@NullMarked
package io.driftrec.message;

import org.jspecify.annotations.NullMarked;
