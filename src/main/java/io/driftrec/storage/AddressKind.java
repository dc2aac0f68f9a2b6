package io.driftrec.storage;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * What an IP address is for, after the special-purpose address registries of IANA (RFC 6890 and what updates it). Only
 * {@link #PUBLIC} addresses are reached without an option; IPv6 addresses outside the allocated unicast space are
 * {@link #RESERVED}, so that ranges which do not exist yet are refused as well.
 */
enum AddressKind {
    PUBLIC,
    LOOPBACK,
    PRIVATE,
    LINK_LOCAL,
    /** Carrier-grade NAT: 100.64.0.0/10. */
    SHARED,
    UNSPECIFIED,
    MULTICAST,
    DOCUMENTATION,
    BENCHMARK,
    RESERVED,
    /** An IPv6 address that stands for an IPv4 address: mapped, compatible, 6to4, Teredo, NAT64. */
    EMBEDDED_IPV4;

    private static final List<Range> IPV4 = List.of(
            range("0.0.0.0/32", UNSPECIFIED),
            range("0.0.0.0/8", RESERVED),
            range("10.0.0.0/8", PRIVATE),
            range("100.64.0.0/10", SHARED),
            range("127.0.0.0/8", LOOPBACK),
            range("169.254.0.0/16", LINK_LOCAL),
            range("172.16.0.0/12", PRIVATE),
            range("192.0.0.0/24", RESERVED),
            range("192.0.2.0/24", DOCUMENTATION),
            range("192.88.99.0/24", RESERVED),
            range("192.168.0.0/16", PRIVATE),
            range("198.18.0.0/15", BENCHMARK),
            range("198.51.100.0/24", DOCUMENTATION),
            range("203.0.113.0/24", DOCUMENTATION),
            range("224.0.0.0/4", MULTICAST),
            range("240.0.0.0/4", RESERVED),
            range("0.0.0.0/0", PUBLIC));

    private static final List<Range> IPV6 = List.of(
            range("::/128", UNSPECIFIED),
            range("::1/128", LOOPBACK),
            range("::/96", EMBEDDED_IPV4),
            range("64:ff9b::/96", EMBEDDED_IPV4),
            range("64:ff9b:1::/48", EMBEDDED_IPV4),
            range("fc00::/7", PRIVATE),
            range("fe80::/10", LINK_LOCAL),
            range("fec0::/10", PRIVATE),
            range("ff00::/8", MULTICAST),
            range("2001::/32", EMBEDDED_IPV4),
            range("2001:2::/48", BENCHMARK),
            range("2001::/23", RESERVED),
            range("2001:db8::/32", DOCUMENTATION),
            range("2002::/16", EMBEDDED_IPV4),
            range("3fff::/20", DOCUMENTATION),
            range("2000::/3", PUBLIC),
            range("::/0", RESERVED));

    private static final int IPV4_BYTES = 4;

    /** The kind of an address; the most specific range decides. */
    static AddressKind of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return (bytes.length == IPV4_BYTES ? IPV4 : IPV6)
                .stream()
                        .filter(range -> range.contains(bytes))
                        .findFirst()
                        .orElseThrow()
                        .kind();
    }

    /** Whether a connection may be made. What can be no web server's address stays refused under the option too. */
    boolean isReachable(boolean privateAddressesAllowed) {
        return switch (this) {
            case PUBLIC -> true;
            case LOOPBACK, PRIVATE, LINK_LOCAL, SHARED, DOCUMENTATION, BENCHMARK, EMBEDDED_IPV4 ->
                privateAddressesAllowed;
            case UNSPECIFIED, MULTICAST, RESERVED -> false;
        };
    }

    private static Range range(String text, AddressKind kind) {
        int slash = text.indexOf('/');
        try {
            byte[] network = InetAddress.getByName(text.substring(0, slash)).getAddress();
            return new Range(network, Integer.parseInt(text.substring(slash + 1)), kind);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address range: " + text, e);
        }
    }

    /** The addresses whose first bits are the network's. */
    private record Range(byte[] network, int bits, AddressKind kind) {
        boolean contains(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((network[bit / 8] & mask) != (address[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
