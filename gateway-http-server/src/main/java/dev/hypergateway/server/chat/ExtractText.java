package dev.hypergateway.server.chat;

import dev.hypergateway.CallOptions;
import dev.hypergateway.Gateway;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Part;
import dev.hypergateway.failover.Explanation;
import dev.hypergateway.provider.PictureFormat;
import dev.hypergateway.provider.ProviderDescriptor;
import dev.hypergateway.server.http.Exchange;
import dev.hypergateway.server.http.FormPart;
import dev.hypergateway.server.http.Handler;
import dev.hypergateway.server.http.InvalidField;
import dev.hypergateway.server.http.Json;
import dev.hypergateway.server.http.LogText;
import dev.hypergateway.server.http.MultipartForm;
import dev.hypergateway.server.http.Problem;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * {@code POST /api/v1/vision/extract-text}: the text in a picture, by any model that sees. A form with the field {@code file}, and
 * {@code prompt} and {@code model} if wanted. What the picture is, its bytes tell, not its name. Thread-safe.
 */
public final class ExtractText implements Handler {
    private static final String PROMPT = "Extract all visible text from this image. Returns only the text content.";

    private final Gateway gateway;
    private final TextDefaults defaults;

    public ExtractText(Gateway gateway, TextDefaults defaults) {
        this.gateway = gateway;
        this.defaults = defaults;
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        GatewayCall.runWithDetail(exchange, gateway, options -> {
            MultipartForm form = exchange.form();
            FormPart file = form.file("file").orElseThrow(() -> new InvalidField("body", "file", "is required"));
            PictureFormat format = format(file);
            ChatRequest request = request(form, file, format);
            exchange.note("model", request.model());
            checkType(request, options, format);
            ChatResponse response = gateway.chat(request, options);
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put(
                    "filename",
                    file.filename() == null || file.filename().isBlank() ? "uploaded_image" : file.filename());
            answer.put("content_type", Objects.requireNonNullElse(file.contentType(), "application/octet-stream"));
            answer.put("extracted_text", response.text());
            answer.put("model_used", request.model());
            GatewayCall.reply(exchange, Json.bytes(answer), response.trace());
        });
    }

    private PictureFormat format(FormPart file) {
        byte[] content = file.content();
        if (content.length == 0) {
            throw new InvalidField("body", "file", "is empty; send a picture");
        }
        if (content.length > defaults.maxPictureBytes()) {
            throw new Problem(
                    413,
                    "file_too_large",
                    "file",
                    "The file has " + content.length + " bytes and may have " + defaults.maxPictureBytes()
                            + "; send a smaller picture.");
        }
        return PictureFormat.of(content).orElseThrow(() -> {
            String called = Objects.requireNonNullElse(file.contentType(), "application/octet-stream");
            return called.startsWith("image/")
                    ? new Problem(
                            400,
                            "invalid_image",
                            "file",
                            "The file is called " + LogText.of(called)
                                    + " but holds no picture of a known format; send a whole JPEG, PNG or the like.")
                    : new Problem(
                            415,
                            "unsupported_type",
                            "file",
                            "Unsupported image type '" + LogText.of(called) + "'; send a picture.");
        });
    }

    private ChatRequest request(MultipartForm form, FormPart file, PictureFormat format) {
        String picture =
                "data:" + format.mimeType() + ";base64," + Base64.getEncoder().encodeToString(file.content());
        return ChatRequest.builder()
                .model(form.text("model").filter(text -> !text.isBlank()).orElse(defaults.visionModel()))
                .message(Message.user(
                        Part.image(picture),
                        Part.text(form.text("prompt")
                                .filter(text -> !text.isBlank())
                                .orElse(PROMPT))))
                .build();
    }

    /** The first target that sees has to take the picture; whether one does, the gateway knows. */
    private void checkType(ChatRequest request, CallOptions options, PictureFormat format) {
        gateway.explain(request, options).targets().stream()
                .filter(target -> target.unable() == null)
                .map(Explanation.TargetOutlook::provider)
                .findFirst()
                .filter(provider -> !defaults.pictures().allow(provider, format))
                .ifPresent(provider -> {
                    throw new Problem(
                            415,
                            "unsupported_type",
                            "file",
                            "Unsupported image type '" + format.mimeType() + "' for " + displayName(provider)
                                    + ". Allowed: " + defaults.pictures().allowed(provider));
                });
    }

    private String displayName(String id) {
        return gateway.providers().stream()
                .filter(provider -> provider.id().equals(id))
                .map(ProviderDescriptor::displayName)
                .findFirst()
                .orElse(id);
    }
}
