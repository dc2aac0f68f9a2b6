package io.driftrec.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** What a worker or trainer calls itself in events and logs. */
final class ProcessName {
    private ProcessName() {}

    /** The name that was chosen; else that of the host, or else of the kind, with the process id. */
    static String of(@Nullable String chosen, String kind) {
        if (chosen != null) {
            return chosen;
        }
        long pid = ProcessHandle.current().pid();
        try {
            return InetAddress.getLocalHost().getHostName() + "-" + pid;
        } catch (UnknownHostException nameless) {
            return kind + "-" + pid;
        }
    }
}
