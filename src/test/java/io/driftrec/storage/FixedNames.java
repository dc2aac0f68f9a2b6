package io.driftrec.storage;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.apache.hc.client5.http.DnsResolver;

/** A name server for tests: names and their addresses, separated by commas; address literals stand for themselves. */
record FixedNames(Map<String, String> addresses) implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        boolean isLiteral = host.matches("[0-9.]+|.*:.*");
        if (!isLiteral && !addresses.containsKey(host)) {
            throw new UnknownHostException(host);
        }
        String[] literals = (isLiteral ? host : addresses.get(host)).split(",");
        InetAddress[] found = new InetAddress[literals.length];
        for (int i = 0; i < literals.length; i++) {
            found[i] = InetAddress.getByName(literals[i]);
        }
        return found;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
