package io.driftrec.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@link ModelPublished} as JSON bytes and back, through the same gates as {@link MessageCodec}'s records: limits, schema,
 * constructor. Thread-safe.
 */
public final class ModelCodec {
    private static final int MAX_MESSAGE = 1000;

    private final StrictJson json = new StrictJson(MessageCodec.DEFAULT_MAX_BYTES);
    private final WireMapping mapping = new WireMapping();
    private final WireSchema schema = WireSchema.load("model-published");

    public byte[] encode(ModelPublished model) {
        return mapping.write(model);
    }

    /**
     * Reads a record, whatever a stranger wrote into it.
     *
     * @param key the model's name in UTF-8; null where the record has none
     * @param value null is a tombstone
     */
    public ModelNews decode(byte @Nullable [] key, byte @Nullable [] value) {
        String name = key == null ? "" : new String(key, UTF_8);
        if (value == null) {
            return new ModelNews.Withdrawn(Quotation.clean(name, MAX_MESSAGE));
        }
        ModelNews news = decode(value);
        if (news instanceof ModelNews.Published published
                && !published.model().name().equals(name)) {
            // compaction goes by the key: under another one the record would outlive its successors
            return new ModelNews.Unreadable("the key " + Quotation.of(name) + " is not the name of the model, "
                    + Quotation.of(published.model().name()));
        }
        return news;
    }

    /** Reads a body that stands alone, such as a file. */
    public ModelNews decode(byte[] body) {
        try {
            ObjectNode tree = json.read(body);
            Optional<String> problem = schema.problem(tree);
            return problem.isPresent()
                    ? new ModelNews.Unreadable(Quotation.clean(problem.get(), MAX_MESSAGE))
                    : new ModelNews.Published(mapping.read(tree, ModelPublished.class));
        } catch (StrictJson.Refused e) {
            return new ModelNews.Unreadable(e.explanation());
        } catch (IllegalArgumentException e) {
            return new ModelNews.Unreadable(Quotation.clean(String.valueOf(e.getMessage()), MAX_MESSAGE));
        }
    }
}
