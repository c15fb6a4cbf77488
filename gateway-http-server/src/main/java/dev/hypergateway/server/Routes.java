package dev.hypergateway.server;

import dev.hypergateway.Gateway;
import dev.hypergateway.audit.AuditLog;
import dev.hypergateway.key.DuplicateKeyException;
import dev.hypergateway.key.KeyStoreException;
import dev.hypergateway.server.admin.ActivityLogs;
import dev.hypergateway.server.admin.DetailForm;
import dev.hypergateway.server.admin.Explain;
import dev.hypergateway.server.admin.Health;
import dev.hypergateway.server.admin.ProviderKeys;
import dev.hypergateway.server.chat.ChatCompletions;
import dev.hypergateway.server.chat.Embeddings;
import dev.hypergateway.server.chat.ExtractText;
import dev.hypergateway.server.chat.GenerateText;
import dev.hypergateway.server.chat.Images;
import dev.hypergateway.server.chat.Models;
import dev.hypergateway.server.chat.OpenAiErrorForm;
import dev.hypergateway.server.chat.TextDefaults;
import dev.hypergateway.server.http.ErrorForm;
import dev.hypergateway.server.http.Handler;
import dev.hypergateway.server.http.Heartbeat;
import dev.hypergateway.server.http.Problem;
import dev.hypergateway.server.http.Reply;
import dev.hypergateway.server.http.Route;
import dev.hypergateway.server.http.Route.Access;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The map of the server: which path is answered by whom. */
final class Routes {
    private static final Logger log = LoggerFactory.getLogger(Routes.class);

    private static final ErrorForm OPENAI = new OpenAiErrorForm();
    private static final ErrorForm DETAIL = new DetailForm();

    private final List<Route> routes = new ArrayList<>();

    Routes(
            Gateway gateway,
            Heartbeat heartbeat,
            @Nullable AuditLog auditLog,
            @Nullable BooleanSupplier database,
            TextDefaults texts,
            Clock clock) {
        open("/", exchange -> exchange.reply(Reply.json(200, "{\"message\":\"Welcome to Hyper AI Gateway!\"}")));
        boolean gemini =
                gateway.providers().stream().anyMatch(provider -> provider.id().equals("google"));
        open("/api/v1/health", new Health(GatewayServer.version(), database, gemini));

        guard("POST", "/v1/chat/completions", new ChatCompletions(gateway, heartbeat));
        guard("POST", "/v1/embeddings", new Embeddings(gateway));
        guard("POST", "/v1/images/generations", new Images(gateway));
        Models models = new Models(gateway);
        guard("GET", "/v1/models", models::list);
        guard("GET", "/v1/models/{id...}", models::show);

        guard("POST", "/api/v1/chat/generate-text", new GenerateText(gateway, texts));
        guard("POST", "/api/v1/vision/extract-text", new ExtractText(gateway, texts));

        ProviderKeys keys = new ProviderKeys(gateway, clock);
        guard("POST", "/api/v1/provider-keys", keys::add);
        guard("GET", "/api/v1/provider-keys", keys::list);
        guard("DELETE", "/api/v1/provider-keys", keys::deleteAll);
        guard("GET", "/api/v1/provider-keys/{id}", keys::show);
        guard("PATCH", "/api/v1/provider-keys/{id}", keys::change);
        guard("DELETE", "/api/v1/provider-keys/{id}", keys::delete);
        guard("POST", "/api/v1/provider-keys/{id}/revive", keys::revive);
        guard("POST", "/api/v1/provider-keys/{id}/test", keys::test);
        guard("POST", "/api/v1/explain", new Explain(gateway));
        if (auditLog != null) {
            guard("GET", "/api/v1/activity-logs", new ActivityLogs(gateway.keys(), auditLog)::list);
        }
    }

    List<Route> all() {
        return List.copyOf(routes);
    }

    /** The form of errors by path: OpenAI's under {@code /v1}, a detail elsewhere. */
    static ErrorForm errorForm(String path) {
        return path.equals("/v1") || path.startsWith("/v1/") ? OPENAI : DETAIL;
    }

    private void open(String template, Handler handler) {
        routes.add(new Route("GET", template, Access.OPEN, handler));
    }

    private void guard(String method, String template, Handler handler) {
        routes.add(new Route(method, template, Access.GUARDED, exchange -> {
            try {
                handler.handle(exchange);
            } catch (DuplicateKeyException e) {
                throw new Problem(409, "duplicate_key", "api_key", String.valueOf(e.getMessage()));
            } catch (KeyStoreException e) {
                log.warn("Request {}: the key store failed", exchange.requestId(), e);
                throw new Problem(
                                503,
                                "service_unavailable",
                                "The key store is out of reach at the moment; try again, or look into the log.")
                        .header("Retry-After", "5");
            }
        }));
    }
}
