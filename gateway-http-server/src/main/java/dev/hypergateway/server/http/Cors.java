package dev.hypergateway.server.http;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which web pages may call from a browser (Fetch standard, CORS protocol). Immutable. Cookies are not used, so credentials are
 * never allowed.
 */
public final class Cors {
    private static final String ANY = "*";
    private static final Pattern HEADER_NAMES = Pattern.compile("[A-Za-z0-9_, \\-]{1,1000}");

    private final Set<String> origins;

    /**
     * @param origins origins such as {@code https://app.example.com}; {@code *} for all
     */
    public Cors(Collection<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    /** Adds to an answer what its page needs to read it. */
    void decorate(Exchange exchange) {
        if (origins.isEmpty()) {
            return;
        }
        exchange.responseHeader("Vary", "Origin");
        allowed(exchange).ifPresent(origin -> {
            exchange.responseHeader("Access-Control-Allow-Origin", origin);
            exchange.responseHeader("Access-Control-Expose-Headers", "*");
            if (exchange.method().equals("OPTIONS")) {
                exchange.responseHeader("Access-Control-Allow-Methods", "GET, POST, PATCH, DELETE, OPTIONS");
                // A star would not cover Authorization, so the page's own list is repeated.
                exchange.responseHeader(
                        "Access-Control-Allow-Headers",
                        exchange.header("Access-Control-Request-Headers")
                                .filter(names -> HEADER_NAMES.matcher(names).matches())
                                .orElse("authorization, content-type"));
                exchange.responseHeader("Access-Control-Max-Age", "600");
            }
        });
    }

    private Optional<String> allowed(Exchange exchange) {
        return exchange.header("Origin")
                .filter(origin -> origins.contains(ANY) || origins.contains(origin))
                .map(origin -> origins.contains(ANY) ? ANY : origin);
    }

    /** The value of an {@code Allow} header. */
    static String allow(Set<String> methods) {
        Set<String> all = new TreeSet<>(methods);
        if (methods.contains("GET")) {
            all.add("HEAD");
        }
        all.add("OPTIONS");
        return String.join(", ", all);
    }
}
