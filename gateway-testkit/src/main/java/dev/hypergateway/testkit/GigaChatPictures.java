package dev.hypergateway.testkit;

import java.util.Locale;

/**
 * GigaChat's own function {@code text2image} as documented in 2026: a chat without functions of the caller's, with
 * {@code function_call: "auto"} and the wish to draw, is answered with the id of a file. {@code [[no-picture]]} in the wish makes the
 * model answer in words.
 */
final class GigaChatPictures {
    private static final String WISH = "нарисуй";
    private static final String REFUSAL = "[[no-picture]]";

    private GigaChatPictures() {}

    static SandboxAnswer drawn(SandboxRequest request, SandboxAnswer answer, GigaChatFiles files) {
        String prompt = request.lastUserText();
        boolean wished = "auto".equals(request.body().get("function_call"))
                && request.tools().isEmpty()
                && prompt.toLowerCase(Locale.ROOT).contains(WISH)
                && !prompt.contains(REFUSAL)
                && answer.finish() == SandboxAnswer.Finish.STOP;
        return wished
                ? SandboxAnswer.text("<img src=\"" + files.draw() + "\" fuse=\"true\"/> вот что у меня получилось.")
                : answer;
    }
}
