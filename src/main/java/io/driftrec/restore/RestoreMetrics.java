package io.driftrec.restore;

import io.driftrec.message.FailureCode;
import java.time.Duration;

/**
 * What the service reports about itself. At any time {@code started = completed + failed + given back + in flight}.
 */
public interface RestoreMetrics {
    void started();

    void completed();

    void failed(FailureCode code);

    /** The worker stopped before the request was finished; another worker takes it. */
    void givenBack();

    void stage(Stage stage, Duration duration);

    void bytesRead(long bytes);

    void bytesWritten(long bytes);

    /** A store was out of reach and is tried again. */
    void retried();

    /** Reports nothing. */
    RestoreMetrics NONE = new RestoreMetrics() {
        @Override
        public void started() {}

        @Override
        public void completed() {}

        @Override
        public void failed(FailureCode code) {}

        @Override
        public void givenBack() {}

        @Override
        public void stage(Stage stage, Duration duration) {}

        @Override
        public void bytesRead(long bytes) {}

        @Override
        public void bytesWritten(long bytes) {}

        @Override
        public void retried() {}
    };
}
