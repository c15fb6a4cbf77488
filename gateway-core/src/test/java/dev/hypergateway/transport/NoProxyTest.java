package dev.hypergateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoProxyTest {
    @ParameterizedTest(name = "{0} reaches {1} directly: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "''                     | https://a.example/           | false",
                "*                      | https://a.example/           | true",
                "a.example              | https://a.example/           | true",
                "A.Example              | https://a.EXAMPLE/           | true",
                "a.example              | https://a.example./          | true",
                "a.example              | https://x.a.example/         | true",
                "a.example              | https://xa.example/          | false",
                "a.example              | https://example/             | false",
                ".a.example             | https://x.a.example/         | true",
                ".a.example             | https://a.example/           | false",
                "*.a.example            | https://x.a.example/         | true",
                "*.a.example            | https://a.example/           | false",
                "b.example, a.example   | https://a.example/           | true",
                "b.example a.example    | https://a.example/           | true",
                ",,b.example,,          | https://a.example/           | false",
                "a.example:443          | https://a.example/           | true",
                "a.example:443          | http://a.example/            | false",
                "a.example:80           | http://a.example/            | true",
                "a.example:8443         | https://a.example:8443/      | true",
                "a.example:8443         | https://x.a.example:8443/    | true",
                "a.example:8443         | https://a.example/           | false",
                "a.example:bad          | https://a.example/           | false",
                "10.0.0.1               | http://10.0.0.1/             | true",
                "10.0.0.1               | http://10.0.0.2/             | false",
                "10.0.0.1:81            | http://10.0.0.1:81/          | true",
                "10.0.0.1:81            | http://10.0.0.1/             | false",
                "10.0.0.0/8             | http://10.255.1.2/           | true",
                "10.0.0.0/8             | http://11.0.0.1/             | false",
                "192.168.4.0/22         | http://192.168.7.255/        | true",
                "192.168.4.0/22         | http://192.168.8.0/          | false",
                "0.0.0.0/0              | http://8.8.8.8/              | true",
                "0.0.0.0/0              | http://a.example/            | false",
                "10.0.0.0/33            | http://10.0.0.0/             | false",
                "10.0.0.0/x             | http://10.0.0.0/             | false",
                "999.1.1.1              | http://1.1.1.1/              | false",
                "2001:db8::/32          | http://[2001:db8:1::5]/      | true",
                "2001:db8::/32          | http://[2001:db9::5]/        | false",
                "2001:db8::5            | http://[2001:db8:0::5]/      | true",
                "[2001:db8::5]:81       | http://[2001:db8::5]:81/     | true",
                "[2001:db8::5]:81       | http://[2001:db8::5]/        | false",
                "10.0.0.0/8             | http://[2001:db8::5]/        | false",
                "''                     | http://localhost:8080/       | true",
                "''                     | http://LOCALHOST/            | true",
                "''                     | http://x.localhost/          | true",
                "''                     | http://127.8.9.1/            | true",
                "''                     | http://[::1]/                | true",
                "''                     | http://[::2]/                | false",
                "''                     | http://notlocalhost/         | false"
            })
    void follows_the_conventions_of_curl_and_go(String list, String target, boolean direct) {
        assertThat(NoProxy.parse(list).matches(URI.create(target))).isEqualTo(direct);
    }
}
