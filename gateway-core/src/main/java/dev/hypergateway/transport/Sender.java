package dev.hypergateway.transport;

import dev.hypergateway.transport.Cancellation.Registration;
import dev.hypergateway.transport.TransportException.Reason;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Blocking sends under a limit and a {@link Cancellation}, and the list of what has to end when the client is closed.
 * Thread-safe.
 *
 * <p>It uses {@code HttpClient.send} on the caller's thread, because {@code sendAsync} costs up to three times as much on JDK 17,
 * and not {@code HttpRequest.timeout}, which covers the body as well from JDK 26 on.
 */
final class Sender {
    private final @Nullable NameLookup names;
    private final Set<Runnable> running = ConcurrentHashMap.newKeySet();
    private volatile @Nullable HttpClient client;

    /** @param names asked before the client; null where the client may ask by itself */
    Sender(HttpClient client, @Nullable NameLookup names) {
        this.client = client;
        this.names = names;
    }

    /**
     * Sends a request and waits for what {@code body} makes of the answer.
     *
     * @return an answer that has begun at least: the JDK throws as well when the body breaks at once after the header fields, so
     *     these are kept aside
     * @throws TransportException when there is no answer, or the answer is a proxy's
     */
    <T> Reply<T> send(HttpRequest request, AttemptControl control, Faults faults, BodySubscriber<T> body) {
        Limit limit = control.untilHeaders();
        if (control.cancellation().isCancelled()) {
            throw faults.cancelled();
        }
        if (limit.leftNanos() == 0) {
            throw limit.exceededBy(faults.peer());
        }
        HttpClient open = openClient();
        AtomicReference<@Nullable ResponseInfo> head = new AtomicReference<>();
        HttpResponse<T> response = null;
        IOException failure = null;
        boolean interrupted = false;
        Reason fired;
        SendGuard guard = new SendGuard();
        Future<?> alarm = Alarms.in(limit.leftNanos(), () -> guard.fire(limit.reason()));
        Registration registration = register(() -> guard.fire(Reason.CANCELLED), control.cancellation());
        try {
            if (names != null) {
                names.resolve(request.uri().getHost(), faults::hostToReach);
            }
            response = open.send(request, info -> {
                head.set(info);
                return body;
            });
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (IOException e) {
            failure = e;
        } finally {
            fired = guard.disarm(interrupted);
            alarm.cancel(false);
            registration.close();
        }
        if (fired != null) {
            throw fired == Reason.CANCELLED ? faults.cancelled() : limit.exceededBy(faults.peer());
        }
        if (interrupted) {
            throw faults.interrupted();
        }
        if (response != null && response.statusCode() == 407) {
            throw faults.proxyAuthentication();
        }
        ResponseInfo answered = head.get();
        if (answered == null) {
            throw faults.beforeAnswer(failure == null ? new IOException("no answer") : failure);
        }
        return new Reply<>(answered, response == null ? null : response.body(), failure);
    }

    /** Makes {@code action} run when the call is cancelled or the client closed. */
    Registration register(Runnable action, Cancellation cancellation) {
        running.add(action);
        if (client == null) {
            action.run();
        }
        Registration registration = cancellation.onCancel(action);
        return () -> {
            running.remove(action);
            registration.close();
        };
    }

    /** Ends everything that is running and refuses what comes later. */
    void close() {
        HttpClient closing = client;
        if (closing == null) {
            return;
        }
        client = null;
        running.forEach(Runnable::run);
        Threads.shutDown(closing);
    }

    boolean isClosed() {
        return client == null;
    }

    private HttpClient openClient() {
        HttpClient open = client;
        if (open == null) {
            throw new IllegalStateException("this UpstreamClient is closed");
        }
        return open;
    }
}
