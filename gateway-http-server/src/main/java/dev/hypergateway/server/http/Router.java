package dev.hypergateway.server.http;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the route of a request, guards it and turns what goes wrong into answers. Thread-safe. */
public final class Router {
    private static final Logger log = LoggerFactory.getLogger(Router.class);

    private final List<Route> routes;
    private final Map<String, Route> fixed = new HashMap<>();
    private final Gate gate;
    private final Cors cors;
    private final Semaphore places;
    private final Function<String, ErrorForm> errorForms;

    /**
     * @param routes all routes
     * @param gate guards those that are not open
     * @param cors who may call from a browser
     * @param maxConcurrent most guarded requests at a time
     * @param errorForms the form of errors by path
     */
    public Router(List<Route> routes, Gate gate, Cors cors, int maxConcurrent, Function<String, ErrorForm> errorForms) {
        this.routes = List.copyOf(routes);
        this.routes.stream()
                .filter(Route::isFixed)
                .forEach(route -> fixed.put(key(route.method(), route.template()), route));
        this.gate = gate;
        this.cors = cors;
        this.places = new Semaphore(maxConcurrent);
        this.errorForms = errorForms;
    }

    /** Answers a request; an exception means that the connection is to be cut. */
    void handle(Exchange exchange) throws IOException {
        answer(exchange, this::dispatch);
    }

    /** Answers a request that came too late. */
    void refuse(Exchange exchange) throws IOException {
        answer(exchange, refused -> {
            throw new Problem(503, "service_unavailable", "The server is shutting down; try again in a moment.")
                    .header("Retry-After", "1");
        });
    }

    private void answer(Exchange exchange, Handler handler) throws IOException {
        boolean cut = true;
        try {
            try {
                cors.decorate(exchange);
                handler.handle(exchange);
            } catch (Problem problem) {
                reply(exchange, problem);
            } catch (RuntimeException | Error e) {
                log.error("Request {} failed unexpectedly", exchange.requestId(), e);
                reply(exchange, internalError(exchange));
            }
            if (!exchange.answered()) {
                throw new IllegalStateException("no handler answered " + exchange.routeName());
            }
            cut = false;
        } catch (IOException e) {
            log.debug("Request {}: {}", exchange.requestId(), e.toString());
            throw e;
        } catch (RuntimeException | Error e) {
            log.error("Request {} could not be answered", exchange.requestId(), e);
            throw new IOException("the connection is cut after an unexpected failure", e);
        } finally {
            AccessLog.write(exchange, cut);
        }
    }

    private void reply(Exchange exchange, Problem problem) throws IOException {
        if (exchange.answered()) {
            throw new IOException("a failure after the answer had begun", problem);
        }
        Reply reply = errorForms.apply(exchange.path()).write(problem);
        exchange.reply(reply.with(problem.headers()));
    }

    /** Most requests are for a route without a variable, which takes one look. */
    private void dispatch(Exchange exchange) throws IOException {
        Route route = fixed.get(key(exchange.method(), exchange.path()));
        if (route != null) {
            exchange.route(route.template(), "");
            run(route, exchange);
        } else {
            search(exchange);
        }
    }

    private static String key(String method, String path) {
        return method + " " + path;
    }

    private void search(Exchange exchange) throws IOException {
        List<String> segments = Route.segments(exchange.path()).stream()
                .map(segment -> PercentCode.decode(segment, false))
                .toList();
        String method = exchange.method().equals("HEAD") ? "GET" : exchange.method();
        Set<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            Optional<String> variable = route.match(segments);
            if (variable.isPresent()) {
                if (route.method().equals(method)) {
                    exchange.route(route.template(), variable.get());
                    run(route, exchange);
                    return;
                }
                allowed.add(route.method());
            }
        }
        if (allowed.isEmpty()) {
            throw new Problem(
                    404,
                    "unknown_url",
                    "There is nothing at " + LogText.of(exchange.method()) + " " + LogText.of(exchange.path())
                            + "; the API begins at /v1 and /api/v1.");
        }
        String allow = Cors.allow(allowed);
        if (method.equals("OPTIONS")) {
            exchange.reply(Reply.empty(204).with("Allow", allow));
            return;
        }
        throw new Problem(
                        405,
                        "method_not_allowed",
                        "The method " + LogText.of(exchange.method()) + " is not allowed here; use " + allow + ".")
                .header("Allow", allow);
    }

    private void run(Route route, Exchange exchange) throws IOException {
        if (route.access() == Route.Access.OPEN) {
            route.handler().handle(exchange);
            return;
        }
        if (!places.tryAcquire()) {
            throw new Problem(
                            429,
                            "rate_limit_exceeded",
                            "The server is answering as many requests as it can; try again.")
                    .header("Retry-After", "1");
        }
        try {
            exchange.owner(gate.admit(exchange));
            route.handler().handle(exchange);
        } finally {
            places.release();
        }
    }

    private static Problem internalError(Exchange exchange) {
        return new Problem(
                500,
                "internal_error",
                "Something went wrong inside the gateway; look for " + exchange.requestId() + " in its log.");
    }
}
