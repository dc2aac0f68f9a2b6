package io.driftrec.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a worker or trainer calls itself in events and logs. */
final class ProcessName {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    private ProcessName() {}

    /**
     * The name that was chosen; else that of the host, or else of the kind, with the process id.
     *
     * @throws CannotStart when no event could carry the chosen one
     */
    static String of(@Nullable String chosen, String kind) {
        if (chosen != null) {
            if (!NAME.matcher(chosen).matches()) {
                throw new CannotStart("--%s-name \"%s\": must be 1 to 128 of A-Z a-z 0-9 . _ -, a letter or digit first"
                        .formatted(kind, chosen));
            }
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
