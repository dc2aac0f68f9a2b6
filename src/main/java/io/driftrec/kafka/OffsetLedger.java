package io.driftrec.kafka;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Turns offsets that complete in any order into the one number that a consumer group can commit: everything before it is
 * complete.
 *
 * <p>A ledger belongs to one assignment of one partition. After the partition is lost and comes back there is another
 * ledger, so what was begun under the old assignment cannot move the new one. Offsets are opened in ascending order; gaps
 * (compaction, transaction markers) are skipped over. Confined to one thread.
 */
final class OffsetLedger {
    private static final class Entry {
        private final long offset;
        private boolean isComplete;

        private Entry(long offset) {
            this.offset = offset;
        }
    }

    private final Deque<Entry> tracked = new ArrayDeque<>();
    private final Map<Long, Entry> open = new HashMap<>();
    private long next = -1;
    private long committed = -1;

    /** Whether the offset may be opened: it lies after all that were. */
    boolean accepts(long offset) {
        return offset >= next && offset >= 0;
    }

    /**
     * Notes that the record of this offset was received.
     *
     * @throws IllegalArgumentException the offset is not after those opened before
     */
    void open(long offset) {
        if (!accepts(offset)) {
            throw new IllegalArgumentException("offset " + offset + " is before " + Math.max(next, 0));
        }
        if (next < 0) {
            committed = offset; // where this assignment began: nothing to say until it has moved
        }
        Entry entry = new Entry(offset);
        tracked.addLast(entry);
        open.put(offset, entry);
        next = offset + 1;
    }

    /**
     * Notes that the record of this offset has its outcome.
     *
     * @throws IllegalArgumentException the offset is not open
     */
    void complete(long offset) {
        Entry entry = open.remove(offset);
        if (entry == null) {
            throw new IllegalArgumentException("offset " + offset + " is not open");
        }
        entry.isComplete = true;
        while (!tracked.isEmpty() && tracked.getFirst().isComplete) {
            tracked.removeFirst();
        }
    }

    /** What to commit: the offset of the first record without outcome; empty where that is committed already. */
    OptionalLong committable() {
        long watermark = watermark();
        return watermark > committed ? OptionalLong.of(watermark) : OptionalLong.empty();
    }

    /** Notes that the group has this committed offset. */
    void committed(long offset) {
        committed = Math.max(committed, offset);
    }

    /**
     * The records from the first without outcome to the last received: what this ledger remembers, and what another
     * consumer would receive again.
     */
    int span() {
        return tracked.size();
    }

    private long watermark() {
        return tracked.isEmpty() ? next : tracked.getFirst().offset;
    }
}
