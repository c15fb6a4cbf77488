package dev.hypergateway.transport;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Tells addresses of the open Internet from all others, by the special-purpose registries of IANA (RFC 6890 and its updates).
 * IPv6 addresses that carry one of IPv4 (NAT64, 6to4) are as public as that one. Stateless.
 */
final class PublicAddress {
    private static final List<int[]> OTHER_IPV4 = List.of(
            range(0, 0, 0, 0, 8), // this network
            range(10, 0, 0, 0, 8),
            range(100, 64, 0, 0, 10), // shared by providers; Alibaba's metadata service
            range(127, 0, 0, 0, 8),
            range(168, 63, 129, 16, 32), // Azure's metadata service
            range(169, 254, 0, 0, 16), // link-local; the metadata services of most clouds
            range(172, 16, 0, 0, 12),
            range(192, 0, 0, 0, 24),
            range(192, 0, 2, 0, 24), // documentation
            range(192, 88, 99, 0, 24), // 6to4 relays
            range(192, 168, 0, 0, 16),
            range(198, 18, 0, 0, 15), // benchmarks
            range(198, 51, 100, 0, 24), // documentation
            range(203, 0, 113, 0, 24), // documentation
            range(224, 0, 0, 0, 3)); // multicast, reserved, broadcast

    private PublicAddress() {}

    static boolean is(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? isIpv4(bytes, 0) : isIpv6(bytes);
    }

    /** Global unicast is 2000::/3; NAT64's well-known prefix is the one exception that leads somewhere. */
    private static boolean isIpv6(byte[] bytes) {
        int first = pair(bytes, 0);
        int second = pair(bytes, 2);
        if (first == 0x64 && second == 0xff9b) {
            return pair(bytes, 4) == 0
                    && pair(bytes, 6) == 0
                    && pair(bytes, 8) == 0
                    && pair(bytes, 10) == 0
                    && isIpv4(bytes, 12);
        }
        if (first == 0x2002) {
            return isIpv4(bytes, 2);
        }
        boolean special = (first == 0x2001 && second < 0x200) // Teredo, ORCHID, benchmarks
                || (first == 0x2001 && second == 0xdb8) // documentation
                || (first == 0x3fff && second < 0x1000); // documentation
        return first >= 0x2000 && first <= 0x3fff && !special;
    }

    private static boolean isIpv4(byte[] bytes, int at) {
        int address = (pair(bytes, at) << 16) | pair(bytes, at + 2);
        return OTHER_IPV4.stream().noneMatch(range -> (address & range[1]) == range[0]);
    }

    private static int pair(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }

    private static int[] range(int a, int b, int c, int d, int prefix) {
        return new int[] {(a << 24) | (b << 16) | (c << 8) | d, -1 << (32 - prefix)};
    }
}
