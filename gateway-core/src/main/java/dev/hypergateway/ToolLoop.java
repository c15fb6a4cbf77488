package dev.hypergateway;

import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Tool;
import dev.hypergateway.chat.ToolCall;
import dev.hypergateway.chat.ToolChoice;
import dev.hypergateway.chat.ToolFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs the model's tool calls and hands it the results, until it answers. Used once, by one thread. */
final class ToolLoop {
    private final Map<String, ToolFunction<?>> tools = new LinkedHashMap<>();
    private final int mostRounds;
    private final Rounds rounds;

    ToolLoop(List<? extends ToolFunction<?>> tools, int mostRounds, Rounds rounds) {
        if (mostRounds < 1) {
            throw new IllegalArgumentException("maxRounds must be at least 1, was " + mostRounds);
        }
        for (ToolFunction<?> tool : tools) {
            if (this.tools.put(tool.name(), tool) != null) {
                throw new IllegalArgumentException(
                        "two tools are named " + tool.name() + "; give each a name of its own");
            }
        }
        this.mostRounds = mostRounds;
        this.rounds = rounds;
    }

    ChatResponse run(ChatRequest request) {
        FailedCalls.refuseSeveralAnswers(request);
        Set<String> callersOwn = functionNames(request);
        ChatRequest next = withTools(request, callersOwn);
        for (int round = 0; ; round++) {
            ChatResponse response = rounds.ask(next);
            if (response.choices().isEmpty()) {
                return response;
            }
            Message.Assistant message = response.choices().get(0).message();
            List<ToolCall> calls = message.toolCalls();
            if (calls.isEmpty() || calls.stream().anyMatch(call -> callersOwn.contains(call.name()))) {
                return response;
            }
            if (round == mostRounds) {
                throw exceeded(response);
            }
            next = next.toBuilder()
                    .messages(turn(next.messages(), message, calls))
                    .toolChoice(afterwards(next))
                    .build();
        }
    }

    private static Set<String> functionNames(ChatRequest request) {
        return request.tools().stream()
                .filter(Tool.Function.class::isInstance)
                .map(tool -> ((Tool.Function) tool).name())
                .collect(Collectors.toSet());
    }

    private ChatRequest withTools(ChatRequest request, Set<String> callersOwn) {
        List<Tool> all = new ArrayList<>(request.tools());
        tools.forEach((name, tool) -> {
            if (callersOwn.contains(name)) {
                throw new IllegalArgumentException(
                        "the request has a tool " + name + " already; give each a name of its own");
            }
            all.add(tool.definition());
        });
        return request.toBuilder().tools(all).build();
    }

    /** A choice that forces a call would force one every time. */
    private static @Nullable ToolChoice afterwards(ChatRequest request) {
        return request.toolChoice()
                .filter(choice -> choice.equals(ToolChoice.NONE))
                .orElse(null);
    }

    private List<Message> turn(List<Message> before, Message.Assistant message, List<ToolCall> calls) {
        List<Message> conversation = new ArrayList<>(before);
        conversation.add(message);
        for (ToolCall call : calls) {
            conversation.add(result(call));
        }
        return conversation;
    }

    private Message.ToolResult result(ToolCall call) {
        ToolFunction<?> tool = tools.get(call.name());
        if (tool == null) {
            return ToolFunction.failed(
                    call, "There is no such tool. Call one of " + String.join(", ", tools.keySet()) + ".");
        }
        try {
            return tool.run(call);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FailedCalls.cancelled(rounds.trace());
        }
    }

    private ToolRoundsExceededException exceeded(ChatResponse response) {
        return new ToolRoundsExceededException(
                "The model still calls tools after " + mostRounds + (mostRounds == 1 ? " round" : " rounds")
                        + ". Allow more rounds, or tell it in the request when to stop.",
                new GatewayException.Details(502, "api_error", "tool_rounds_exceeded", rounds.trace()),
                response);
    }
}
