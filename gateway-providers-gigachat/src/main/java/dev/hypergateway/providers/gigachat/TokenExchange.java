package dev.hypergateway.providers.gigachat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.provider.Failures;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.Timeouts;
import dev.hypergateway.transport.TransportException;
import dev.hypergateway.transport.UpstreamClient;
import dev.hypergateway.transport.UpstreamRequest;
import dev.hypergateway.transport.UpstreamResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The request that turns an authorization key into a token: {@code POST …/api/v2/oauth} with {@code Authorization: Basic} and a
 * {@code RqUID} of its own, form field {@code scope}
 * ({@code developers.sber.ru/docs/ru/gigachat/api/reference/rest/post-token}). Thread-safe.
 */
final class TokenExchange {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Timeouts TIMEOUTS = new Timeouts(LIMIT, LIMIT, LIMIT, LIMIT);

    /** {@code expires_at} is in milliseconds, although the documentation once shows seconds. */
    private static final long SMALLEST_MILLIS = 100_000_000_000L;

    private final Clock clock;
    private final Supplier<UUID> ids;
    private final GigaChatErrors errors;

    TokenExchange(Clock clock, Supplier<UUID> ids, GigaChatErrors errors) {
        this.clock = clock;
        this.ids = ids;
        this.errors = errors;
    }

    /** @throws dev.hypergateway.provider.ProviderException when there is no token */
    AccessToken fetch(ProviderCall call, UpstreamClient http) {
        AttemptControl control = new AttemptControl(
                TIMEOUTS, call.control().remaining(), call.control().cancellation());
        String form = "scope=" + URLEncoder.encode(GigaChatSettings.scope(call), StandardCharsets.UTF_8);
        Map<String, String> headers = Map.of(
                "Authorization",
                "Basic " + call.credential().secret().reveal(),
                "RqUID",
                ids.get().toString(),
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Accept",
                "application/json");
        UpstreamRequest request = new UpstreamRequest(
                "POST", GigaChatSettings.tokenUrl(call), headers, form.getBytes(StandardCharsets.UTF_8));
        UpstreamResponse response;
        try {
            response = http.send(request, control);
        } catch (TransportException e) {
            throw TrustedClients.failure(e, call, control);
        }
        if (!response.isSuccess()) {
            throw errors.ofTokenExchange(response, call.credential());
        }
        return read(response);
    }

    private AccessToken read(UpstreamResponse response) {
        JsonNode body;
        try {
            body = GigaChatJson.parse(response.body());
        } catch (IOException e) {
            throw Failures.unreadable("the token is not JSON", null);
        }
        String token = body.path("access_token").asText("");
        if (token.isBlank()) {
            throw Failures.unreadable("there is no access_token in it", null);
        }
        try {
            return new AccessToken(Secret.of(token), expiry(body.path("expires_at")));
        } catch (IllegalArgumentException e) {
            throw Failures.unreadable("the access_token holds characters that no token has", null);
        }
    }

    /** Without a time the token is good for the one call, no longer. */
    private Instant expiry(JsonNode expiresAt) {
        long value = expiresAt.asLong(0);
        if (value <= 0) {
            return clock.instant();
        }
        return value < SMALLEST_MILLIS ? Instant.ofEpochSecond(value) : Instant.ofEpochMilli(value);
    }
}
