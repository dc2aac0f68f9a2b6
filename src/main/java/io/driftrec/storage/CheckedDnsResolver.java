package io.driftrec.storage;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves names to those of their addresses that may be connected. The HTTP client connects to exactly the addresses that it gets
 * here and never asks for the name again, so a name server cannot answer the check and the connection differently.
 */
final class CheckedDnsResolver implements DnsResolver {
    private final DnsResolver lookup;
    private final boolean privateAddressesAllowed;

    CheckedDnsResolver(DnsResolver lookup, boolean privateAddressesAllowed) {
        this.lookup = lookup;
        this.privateAddressesAllowed = privateAddressesAllowed;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = lookup.resolve(host);
        if (addresses == null || addresses.length == 0) {
            throw new UnknownHostException(host);
        }
        InetAddress[] reachable = Arrays.stream(addresses)
                .filter(address -> kind(host, address).isReachable(privateAddressesAllowed))
                .toArray(InetAddress[]::new);
        if (reachable.length == 0) {
            throw new AddressRefusedException(kind(host, addresses[0]));
        }
        return reachable;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return lookup.resolveCanonicalHostname(host);
    }

    private static AddressKind kind(String host, InetAddress address) {
        // The JDK turns the literal ::ffff:a.b.c.d into an IPv4 address before anybody sees it.
        boolean isMapped = host.indexOf(':') >= 0 && address instanceof Inet4Address;
        return isMapped ? AddressKind.EMBEDDED_IPV4 : AddressKind.of(address);
    }

    /** No address of the host may be connected. Names the kind and not the address, which is not the requester's business. */
    static final class AddressRefusedException extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        AddressRefusedException(AddressKind kind) {
            super("the host's address is not public (" + kind + ")");
        }
    }
}
