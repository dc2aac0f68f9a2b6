package io.driftrec.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressKindTest {
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, UNSPECIFIED",
        "0.0.0.1, RESERVED",
        "0.255.255.255, RESERVED",
        "1.0.0.0, PUBLIC",
        "9.255.255.255, PUBLIC",
        "10.0.0.0, PRIVATE",
        "10.255.255.255, PRIVATE",
        "11.0.0.0, PUBLIC",
        "100.63.255.255, PUBLIC",
        "100.64.0.0, SHARED",
        "100.127.255.255, SHARED",
        "100.128.0.0, PUBLIC",
        "126.255.255.255, PUBLIC",
        "127.0.0.1, LOOPBACK",
        "127.255.255.255, LOOPBACK",
        "128.0.0.0, PUBLIC",
        "169.253.255.255, PUBLIC",
        "169.254.169.254, LINK_LOCAL",
        "169.255.0.0, PUBLIC",
        "172.15.255.255, PUBLIC",
        "172.16.0.0, PRIVATE",
        "172.31.255.255, PRIVATE",
        "172.32.0.0, PUBLIC",
        "192.0.0.170, RESERVED",
        "192.0.2.1, DOCUMENTATION",
        "192.88.99.1, RESERVED",
        "192.167.255.255, PUBLIC",
        "192.168.0.0, PRIVATE",
        "192.168.255.255, PRIVATE",
        "192.169.0.0, PUBLIC",
        "198.17.255.255, PUBLIC",
        "198.18.0.0, BENCHMARK",
        "198.19.255.255, BENCHMARK",
        "198.20.0.0, PUBLIC",
        "198.51.100.7, DOCUMENTATION",
        "203.0.113.7, DOCUMENTATION",
        "223.255.255.255, PUBLIC",
        "224.0.0.1, MULTICAST",
        "239.255.255.255, MULTICAST",
        "240.0.0.1, RESERVED",
        "255.255.255.255, RESERVED",
    })
    void shouldKnowTheRangeWhenTheAddressIsIpv4(String address, AddressKind kind) throws UnknownHostException {
        assertThat(AddressKind.of(InetAddress.getByName(address))).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "::, UNSPECIFIED",
        "::1, LOOPBACK",
        "::2, EMBEDDED_IPV4",
        "::7f00:1, EMBEDDED_IPV4",
        "64:ff9b::7f00:1, EMBEDDED_IPV4",
        "64:ff9b::808:808, EMBEDDED_IPV4",
        "64:ff9b:1::a00:1, EMBEDDED_IPV4",
        "100::1, RESERVED",
        "2001::1, EMBEDDED_IPV4",
        "2001:0:ffff::1, EMBEDDED_IPV4",
        "2001:2::1, BENCHMARK",
        "2001:10::1, RESERVED",
        "2001:1ff::1, RESERVED",
        "2001:200::1, PUBLIC",
        "2001:db8::1, DOCUMENTATION",
        "2001:4860:4860::8888, PUBLIC",
        "2002:7f00:1::1, EMBEDDED_IPV4",
        "2002:808:808::1, EMBEDDED_IPV4",
        "2606:4700::1111, PUBLIC",
        "3fff::1, DOCUMENTATION",
        "3fff:1000::1, PUBLIC",
        "4000::1, RESERVED",
        "5f00::1, RESERVED",
        "fc00::1, PRIVATE",
        "fd12:3456::1, PRIVATE",
        "fe80::1, LINK_LOCAL",
        "febf::1, LINK_LOCAL",
        "fec0::1, PRIVATE",
        "ff02::1, MULTICAST",
    })
    void shouldKnowTheRangeWhenTheAddressIsIpv6(String address, AddressKind kind) throws UnknownHostException {
        assertThat(AddressKind.of(InetAddress.getByName(address))).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:7f00:1", "[::ffff:10.0.0.1]"})
    void shouldRefuseTheLiteralWhenItIsMappedIpv4(String literal) {
        CheckedDnsResolver resolver = new CheckedDnsResolver(SystemDefaultDnsResolver.INSTANCE, false);

        assertThatThrownBy(() -> resolver.resolve(literal)).hasMessageContaining("EMBEDDED_IPV4");
    }

    @Test
    void shouldConnectOnlyPublicAddressesWhenANameHasBothKinds() throws UnknownHostException {
        CheckedDnsResolver resolver =
                new CheckedDnsResolver(new FixedNames(Map.of("both.example", "10.0.0.1,8.8.8.8")), false);

        assertThat(resolver.resolve("both.example")).containsExactly(InetAddress.getByName("8.8.8.8"));
    }

    @Test
    void shouldNotTellTheAddressWhenItRefusesAName() {
        CheckedDnsResolver resolver =
                new CheckedDnsResolver(new FixedNames(Map.of("intra.example", "10.1.2.3")), false);

        assertThatThrownBy(() -> resolver.resolve("intra.example"))
                .isInstanceOf(CheckedDnsResolver.AddressRefusedException.class)
                .hasMessageContaining("PRIVATE")
                .hasMessageNotContaining("10.1.2.3");
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.1, true", "127.0.0.1, true", "fd00::1, true", "0.0.0.0, false", "224.0.0.1, false", "::, false"
    })
    void shouldStillRefuseWhatIsNoServerWhenPrivateAddressesAreAllowed(String address, boolean isReachable)
            throws UnknownHostException {
        assertThat(AddressKind.of(InetAddress.getByName(address)).isReachable(true))
                .isEqualTo(isReachable);
    }
}
