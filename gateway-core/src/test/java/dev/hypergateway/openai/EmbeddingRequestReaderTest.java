package dev.hypergateway.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.embedding.EmbeddingInput;
import dev.hypergateway.embedding.EmbeddingRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddingRequestReaderTest {

    @Test
    void reads_every_field() {
        IncomingEmbedding incoming = read("""
                {"model":"google/e","models":["google/e","x/f"],"fallbacks":["y/g"],"input":["a","b"],"dimensions":768,
                "encoding_format":"base64","user":"u","task_type":"CLUSTERING"}""");
        EmbeddingRequest request = incoming.request();

        assertThat(request.model()).isEqualTo("google/e");
        assertThat(request.fallbacks()).containsExactly("x/f", "y/g");
        assertThat(request.inputs()).containsExactly(EmbeddingInput.of("a"), EmbeddingInput.of("b"));
        assertThat(request.dimensions()).contains(768);
        assertThat(request.endUser()).contains("u");
        assertThat(request.extra()).isEqualTo(Map.of("task_type", "CLUSTERING"));
        assertThat(incoming.format()).isEqualTo(VectorFormat.BASE64);
        assertThat(read("{\"model\":\"m\",\"input\":\"a\"}").format()).isEqualTo(VectorFormat.FLOAT);
    }

    @Test
    void reads_all_four_forms_of_input() {
        assertThat(inputs("\"text\"")).containsExactly(EmbeddingInput.of("text"));
        assertThat(inputs("[\"one\",\"two\"]")).containsExactly(EmbeddingInput.of("one"), EmbeddingInput.of("two"));
        assertThat(inputs("[1,2,3]")).containsExactly(new EmbeddingInput.Tokens(List.of(1, 2, 3)));
        assertThat(inputs("[[1,2],[3]]"))
                .containsExactly(new EmbeddingInput.Tokens(List.of(1, 2)), new EmbeddingInput.Tokens(List.of(3)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}|model|missing_required_parameter",
                "{\"model\":\"m\"}|input|missing_required_parameter",
                "{\"model\":\"\",\"input\":\"a\"}|model|invalid_value",
                "{\"model\":\"m\",\"input\":\"\"}|input|invalid_value",
                "{\"model\":\"m\",\"input\":[]}|input|empty_array",
                "{\"model\":\"m\",\"input\":5}|input|invalid_type",
                "{\"model\":\"m\",\"input\":{\"a\":1}}|input|invalid_type",
                "{\"model\":\"m\",\"input\":[\"a\",\"\"]}|input[1]|invalid_value",
                "{\"model\":\"m\",\"input\":[\"a\",7]}|input[1]|invalid_type",
                "{\"model\":\"m\",\"input\":[\"a\",null]}|input[1]|invalid_type",
                "{\"model\":\"m\",\"input\":[\"a\",[]]}|input[1]|invalid_type",
                "{\"model\":\"m\",\"input\":[1,\"a\"]}|input[1]|invalid_type",
                "{\"model\":\"m\",\"input\":[1,-2]}|input[1]|invalid_type",
                "{\"model\":\"m\",\"input\":[[1],[2.5]]}|input[1][0]|invalid_type",
                "{\"model\":\"m\",\"input\":\"a\",\"dimensions\":0}|dimensions|integer_below_min_value",
                "{\"model\":\"m\",\"input\":\"a\",\"dimensions\":\"many\"}|dimensions|invalid_type",
                "{\"model\":\"m\",\"input\":\"a\",\"encoding_format\":\"int8\"}|encoding_format|invalid_value",
                "{\"model\":\"m\",\"input\":\"a\",\"user\":1}|user|invalid_type"
            })
    void names_the_field_at_fault(String body, String param, String code) {
        OpenAiFormatException e = catchThrowableOfType(OpenAiFormatException.class, () -> read(body));

        assertThat(e.toError().param()).isEqualTo(param);
        assertThat(e.toError().code()).isEqualTo(code);
        assertThat(e.toError().status()).isEqualTo(400);
    }

    @Test
    void takes_at_most_2048_inputs() {
        String many = String.join(",", Collections.nCopies(2049, "\"a\""));

        OpenAiFormatException e = catchThrowableOfType(OpenAiFormatException.class, () -> inputs("[" + many + "]"));

        assertThat(e.toError().param()).isEqualTo("input");
        assertThat(inputs("[" + many.substring(4) + "]")).hasSize(2048);
    }

    private static List<EmbeddingInput> inputs(String input) {
        return read("{\"model\":\"m\",\"input\":" + input + "}").request().inputs();
    }

    private static IncomingEmbedding read(String body) {
        return EmbeddingRequestReader.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
