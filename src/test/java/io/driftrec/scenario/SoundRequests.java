package io.driftrec.scenario;

import io.driftrec.scenario.SourceImages.Form;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Requests that must end well: all samplers, formats and forms, sizes from one pixel, targets of both kinds. */
final class SoundRequests {
    private static final List<String> SAMPLERS = List.of(
            "{\"kind\": \"x0\"}",
            "{\"kind\": \"2m\", \"steps\": 2}",
            "{\"kind\": \"ddim\", \"steps\": 3, \"seed\": 7}",
            "{\"kind\": \"euler-maruyama\", \"steps\": 3}",
            "{\"kind\": \"2m\", \"steps\": 3, \"eta\": 0.5, \"firstJump\": true, \"seed\": -5}",
            "{}",
            "{\"kind\": \"ddim\", \"steps\": 2, \"eta\": 1, \"samples\": 2}",
            "{\"kind\": \"euler-heun\", \"steps\": 2, \"variant\": \"consistent\", \"seed\": 9007199254740993}",
            "{\"kind\": \"x0\", \"samples\": 2}",
            "{\"kind\": \"euler-maruyama\", \"steps\": 2, \"variant\": \"official\"}");
    private static final String COARSE_ODE = "{\"kind\": \"ode\", \"tolerance\": 0.5}";
    private static final int ODE_EVERY = 31;
    private static final int[][] SIZES = {{1, 1}, {1, 17}, {23, 1}, {8, 8}, {63, 65}, {64, 64}, {80, 79}, {65, 33}};
    private static final int SIDE = 64;
    private static final List<String> FORMATS = List.of("png", "png", "jpeg", "webp");

    private final Bucket uploads;
    private final Bucket restored;

    SoundRequests(Bucket uploads, Bucket restored) {
        this.uploads = uploads;
        this.restored = restored;
    }

    /** Puts the sources and makes the requests. */
    List<RequestCase> make(int count, long seed) {
        Random random = new Random(seed);
        List<RequestCase> cases = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int[] size = i % 3 == 0
                    ? SIZES[i / 3 % SIZES.length]
                    : new int[] {1 + random.nextInt(SIDE), 1 + random.nextInt(SIDE)};
            Form form = Form.values()[random.nextInt(Form.values().length)];
            cases.add(make(i, form, size[0], size[1], FORMATS.get(random.nextInt(FORMATS.size()))));
        }
        return cases;
    }

    private RequestCase make(int number, Form form, int width, int height, String format) {
        String id = "sound-" + number;
        URI source = uploads.put(form + "/" + id, SourceImages.of(form, width, height, number));
        URI target = number % 2 == 0 ? restored.location("derived/") : restored.location("chosen/" + id);
        String body =
                """
                {"schemaVersion": "1.0", "requestId": "%s", "source": "%s", "target": "%s", "sampler": %s,
                 "output": {"format": "%s"}, "colourCorrection": %b, "attributes": {"case": "%s"}}"""
                        .formatted(
                                id,
                                source,
                                target,
                                number % ODE_EVERY == 0 ? COARSE_ODE : SAMPLERS.get(number % SAMPLERS.size()),
                                format,
                                number % 5 != 0,
                                id);
        return new RequestCase(
                id,
                Optional.of(body),
                new RequestCase.Ending.Completed(
                        width,
                        height,
                        format,
                        form.isGrey() && !format.equals("webp"),
                        form.hasAlpha() && !format.equals("jpeg")));
    }
}
