package dev.hypergateway.transport;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that are reached without the proxy, in the form of {@code NO_PROXY} that Go and curl share: entries separated by
 * commas or spaces; {@code example.com} means the host and those below it, {@code .example.com} and {@code *.example.com} only
 * those below it, {@code 10.0.0.0/8} a block of addresses, {@code host:8080} one port, {@code *} everything. Names are not
 * resolved, so a block matches literal addresses only. {@code localhost} and loopback addresses are always reached directly.
 * Immutable.
 */
final class NoProxy {
    private final List<Rule> rules;
    private final boolean everything;

    private NoProxy(List<Rule> rules, boolean everything) {
        this.rules = rules;
        this.everything = everything;
    }

    /** Reads a list; entries that make no sense match nothing, as everywhere. */
    static NoProxy parse(String list) {
        List<Rule> rules = new ArrayList<>();
        boolean everything = false;
        for (String entry : list.toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
            if (entry.equals("*")) {
                everything = true;
            } else if (!entry.isEmpty()) {
                rules.add(rule(entry));
            }
        }
        return new NoProxy(List.copyOf(rules), everything);
    }

    /** Whether {@code uri} is reached without the proxy. */
    boolean matches(URI uri) {
        String host = uri.getHost();
        if (everything || host == null) {
            return true;
        }
        String name = unbracketed(host.toLowerCase(Locale.ROOT));
        name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        byte @Nullable [] address = literal(name);
        if (name.equals("localhost") || name.endsWith(".localhost") || isLoopback(address)) {
            return true;
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        for (Rule rule : rules) {
            if ((rule.port < 0 || rule.port == port) && rule.matches(name, address)) {
                return true;
            }
        }
        return false;
    }

    private static Rule rule(String entry) {
        int slash = entry.indexOf('/');
        if (slash > 0) {
            byte @Nullable [] block = literal(unbracketed(entry.substring(0, slash)));
            int bits = number(entry.substring(slash + 1));
            if (block != null && bits >= 0 && bits <= block.length * 8) {
                return new Rule("", block, bits, -1);
            }
        }
        String host = entry;
        int port = -1;
        int colon = entry.lastIndexOf(':');
        if (colon > 0 && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']')) {
            port = number(entry.substring(colon + 1));
            host = entry.substring(0, colon);
        }
        host = unbracketed(host.startsWith("*.") ? host.substring(1) : host);
        byte @Nullable [] address = literal(host);
        return new Rule(host, address, address == null ? 0 : address.length * 8, port);
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static int number(String digits) {
        return digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : Integer.MAX_VALUE;
    }

    /** The bytes of a literal address; null for a name. Never asks the DNS. */
    private static byte @Nullable [] literal(String host) {
        boolean v4 = host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
        boolean v6 = host.indexOf(':') >= 0 && host.matches("[0-9a-f:.]+");
        if (!v4 && !v6) {
            return null;
        }
        if (v4) {
            for (String part : host.split("\\.", -1)) {
                if (Integer.parseInt(part) > 255) {
                    return null;
                }
            }
        }
        try {
            return InetAddress.getByName(host).getAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static boolean isLoopback(byte @Nullable [] address) {
        try {
            return address != null && InetAddress.getByAddress(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** One entry: a name, or a block of addresses; port -1 is any. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Rule(String name, byte @Nullable [] block, int bits, int port) {
        boolean matches(String host, byte @Nullable [] address) {
            if (block != null) {
                return address != null && address.length == block.length && samePrefix(address, block);
            }
            return name.startsWith(".") ? host.endsWith(name) : host.equals(name) || host.endsWith("." + name);
        }

        private boolean samePrefix(byte[] address, byte[] prefix) {
            for (int bit = 0; bit < bits; bit += 8) {
                int mask = bits - bit >= 8 ? 0xFF : 0xFF << (8 - (bits - bit));
                if (((address[bit / 8] ^ prefix[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
