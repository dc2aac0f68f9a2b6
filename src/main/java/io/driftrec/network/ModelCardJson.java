package io.driftrec.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftrec.diffusion.ForwardProcess;
import io.driftrec.network.ModelCard.Measurement;
import io.driftrec.network.OutputParameterization.Clean;
import io.driftrec.network.OutputParameterization.Displacement;
import io.driftrec.network.OutputParameterization.Residual;
import io.driftrec.network.OutputParameterization.Score;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Model cards as JSON. Fields that decide what the network computes are required and named in error messages; unknown fields
 * are ignored, so that a newer card stays readable.
 */
final class ModelCardJson {
    private static final int FORMAT = 1;
    private static final String NCSNPP = "ncsnpp";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private ModelCardJson() {}

    /**
     * @throws InvalidModelException when the text is no JSON, a field is missing or a value is out of range
     */
    static ModelCard read(String text) {
        try {
            Fields card = new Fields("", JSON.readTree(text));
            if (card.integer("format") != FORMAT) {
                throw new InvalidModelException("format must be %d, not %d".formatted(FORMAT, card.integer("format")));
            }
            return new ModelCard(
                    card.text("name"),
                    card.optionalText("description"),
                    architecture(card.object("architecture")),
                    output(card.object("output")),
                    process(card.object("sde")),
                    card.number("tEps"),
                    card.optionalBool("noiseFreeStart"),
                    card.texts("training"),
                    quality(card),
                    card.text("licence"));
        } catch (JsonProcessingException e) {
            throw new InvalidModelException("no JSON: " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException(String.valueOf(e.getMessage()), e);
        }
    }

    private static NcsnppArchitecture architecture(Fields fields) {
        fields.requireKind("kind", NCSNPP);
        Set<Integer> attentionLevels = new HashSet<>(fields.integers("attentionLevels"));
        return new NcsnppArchitecture(
                fields.integer("nf"),
                fields.integers("channelMultipliers"),
                fields.integer("blocksPerLevel"),
                attentionLevels,
                fields.integer("inputChannels"),
                fields.integer("outputChannels"),
                fields.bool("conditional"),
                fields.number("fourierScale"),
                fields.bool("divideBySigma"));
    }

    private static OutputParameterization output(Fields fields) {
        String kind = fields.text("kind");
        return switch (kind) {
            case "score" -> new Score();
            case "residual" -> new Residual(fields.number("residualStd"));
            case "displacement" -> new Displacement();
            case "x0" -> new Clean();
            default ->
                throw new InvalidModelException(
                        "output.kind must be \"score\", \"residual\", \"displacement\" or \"x0\", not \"%s\""
                                .formatted(kind));
        };
    }

    /** Under "sde", the field's name from before there were other processes. */
    private static ForwardProcess process(Fields fields) {
        return ForwardProcess.named(
                fields.text("name"), fields.object("parameters").numbers());
    }

    private static List<Measurement> quality(Fields card) {
        List<Measurement> quality = new ArrayList<>();
        for (Fields entry : card.optionalObjects("quality")) {
            quality.add(new Measurement(
                    entry.text("data"),
                    entry.text("sampler"),
                    entry.object("metrics").numbers()));
        }
        return quality;
    }

    static String write(ModelCard card) {
        ObjectNode node = JSON.createObjectNode();
        node.put("format", FORMAT).put("name", card.name()).put("description", card.description());
        NcsnppArchitecture architecture = card.architecture();
        ObjectNode network = node.putObject("architecture");
        network.put("kind", NCSNPP).put("nf", architecture.nf());
        architecture.channelMultipliers().forEach(network.putArray("channelMultipliers")::add);
        network.put("blocksPerLevel", architecture.blocksPerLevel());
        architecture.attentionLevels().forEach(network.putArray("attentionLevels")::add);
        network.put("inputChannels", architecture.inputChannels())
                .put("outputChannels", architecture.outputChannels())
                .put("conditional", architecture.conditional())
                .put("fourierScale", architecture.fourierScale())
                .put("divideBySigma", architecture.divideBySigma());
        ObjectNode output = node.putObject("output").put("kind", card.output().label());
        if (card.output() instanceof Residual residual) {
            output.put("residualStd", residual.residualStd());
        }
        ObjectNode process = node.putObject("sde").put("name", card.process().name());
        numbers(process.putObject("parameters"), card.process().parameters());
        node.put("tEps", card.tEps()).put("noiseFreeStart", card.noiseFreeStart());
        ObjectNode training = node.putObject("training");
        card.training().forEach(training::put);
        for (Measurement measurement : card.quality()) {
            ObjectNode entry = node.withArray("quality").addObject();
            entry.put("data", measurement.data()).put("sampler", measurement.sampler());
            numbers(entry.putObject("metrics"), measurement.metrics());
        }
        node.put("licence", card.licence());
        return node.toPrettyString() + "\n";
    }

    private static void numbers(ObjectNode node, Map<String, Double> numbers) {
        numbers.forEach(node::put);
    }

    /** The fields of one object; an error names the field by its path. */
    private record Fields(String path, JsonNode node) {
        Fields {
            if (!node.isObject()) {
                throw new InvalidModelException((path.isEmpty() ? "the card" : path) + " must be an object");
            }
        }

        private String at(String field) {
            return path.isEmpty() ? field : path + "." + field;
        }

        private JsonNode require(boolean isValid, String field, String expectation) {
            JsonNode value = node.path(field);
            if (value.isMissingNode()) {
                throw new InvalidModelException("field \"%s\" is missing".formatted(at(field)));
            }
            if (!isValid) {
                throw new InvalidModelException("%s must be %s, not %s".formatted(at(field), expectation, value));
            }
            return value;
        }

        void requireKind(String field, String kind) {
            require(node.path(field).asText().equals(kind), field, '"' + kind + '"');
        }

        Fields object(String field) {
            return new Fields(at(field), require(node.path(field).isObject(), field, "an object"));
        }

        String text(String field) {
            return require(node.path(field).isTextual(), field, "a text").asText();
        }

        String optionalText(String field) {
            return node.path(field).asText("");
        }

        boolean bool(String field) {
            return require(node.path(field).isBoolean(), field, "true or false").asBoolean();
        }

        boolean optionalBool(String field) {
            return node.has(field) && bool(field);
        }

        double number(String field) {
            return require(node.path(field).isNumber(), field, "a number").asDouble();
        }

        int integer(String field) {
            JsonNode value = node.path(field);
            return require(value.isIntegralNumber() && value.canConvertToInt(), field, "an integer")
                    .asInt();
        }

        List<Integer> integers(String field) {
            List<Integer> values = new ArrayList<>();
            for (JsonNode element : require(node.path(field).isArray(), field, "an array")) {
                if (!element.isIntegralNumber() || !element.canConvertToInt()) {
                    throw new InvalidModelException(at(field) + " has an element that is no integer: " + element);
                }
                values.add(element.asInt());
            }
            return values;
        }

        Map<String, Double> numbers() {
            Map<String, Double> values = new LinkedHashMap<>();
            node.fieldNames().forEachRemaining(field -> values.put(field, number(field)));
            return values;
        }

        Map<String, String> texts(String field) {
            Map<String, String> values = new LinkedHashMap<>();
            if (node.has(field)) {
                node.path(field)
                        .fields()
                        .forEachRemaining(entry ->
                                values.put(entry.getKey(), entry.getValue().asText()));
            }
            return values;
        }

        List<Fields> optionalObjects(String field) {
            List<Fields> values = new ArrayList<>();
            for (JsonNode element : node.path(field)) {
                values.add(new Fields("%s[%d]".formatted(at(field), values.size()), element));
            }
            return values;
        }
    }
}
