package io.driftrec.evaluation.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The lines of the journal: cells, and the settings that they were made with. */
final class CellJson {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String SETTINGS = "settings";

    private CellJson() {}

    /** One line, without its end. */
    static String line(Cell cell) {
        ObjectNode node = MAPPER.createObjectNode()
                .put("condition", cell.key().condition())
                .put("image", cell.key().image())
                .put("method", cell.key().method())
                .put("digest", cell.digest());
        if (cell.failure().isPresent()) {
            return node.put("failure", cell.failure().get()).toString();
        }
        node.put("evaluations", cell.evaluations()).put("seconds", cell.seconds());
        ObjectNode values = node.putObject("values");
        cell.measurement().values().forEach((name, value) -> {
            if (Double.isFinite(value)) {
                values.put(name, value);
            } else {
                values.put(name, String.valueOf(value)); // JSON has no infinity
            }
        });
        ObjectNode features = node.putObject("features");
        cell.measurement().features().forEach(features::put);
        return node.toString();
    }

    /** One line, without its end. */
    static String line(Map<String, String> settings) {
        ObjectNode node = MAPPER.createObjectNode();
        ObjectNode entries = node.putObject(SETTINGS);
        settings.forEach(entries::put);
        return node.toString();
    }

    static JsonNode parse(String line) throws JsonProcessingException {
        return MAPPER.readTree(line);
    }

    static Optional<Map<String, String>> settings(JsonNode line) {
        return line.has(SETTINGS) ? Optional.of(texts(line.path(SETTINGS))) : Optional.empty();
    }

    static Cell cell(JsonNode line) {
        CellKey key = new CellKey(
                line.path("condition").asText(),
                line.path("image").asText(),
                line.path("method").asText());
        String digest = line.path("digest").asText();
        if (line.has("failure")) {
            return Cell.failed(key, digest, line.path("failure").asText());
        }
        Map<String, Double> values = new LinkedHashMap<>();
        texts(line.path("values")).forEach((name, text) -> values.put(name, Double.valueOf(text)));
        return new Cell(
                key,
                digest,
                Optional.empty(),
                line.path("evaluations").asInt(),
                line.path("seconds").asDouble(),
                new Measurement(values, texts(line.path("features"))));
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.fields()
                .forEachRemaining(
                        field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }
}
