package dev.hypergateway.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What answers one method at one kind of path. Immutable.
 *
 * @param method HTTP method
 * @param template path with at most one variable: {@code /models/{id}} takes one segment, {@code /models/{id...}} one or more
 * @param access who may use it
 * @param handler answers it
 */
public record Route(String method, String template, Access access, Handler handler) {
    private static final String MANY = "...}";

    /** Whether it has no variable, so that it fits one path only, give or take slashes at its end. */
    boolean isFixed() {
        return template.indexOf('{') < 0;
    }

    /**
     * Matches a path.
     *
     * @param segments decoded segments of the path
     * @return the value of the variable, empty for a template without one; nothing when the path does not match
     */
    Optional<String> match(List<String> segments) {
        List<String> wanted = segments(template);
        int at = variableIn(wanted);
        boolean many = at >= 0 && wanted.get(at).endsWith(MANY);
        if (many ? segments.size() < wanted.size() : segments.size() != wanted.size()) {
            return Optional.empty();
        }
        int fixed = at < 0 ? wanted.size() : at;
        int behind = at < 0 ? 0 : wanted.size() - at - 1;
        int end = segments.size() - behind;
        boolean same = wanted.subList(0, fixed).equals(segments.subList(0, fixed))
                && wanted.subList(wanted.size() - behind, wanted.size()).equals(segments.subList(end, segments.size()));
        if (!same) {
            return Optional.empty();
        }
        return Optional.of(at < 0 ? "" : String.join("/", segments.subList(at, end)));
    }

    private static int variableIn(List<String> template) {
        for (int i = 0; i < template.size(); i++) {
            if (template.get(i).startsWith("{")) {
                return i;
            }
        }
        return -1;
    }

    /** The segments of a path; slashes at its end do not count. */
    static List<String> segments(String path) {
        List<String> found = new ArrayList<>();
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        if (end > 0) {
            for (String segment : path.substring(1, end).split("/", -1)) {
                found.add(segment);
            }
        }
        return found;
    }

    /** Who may use a route. */
    public enum Access {
        /** Anybody, also when the server is full. */
        OPEN,
        /** Callers with a gateway key. */
        GUARDED
    }
}
