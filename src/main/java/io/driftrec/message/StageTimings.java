package io.driftrec.message;

import java.time.Duration;

/**
 * Where the time of one image went; whole milliseconds on the wire. A negative duration, which the clocks of two machines can
 * produce, counts as zero.
 *
 * @param queued from the timestamp of the request's record until a worker began with it
 * @param fetch reading the source
 * @param decode source bytes to pixels
 * @param sample in the lane: waiting for a slot, and all evaluations
 * @param encode pixels to result bytes
 * @param upload writing the result
 * @param total from the timestamp of the request's record until the result was written
 */
public record StageTimings(
        Duration queued,
        Duration fetch,
        Duration decode,
        Duration sample,
        Duration encode,
        Duration upload,
        Duration total) {
    public StageTimings {
        queued = Constraints.notNegative(queued);
        fetch = Constraints.notNegative(fetch);
        decode = Constraints.notNegative(decode);
        sample = Constraints.notNegative(sample);
        encode = Constraints.notNegative(encode);
        upload = Constraints.notNegative(upload);
        total = Constraints.notNegative(total);
    }
}
