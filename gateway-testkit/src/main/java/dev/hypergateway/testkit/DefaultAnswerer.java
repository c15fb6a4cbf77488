package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.testkit.SandboxAnswer.Finish;
import dev.hypergateway.testkit.SandboxRequest.Turn;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Says back what it was told, and follows the directives in the last text of the user. */
final class DefaultAnswerer implements Function<SandboxRequest, SandboxAnswer> {
    static final DefaultAnswerer INSTANCE = new DefaultAnswerer();

    private static final Pattern WORDS = Pattern.compile("\\[\\[words:(\\d{1,6})]]");
    private static final Pattern TOOL = Pattern.compile("\\[\\[tool:([A-Za-z0-9_.-]+)]]");
    private static final Pattern CACHED = Pattern.compile("\\[\\[cached:(\\d{1,9})]]");
    private static final Pattern FINISH =
            Pattern.compile("\\[\\[finish:(STOP|LENGTH|SAFETY|RECITATION|MALFORMED_FUNCTION_CALL)]]");
    private static final String ECHO = "[[echo-request]]";
    private static final String THINK = "[[think]]";

    private DefaultAnswerer() {}

    @Override
    public SandboxAnswer apply(SandboxRequest request) {
        String prompt = request.lastUserText();
        SandboxAnswer answer = continued(request, finished(prompt, say(request, prompt)));
        if (prompt.contains(THINK)) {
            answer = answer.withReasoning("The user said something. I shall say it back.");
        }
        Matcher cached = CACHED.matcher(prompt);
        return cached.find() ? answer.withCachedTokens(Integer.parseInt(cached.group(1))) : answer;
    }

    /** Gemini goes on from the beginning of an answer that the conversation ends with. */
    private static SandboxAnswer continued(SandboxRequest request, SandboxAnswer answer) {
        List<Turn> turns = request.turns();
        Turn last = turns.isEmpty() ? null : turns.get(turns.size() - 1);
        return last != null
                        && last.kind() == Turn.Kind.MODEL
                        && request.vendor().equals("gemini")
                ? answer.after(last.text())
                : answer;
    }

    /** The answer that ends for another reason than its own: empty but for a reached limit. */
    private static SandboxAnswer finished(String prompt, SandboxAnswer answer) {
        Matcher finish = FINISH.matcher(prompt);
        if (!finish.find()) {
            return answer;
        }
        Finish reason = Finish.valueOf(finish.group(1));
        return reason == Finish.LENGTH || reason == Finish.STOP
                ? answer.withFinish(reason)
                : SandboxAnswer.chunks(List.of()).withFinish(reason);
    }

    private static SandboxAnswer say(SandboxRequest request, String prompt) {
        List<Turn> turns = request.turns();
        if (!turns.isEmpty() && turns.get(turns.size() - 1).kind() == Turn.Kind.TOOL) {
            return SandboxAnswer.text(
                    "The tool said: " + turns.get(turns.size() - 1).text());
        }
        Matcher words = WORDS.matcher(prompt);
        if (words.find()) {
            return numbered(Integer.parseInt(words.group(1)));
        }
        if (prompt.contains(ECHO)) {
            return SandboxAnswer.text(Json.compact(echo(request)));
        }
        SandboxAnswer calls = calls(request, prompt);
        if (!calls.toolCalls().isEmpty()) {
            return calls;
        }
        if (request.answerSchema() != null) {
            return SandboxAnswer.text(Json.compact(SchemaExample.of(request.answerSchema(), "You said: " + prompt)));
        }
        if (request.jsonAnswer()) {
            return SandboxAnswer.text(Json.compact(Json.object().put("answer", "You said: " + prompt)));
        }
        return SandboxAnswer.text("You said: " + prompt);
    }

    /** {@code word1 word2 …}, a word to each chunk. */
    private static SandboxAnswer numbered(int count) {
        return SandboxAnswer.chunks(IntStream.rangeClosed(1, count)
                .mapToObj(number -> number == 1 ? "word1" : " word" + number)
                .toList());
    }

    private static ObjectNode echo(SandboxRequest request) {
        ObjectNode echo = Json.object().put("model", request.model());
        for (Map.Entry<String, Object> field : request.body().entrySet()) {
            echo.putPOJO(field.getKey(), field.getValue());
        }
        return echo;
    }

    private static SandboxAnswer calls(SandboxRequest request, String prompt) {
        SandboxAnswer answer = SandboxAnswer.chunks(List.of());
        if (request.toolsForbidden()) {
            return answer;
        }
        Matcher tool = TOOL.matcher(prompt);
        while (tool.find()) {
            if (request.tools().contains(tool.group(1))) {
                answer = answer.withToolCall(tool.group(1), arguments(prompt.substring(tool.end())));
            }
        }
        if (answer.toolCalls().isEmpty() && request.forcedTool().isPresent()) {
            return answer.withToolCall(request.forcedTool().get(), arguments(prompt));
        }
        return answer;
    }

    /** The first JSON object in the text before the next directive, or an empty one. */
    private static String arguments(String text) {
        int next = text.indexOf("[[");
        String scope = next < 0 ? text : text.substring(0, next);
        int start = scope.indexOf('{');
        for (int end = scope.lastIndexOf('}'); start >= 0 && end > start; end = scope.lastIndexOf('}', end - 1)) {
            JsonNode parsed = Json.tryObject(scope.substring(start, end + 1));
            if (parsed != null) {
                return Json.compact(parsed);
            }
        }
        return "{}";
    }
}
