package io.driftrec.bench;

import java.util.Locale;

/** A way to make network calls of images that arrive one by one. */
public enum Batching {
    /** An image joins the next call, whatever is under way: what the lane does. */
    IN_FLIGHT,
    /** A device that is free takes the images that wait, as many as fit a call, and no others until all of them are done. */
    COLLECT_THEN_RUN,
    /** As before, but one image only. */
    ONE_AT_A_TIME;

    /** The name in reports, such as {@code in-flight}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How many images may be handed to the lane when {@code running} are there. */
    int room(int running, int slots) {
        return switch (this) {
            case IN_FLIGHT -> Integer.MAX_VALUE;
            case COLLECT_THEN_RUN -> running == 0 ? slots : 0;
            case ONE_AT_A_TIME -> running == 0 ? 1 : 0;
        };
    }
}
