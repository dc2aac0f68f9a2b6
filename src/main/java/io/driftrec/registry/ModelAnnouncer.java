package io.driftrec.registry;

import io.driftrec.message.OutgoingEvent;
import java.util.concurrent.CompletionStage;

/** Puts an announcement on the topic of models, such as {@code EventPublisher::publish}. */
@FunctionalInterface
public interface ModelAnnouncer {
    /** Completes when it is acknowledged. */
    CompletionStage<Void> announce(OutgoingEvent event);
}
