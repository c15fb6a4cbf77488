package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Writes answers as Perplexity's {@code chat.completion} and its chunks, each of which repeats sources, usage and the text so
 * far. Functions are never called.
 */
final class PerplexityBodies {
    private final SandboxRequest request;
    private final SandboxAnswer answer;
    private final PerplexitySearch search;
    private final List<String> pieces;
    private final String id = UUID.randomUUID().toString();
    private final long created = Instant.now().getEpochSecond();

    PerplexityBodies(SandboxRequest request, SandboxAnswer answer) {
        this.request = request;
        this.answer = PerplexityModels.thinksAloud(request.model()) ? answer : answer.withoutReasoning();
        this.search = new PerplexitySearch(request);
        this.pieces = pieces(this.answer);
    }

    /** The thoughts, in tags that are cut in the middle, and the text. */
    private static List<String> pieces(SandboxAnswer answer) {
        List<String> pieces = new ArrayList<>();
        if (!answer.reasoningChunks().isEmpty()) {
            pieces.addAll(List.of("<th", "ink>\n"));
            pieces.addAll(answer.reasoningChunks());
            pieces.addAll(List.of("\n</thi", "nk>\n\n"));
        }
        pieces.addAll(answer.textChunks());
        return pieces;
    }

    /** The whole answer, with the empty delta that Perplexity leaves in it. */
    ObjectNode whole(boolean finish) {
        ObjectNode body = head(Words.count(answer.textChunks()), true).put("object", "chat.completion");
        ArrayNode choices = body.putArray("choices");
        for (int index = 0; index < request.choices(); index++) {
            ObjectNode choice = choice(index, String.join("", pieces), "");
            if (finish) {
                choice.put("finish_reason", reason());
            }
            choices.add(choice);
        }
        return body;
    }

    List<ObjectNode> chunks() {
        List<ObjectNode> chunks = new ArrayList<>();
        StringBuilder soFar = new StringBuilder();
        for (String piece : pieces.isEmpty() ? List.of("") : pieces) {
            soFar.append(piece);
            for (int index = 0; index < request.choices(); index++) {
                ObjectNode chunk = head(Words.count(soFar.toString()), false).put("object", "chat.completion.chunk");
                chunk.putArray("choices").add(choice(index, soFar.toString(), piece));
                chunks.add(chunk);
            }
        }
        return chunks;
    }

    /** The last chunks, which alone have the price of the request. */
    List<ObjectNode> ending(boolean finish) {
        List<ObjectNode> ending = new ArrayList<>();
        for (int index = 0; finish && index < request.choices(); index++) {
            ObjectNode chunk = head(Words.count(answer.textChunks()), true).put("object", "chat.completion.done");
            chunk.putArray("choices")
                    .add(choice(index, String.join("", pieces), "").put("finish_reason", reason()));
            ending.add(chunk);
        }
        return ending;
    }

    private ObjectNode choice(int index, String soFar, String piece) {
        ObjectNode choice = Json.object().put("index", index);
        choice.putObject("message").put("role", "assistant").put("content", soFar);
        choice.putObject("delta").put("role", "assistant").put("content", piece);
        return choice;
    }

    private ObjectNode head(int completion, boolean last) {
        ObjectNode body =
                Json.object().put("id", id).put("model", request.model()).put("created", created);
        body.set("usage", new PerplexityBill(request, answer, completion, last).toJson());
        return search.into(body);
    }

    private String reason() {
        return answer.finish() == SandboxAnswer.Finish.LENGTH ? "length" : "stop";
    }
}
