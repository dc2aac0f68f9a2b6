package io.driftrec.scenario;

import io.driftrec.kafka.TopicSetup.Topic;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Where a scenario takes place: a cluster and an S3 server, wherever they run. */
record Site(String bootstrapServers, URI s3Endpoint, String accessKey, String secretKey) {
    static final String REQUESTS = "driftrec.requests";
    static final String RESULTS = "driftrec.results";
    static final String DEAD_LETTERS = "driftrec.dead-letters";

    static List<Topic> topics() {
        return List.of(Topic.of(REQUESTS, 6), Topic.of(RESULTS, 3), Topic.of(DEAD_LETTERS, 1));
    }

    /** The names under which the default chain finds the credentials. */
    Map<String, String> environment() {
        return Map.of("AWS_ACCESS_KEY_ID", accessKey, "AWS_SECRET_ACCESS_KEY", secretKey);
    }

    /** The JDK's connection loses uploads now and then when it asks before it sends. */
    private static final ExecutionInterceptor WITHOUT_EXPECT = new ExecutionInterceptor() {
        @Override
        public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
            return context.httpRequest().toBuilder().removeHeader("Expect").build();
        }
    };

    S3Client s3() {
        return S3Client.builder()
                .endpointOverride(s3Endpoint)
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
                .overrideConfiguration(overrides -> overrides.addExecutionInterceptor(WITHOUT_EXPECT))
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofSeconds(30)))
                .build();
    }
}
