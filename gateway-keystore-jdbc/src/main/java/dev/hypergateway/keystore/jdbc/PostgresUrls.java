package dev.hypergateway.keystore.jdbc;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** URLs of PostgreSQL databases: those of the JDBC driver, and those of libpq, which most other programs use. */
final class PostgresUrls {
    /** Parameters of libpq that have another name in the JDBC driver. */
    private static final Map<String, String> DRIVER_NAMES = Map.of(
            "connect_timeout", "connectTimeout",
            "application_name", "ApplicationName",
            "channel_binding", "channelBinding",
            "target_session_attrs", "targetServerType");

    private PostgresUrls() {}

    static DatabaseLocation parse(String url) {
        boolean libpq = !url.regionMatches(true, 0, "jdbc:", 0, "jdbc:".length());
        int question = url.indexOf('?');
        String query = question < 0 ? "" : url.substring(question + 1);
        String address = url.substring(
                url.indexOf(':', libpq ? 0 : "jdbc:".length()) + 1, question < 0 ? url.length() : question);
        Map<String, String> parameters = parameters(query);
        String user = null;
        String password = null;
        int at = address.startsWith("//") ? address.lastIndexOf('@') : -1;
        if (at >= 0) {
            String credentials = address.substring(2, at);
            int colon = credentials.indexOf(':');
            user = decode(colon < 0 ? credentials : credentials.substring(0, colon), false);
            password = colon < 0 ? null : decode(credentials.substring(colon + 1), false);
            address = "//" + address.substring(at + 1);
        }
        String userParameter = parameters.remove("user");
        String passwordParameter = parameters.remove("password");
        if (libpq) {
            parameters = driverNames(parameters);
            address = completed(address);
        }
        // Else an error message of the server could quote values of a row.
        parameters.putIfAbsent("logServerErrorDetail", "false");
        parameters.putIfAbsent("ApplicationName", "hyper-ai-gateway");
        String text = parameters.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&", "?", ""));
        return new DatabaseLocation(
                Dialect.POSTGRESQL,
                "jdbc:postgresql:" + address + text,
                user == null ? userParameter : user,
                password == null ? passwordParameter : password,
                "PostgreSQL at " + (address.startsWith("//") ? address.substring(2) : address),
                true);
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
                found.put(name, equals < 0 ? "" : decode(pair.substring(equals + 1), true));
            }
        }
        return found;
    }

    private static Map<String, String> driverNames(Map<String, String> parameters) {
        Map<String, String> renamed = new LinkedHashMap<>();
        parameters.forEach((name, value) -> renamed.put(
                DRIVER_NAMES.getOrDefault(name, name),
                // The one value of libpq that the driver writes differently.
                name.equals("target_session_attrs") && value.equals("read-write") ? "primary" : value));
        return renamed;
    }

    /** With the host and the slash that libpq lets people leave out. */
    private static String completed(String address) {
        String hostsAndName = address.substring("//".length());
        if (!hostsAndName.contains("/")) {
            hostsAndName += "/";
        }
        return (hostsAndName.startsWith("/") ? "//localhost" : "//") + hostsAndName;
    }

    private static String decode(String text, boolean plusIsSpace) {
        try {
            return URLDecoder.decode(plusIsSpace ? text : text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Without the cause: its message quotes a piece of what may be the password.
            throw DatabaseLocation.unreadable("has a percent sign that is not followed by two hexadecimal digits");
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
