package dev.hypergateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
    @Test
    void decodes_names_and_values() {
        Query query = Query.parse("a=1&b=x%20y&c=x+y&%C3%A9=%E2%82%AC&last=1&last=2&flag&=odd&&eq=a=b");

        assertThat(query.get("a")).contains("1");
        assertThat(query.get("b")).contains("x y");
        assertThat(query.get("c")).contains("x y");
        assertThat(query.get("é")).contains("€");
        assertThat(query.get("last")).contains("2");
        assertThat(query.get("flag")).isEmpty();
        assertThat(query.get("eq")).contains("a=b");
        assertThat(query.get("missing")).isEmpty();
    }

    @Test
    void no_query_has_no_parameters() {
        assertThat(Query.parse(null).get("a")).isEmpty();
        assertThat(Query.parse("").get("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%4", "a=%zz", "%=1", "a=%C3%28", "a=%ff"})
    void bad_encoding_is_a_400(String raw) {
        assertThatThrownBy(() -> Query.parse(raw))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(400));
    }
}
