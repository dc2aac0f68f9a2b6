package io.driftrec.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.driftrec.message.DeadLetter.Reason;
import io.driftrec.message.FailureCode;
import io.driftrec.scenario.SourceImages.Form;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/** Thirty requests, each broken in a way of its own. The worker must have the limits that are constants here. */
final class BrokenRequests {
    static final int MAX_PIXELS = 10_000;
    static final int MAX_BYTES = 30_000;

    private final Bucket uploads;
    private final Bucket restored;
    private final String sound;
    private final List<RequestCase> cases = new ArrayList<>();

    private BrokenRequests(Bucket uploads, Bucket restored) {
        this.uploads = uploads;
        this.restored = restored;
        this.sound = uploads.put("sound.png", png()).toString();
    }

    /** Puts the sources and makes the requests. */
    static List<RequestCase> make(Bucket uploads, Bucket restored) {
        BrokenRequests requests = new BrokenRequests(uploads, restored);
        requests.breakLocations();
        requests.breakImages();
        requests.breakParameters();
        requests.breakBodies();
        return requests.cases;
    }

    private void breakLocations() {
        fails(
                "missing-source",
                FailureCode.SOURCE_NOT_FOUND,
                uploads.location("no-such.jpg").toString(),
                "");
        fails("foreign-bucket", FailureCode.SOURCE_FORBIDDEN, "s3://private/letter.jpg", "");
        fails("local-file", FailureCode.SOURCE_FORBIDDEN, "file:///etc/hostname", "");
        fails("inner-server", FailureCode.SOURCE_FORBIDDEN, "https://127.0.0.1/image.jpg", "");
        fails("foreign-target", FailureCode.TARGET_FORBIDDEN, sound, "", "s3://elsewhere/");
        fails("target-is-source", FailureCode.INVALID_REQUEST, sound, "", sound);
    }

    private void breakImages() {
        byte[] jpeg = SourceImages.of(Form.JPEG, 60, 50, 1);
        fails("text-file", FailureCode.UNSUPPORTED_FORMAT, put("letter.jpg", "Dear reader,".getBytes(UTF_8)), "");
        fails("empty-file", FailureCode.CORRUPT_IMAGE, put("empty.png", new byte[0]), "");
        fails("truncated-jpeg", FailureCode.CORRUPT_IMAGE, put("half.jpg", half(jpeg)), "");
        fails("truncated-png", FailureCode.CORRUPT_IMAGE, put("half.png", half(png())), "");
        byte[] webp = SourceImages.of(Form.WEBP, 60, 50, 1);
        fails("truncated-webp", FailureCode.CORRUPT_IMAGE, put("half.webp", half(webp)), "");
        byte[] flipped = png();
        flipped[flipped.length / 2] ^= 0x10;
        fails("damaged-png", FailureCode.CORRUPT_IMAGE, put("flipped.png", flipped), "");
        fails("lying-header", FailureCode.TOO_MANY_PIXELS, put("huge.png", claiming(60_000, png())), "");
        byte[] large = SourceImages.of(Form.JPEG, 101, 100, 1);
        fails("too-many-pixels", FailureCode.TOO_MANY_PIXELS, put("large.jpg", large), "");
        fails("too-many-bytes", FailureCode.SOURCE_TOO_LARGE, put("fat.jpg", Arrays.copyOf(jpeg, MAX_BYTES + 1)), "");
    }

    private void breakParameters() {
        fails("unknown-model", FailureCode.UNKNOWN_MODEL, sound, ", \"model\": \"huge-cosve\"");
        fails("unknown-sampler", FailureCode.UNSUPPORTED_SAMPLER, sound, ", \"sampler\": {\"kind\": \"heun-5\"}");
        String steps = ", \"sampler\": {\"kind\": \"ode\", \"steps\": 5}";
        fails("option-of-another", FailureCode.UNSUPPORTED_SAMPLER, sound, steps);
        fails("no-steps", FailureCode.INVALID_REQUEST, sound, ", \"sampler\": {\"kind\": \"2m\", \"steps\": 0}");
        fails("unknown-format", FailureCode.INVALID_REQUEST, sound, ", \"output\": {\"format\": \"gif\"}");
        fails("passed", FailureCode.DEADLINE_EXCEEDED, sound, ", \"deadline\": \"2001-01-01T00:00:00Z\"");
        fails("not-a-location", FailureCode.INVALID_REQUEST, "my holiday", "");
    }

    private void breakBodies() {
        dies("tombstone", Reason.NO_BODY, Optional.empty());
        dies("empty-body", Reason.NO_BODY, Optional.of(""));
        dies("not-json", Reason.NOT_JSON, Optional.of("<request/>"));
        dies("cut-json", Reason.NOT_JSON, Optional.of("{\"requestId\": \"broken-cut-json\", \"source\": \"s3"));
        dies("array", Reason.NOT_AN_OBJECT, Optional.of("[1, 2]"));
        dies("nested", Reason.TOO_LARGE, Optional.of("[".repeat(5000)));
        dies("no-request-id", Reason.NO_REQUEST_ID, Optional.of("{\"source\": \"" + sound + "\"}"));
        String next = body("broken-version", sound, ", \"schemaVersion\": \"2.0\"", "s3://restored/");
        dies("version", Reason.UNKNOWN_VERSION, Optional.of(next));
    }

    private void fails(String name, FailureCode code, String source, String more) {
        fails(name, code, source, more, restored.location("broken/").toString());
    }

    private void fails(String name, FailureCode code, String source, String more, String target) {
        String id = "broken-" + name;
        cases.add(
                new RequestCase(id, Optional.of(body(id, source, more, target)), new RequestCase.Ending.Failed(code)));
    }

    private void dies(String name, Reason reason, Optional<String> body) {
        cases.add(new RequestCase("broken-" + name, body, new RequestCase.Ending.DeadLettered(reason)));
    }

    private static String body(String id, String source, String more, String target) {
        return "{\"requestId\": \"%s\", \"source\": \"%s\", \"target\": \"%s\", \"attributes\": {\"case\": \"%s\"}%s}"
                .formatted(id, source, target, id, more);
    }

    private String put(String key, byte[] content) {
        return uploads.put(key, content).toString();
    }

    private static byte[] png() {
        return SourceImages.of(Form.PNG, 60, 50, 1);
    }

    private static byte[] half(byte[] file) {
        return Arrays.copyOf(file, file.length / 2);
    }

    /** The PNG with another size in its header, whose checksum is right. */
    private static byte[] claiming(int side, byte[] png) {
        ByteBuffer file = ByteBuffer.wrap(png).putInt(16, side).putInt(20, side);
        CRC32 checksum = new CRC32();
        checksum.update(png, 12, 17);
        file.putInt(29, (int) checksum.getValue());
        return png;
    }
}
