package io.driftrec.scenario;

import io.driftrec.image.Picture;
import io.driftrec.message.RestorationCompleted;
import io.driftrec.message.RestorationResult;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The objects are those of the results and no others; each is the whole image that a result describes; and a result that was
 * published again names the same object.
 */
final class ObjectsAreWhole {
    private final Map<String, RequestCase> cases;
    private final Map<URI, List<RestorationCompleted>> results;
    private final Set<String> wrong = new TreeSet<>();

    private ObjectsAreWhole(List<RequestCase> requests, List<RestorationResult> published) {
        cases = requests.stream().collect(Collectors.toMap(RequestCase::key, request -> request));
        results = published.stream()
                .filter(RestorationCompleted.class::isInstance)
                .map(RestorationCompleted.class::cast)
                .collect(Collectors.groupingBy(result -> result.image().uri(), TreeMap::new, Collectors.toList()));
    }

    /** Throws with all that is wrong. */
    static void check(List<RequestCase> requests, List<RestorationResult> published, Map<URI, byte[]> objects) {
        ObjectsAreWhole guarantee = new ObjectsAreWhole(requests, published);
        guarantee.lookAtResults(objects.keySet());
        objects.forEach(guarantee::lookAtObject);
        if (!guarantee.wrong.isEmpty()) {
            throw new AssertionError(String.join("\n", guarantee.wrong));
        }
    }

    private void lookAtResults(Set<URI> objects) {
        Map<String, Set<URI>> locations = new TreeMap<>();
        results.forEach((location, ofLocation) -> {
            ofLocation.forEach(result -> locations
                    .computeIfAbsent(result.requestId(), any -> new TreeSet<>())
                    .add(location));
            if (!objects.contains(location)) {
                wrong.add(location + " is named by a result and is not there");
            }
        });
        locations.forEach((request, ofRequest) -> {
            if (ofRequest.size() > 1) {
                wrong.add(request + " has several objects: " + ofRequest);
            }
        });
    }

    private void lookAtObject(URI location, byte[] content) {
        List<RestorationCompleted> ofLocation = results.getOrDefault(location, List.of());
        if (ofLocation.isEmpty()) {
            wrong.add(location + " is named by no result");
            return;
        }
        String sha256 = sha256(content);
        if (ofLocation.stream()
                .noneMatch(result ->
                        result.image().sha256().equals(sha256) && result.image().bytes() == content.length)) {
            wrong.add(location + " with " + sha256 + " is not what its results describe: " + ofLocation);
        }
        try {
            lookAtPicture(location, cases.get(ofLocation.get(0).requestId()), SourceImages.decoded(content));
        } catch (AssertionError undecodable) {
            wrong.add(location + " cannot be decoded: " + undecodable.getCause());
        }
    }

    private void lookAtPicture(URI location, RequestCase request, Picture picture) {
        RequestCase.Ending.Completed expected = (RequestCase.Ending.Completed) request.ending();
        if (picture.width() != expected.width()
                || picture.height() != expected.height()
                || picture.isGrey() != expected.isGrey()
                || picture.alpha().isPresent() != expected.hasAlpha()) {
            wrong.add(location + " is " + picture.width() + "x" + picture.height() + (picture.isGrey() ? " grey" : "")
                    + (picture.alpha().isPresent() ? " with alpha" : "") + " instead of " + expected);
        }
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
