package dev.hypergateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTest {
    @ParameterizedTest
    @CsvSource({
        "/,                 /,                  ''",
        "/v1/models,        /v1/models,         ''",
        "/v1/models,        /v1/models///,      ''",
        "/v1/models,        /v1/model,          ",
        "/v1/models,        /v1/models/x,       ",
        "/v1/models,        /v1//models,        ",
        "/keys/{id},        /keys/7,            7",
        "/keys/{id},        /keys/7/,           7",
        "/keys/{id},        /keys,              ",
        "/keys/{id},        /keys/7/8,          ",
        "/models/{id...},   /models/a,          a",
        "/models/{id...},   /models/a/b/c,      a/b/c",
        "/models/{id...},   /models,            ",
        "/keys/{id}/test,   /keys/7/test,       7",
        "/keys/{id}/test,   /keys/7/tests,      ",
        "/keys/{id}/test,   /keys/test,         ",
        "/m/{id...}/end,    /m/a/b/end,         a/b"
    })
    void matches_by_segment(String template, String path, String variable) {
        Route route = new Route("GET", template, Route.Access.OPEN, exchange -> {});

        assertThat(route.match(Route.segments(path)).orElse(null)).isEqualTo(variable);
    }
}
