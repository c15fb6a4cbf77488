package dev.hypergateway.testkit;

import java.util.ArrayList;
import java.util.List;

/** What the request's limits leave of an answer: stop sequences and the token limit. */
final class Limits {
    private Limits() {}

    static SandboxAnswer apply(SandboxRequest request, SandboxAnswer answer) {
        return limited(request, stopped(request, answer));
    }

    private static SandboxAnswer stopped(SandboxRequest request, SandboxAnswer answer) {
        String text = answer.text();
        int end = text.length();
        for (String stop : request.stop()) {
            int at = stop.isEmpty() ? -1 : text.indexOf(stop);
            if (at >= 0 && at < end) {
                end = at;
            }
        }
        if (end == text.length()) {
            return answer;
        }
        List<String> kept = new ArrayList<>();
        int length = 0;
        for (String piece : answer.textChunks()) {
            if (length + piece.length() > end) {
                kept.add(piece.substring(0, end - length));
                break;
            }
            kept.add(piece);
            length += piece.length();
        }
        kept.removeIf(String::isEmpty);
        return answer.withTextChunks(kept, SandboxAnswer.Finish.STOP);
    }

    /** Gemini's limit includes thoughts, xAI's does not. */
    private static SandboxAnswer limited(SandboxRequest request, SandboxAnswer answer) {
        if (request.maxTokens().isEmpty()) {
            return answer;
        }
        int thoughts = request.vendor().equals("gemini") ? Words.count(answer.reasoningChunks()) : 0;
        int left = Math.max(0, request.maxTokens().getAsInt() - thoughts);
        List<String> kept = new ArrayList<>();
        int used = 0;
        for (String piece : answer.textChunks()) {
            used += Words.count(piece);
            if (used > left) {
                return answer.withTextChunks(kept, SandboxAnswer.Finish.LENGTH);
            }
            kept.add(piece);
        }
        return answer;
    }
}
