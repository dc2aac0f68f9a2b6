package io.driftrec.kafka;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * A consumer that can end as with its process: heartbeats stop, nothing is committed, the group is not told. After {@link #kill}
 * every call throws {@link Killed} on the caller's thread.
 */
final class KillableConsumer {
    /** What the caller of a dead consumer gets. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private final Consumer<byte[], byte[]> consumer;
    private volatile boolean isKilled;
    private boolean isClosed;
    private boolean isClosing;
    private int depth; // above 0 in a rebalance callback: closing has to wait until the consumer's own call is over

    KillableConsumer(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    void kill() {
        isKilled = true;
    }

    @SuppressWarnings("unchecked")
    Consumer<byte[], byte[]> proxy() {
        return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(
                Consumer.class.getClassLoader(), new Class<?>[] {Consumer.class}, (proxy, method, arguments) -> {
                    if (isClosing) {
                        return null; // the listener, called while the consumer closes: the dead do not commit
                    }
                    dieIfKilled();
                    depth++;
                    Object result;
                    try {
                        result = method.invoke(consumer, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        depth--;
                    }
                    dieIfKilled();
                    return result;
                });
    }

    private void dieIfKilled() {
        if (isKilled) {
            if (!isClosed && depth == 0) {
                isClosed = true;
                isClosing = true;
                consumer.close(CloseOptions.timeout(Duration.ZERO)
                        .withGroupMembershipOperation(GroupMembershipOperation.REMAIN_IN_GROUP));
                isClosing = false;
            }
            throw new Killed();
        }
    }
}
