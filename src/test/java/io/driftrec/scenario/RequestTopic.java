package io.driftrec.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends requests as a stranger would: bytes of any kind. */
final class RequestTopic implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;

    RequestTopic(Site site) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", site.bootstrapServers(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Returns when the cluster has them all. */
    void send(List<RequestCase> cases) throws Exception {
        List<Future<?>> sent = new ArrayList<>();
        for (RequestCase request : cases) {
            byte[] body = request.body().map(text -> text.getBytes(UTF_8)).orElse(null);
            sent.add(producer.send(
                    new ProducerRecord<>(Site.REQUESTS, request.key().getBytes(UTF_8), body)));
        }
        for (Future<?> acknowledged : sent) {
            acknowledged.get();
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
