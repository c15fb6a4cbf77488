package dev.hypergateway.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.chat.Cost;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.embedding.Embedding;
import dev.hypergateway.embedding.EmbeddingResponse;
import dev.hypergateway.recordings.Recording;
import dev.hypergateway.recordings.Recordings;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = {"embeddings-basic", "embeddings-base64", "embeddings-dimensions", "embeddings-mixed-batch"})
    void openais_own_exchanges_keep_their_meaning(String name) throws IOException {
        Recording recording = Recordings.of("openai").get(name);
        IncomingEmbedding incoming = EmbeddingRequestReader.read(bytes(recording.request()));
        String encoding = incoming.format() == VectorFormat.BASE64 ? "base64" : "float";

        EmbeddingResponse response = EmbeddingResponseReader.read(recording.bytes());

        assertThat(JSON.readTree(EmbeddingRequestWriter.write(
                        incoming.request(), recording.request().get("model").asText(), encoding)))
                .isEqualTo(recording.request());
        JsonNode written = JSON.readTree(EmbeddingResponseWriter.write(response, incoming.format()));
        assertThat(written.equals(EmbeddingJsonTest::asFloats, recording.response()))
                .isTrue();
    }

    @Test
    void openais_refusal_is_the_readers_too() {
        Recording recording = Recordings.of("openai").get("embeddings-bad-request");
        assertThat(recording.status()).isEqualTo(400);

        ObjectNode request = recording.request().deepCopy();
        assertThatThrownBy(() -> EmbeddingRequestReader.read(bytes(request))).hasMessageContaining("encoding_format");
        request.remove("encoding_format");
        assertThatThrownBy(() -> EmbeddingRequestReader.read(bytes(request))).hasMessageContaining("dimensions");
    }

    @Test
    void writes_base64_as_32_bit_floats_in_little_endian() throws IOException {
        EmbeddingResponse response = response(new float[] {1.5f, -0.1f, Float.MIN_VALUE});

        JsonNode written = JSON.readTree(EmbeddingResponseWriter.write(response, VectorFormat.BASE64));

        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder()
                        .decode(written.at("/data/0/embedding").asText()))
                .order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.getFloat()).isEqualTo(1.5f);
        assertThat(bytes.getFloat()).isEqualTo(-0.1f);
        assertThat(bytes.getFloat()).isEqualTo(Float.MIN_VALUE);
        assertThat(bytes.hasRemaining()).isFalse();
        assertThat(EmbeddingResponseReader.read(bytes(written)).embeddings()).isEqualTo(response.embeddings());
    }

    @Test
    void writes_numbers_that_read_back_the_same() throws IOException {
        EmbeddingResponse response = response(new float[] {0.1f, 1e-30f, -3.4028235e38f, 16777217});

        byte[] written = EmbeddingResponseWriter.write(response, VectorFormat.FLOAT);

        assertThat(new String(written, StandardCharsets.UTF_8)).contains("[0.1,1.0E-30,");
        assertThat(EmbeddingResponseReader.read(written).embeddings()).isEqualTo(response.embeddings());
    }

    @Test
    void puts_vectors_into_the_order_of_their_inputs() {
        EmbeddingResponse response = read(
                "{'data':[{'index':1,'embedding':[2]},{'index':0,'embedding':[1]}],'model':'m','usage':{'prompt_tokens':3}}");

        assertThat(response.embeddings()).extracting(Embedding::index).containsExactly(0, 1);
        assertThat(response.vector()).containsExactly(1);
        assertThat(response.usage().orElseThrow().totalTokens()).isEqualTo(3);
    }

    @Test
    void tells_the_cost_beside_the_tokens() throws IOException {
        EmbeddingResponse response = response(new float[] {1}).toBuilder()
                .usage(Usage.builder()
                        .promptTokens(7)
                        .cost(new Cost(new BigDecimal("0.0000035"), "USD", Cost.Source.COMPUTED))
                        .build())
                .build();

        JsonNode usage = JSON.readTree(EmbeddingResponseWriter.write(response, VectorFormat.FLOAT))
                .get("usage");

        assertThat(usage.get("prompt_tokens").asInt()).isEqualTo(7);
        assertThat(usage.get("total_tokens").asInt()).isEqualTo(7);
        assertThat(usage.has("completion_tokens")).isFalse();
        assertThat(usage.at("/cost/total_cost").decimalValue()).isEqualByComparingTo("0.0000035");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'data':[]}",
                "{'data':[{}]}",
                "{'data':[{'embedding':[]}]}",
                "{'data':[{'embedding':''}]}",
                "{'data':[{'embedding':'AAA='}]}",
                "{'data':[{'embedding':'not base64'}]}",
                "{'data':[{'embedding':['1']}]}",
                "{'data':[{'embedding':{}}]}",
                "{'data':[1]}",
                "[]",
                "<html>"
            })
    void an_answer_without_vectors_is_none(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(OpenAiFormatException.class);
    }

    @Test
    void an_error_in_place_of_vectors_is_told_apart() {
        assertThatThrownBy(() -> read("{'error':{'message':'no'}}")).isInstanceOf(InBandErrorException.class);
    }

    /** JSON documents are equal when their numbers are the same 32-bit floats. */
    private static int asFloats(JsonNode left, JsonNode right) {
        return left.isNumber() && right.isNumber()
                ? Float.compare(left.floatValue(), right.floatValue())
                : left.equals(right) ? 0 : 1;
    }

    private static EmbeddingResponse response(float[] vector) {
        return EmbeddingResponse.builder()
                .model("m")
                .embeddings(List.of(new Embedding(0, vector)))
                .build();
    }

    private static EmbeddingResponse read(String body) {
        return EmbeddingResponseReader.read(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(JsonNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
