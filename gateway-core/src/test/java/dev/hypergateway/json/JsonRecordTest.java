package dev.hypergateway.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRecordTest {
    enum Currency {
        EUR,
        USD
    }

    record Line(String text, BigDecimal amount) {}

    @Description("A bill")
    record Invoice(
            @JsonName("invoice_number") String number,
            @Description("Day of issue") LocalDate date,
            Currency currency,
            List<Line> lines,
            Optional<String> note,
            @Nullable Currency paidIn,
            @Nullable Line discount) {}

    record Numbers(
            byte b, short s, int i, Long l, float f, double d, BigInteger big, BigDecimal decimal, boolean yes) {}

    record Times(
            LocalTime time,
            LocalDateTime local,
            Instant instant,
            OffsetDateTime offset,
            Duration duration,
            UUID id,
            URI uri) {}

    @SuppressWarnings("ArrayRecordComponent") // arrays are what is tested
    record Collections(
            Set<Currency> set,
            int[] array,
            String[][] matrix,
            Map<String, Line> map,
            List<@Nullable String> gaps,
            OptionalInt count) {}

    record Positive(int value) {
        Positive {
            if (value <= 0) {
                throw new IllegalArgumentException("value must be positive");
            }
        }
    }

    record Holder(Positive inner) {}

    record Tree(String name, List<Tree> children) {}

    record Generic<T>(T value) {}

    record HoldsGeneric(Generic<String> generic) {}

    record HoldsObject(Object anything) {}

    record HoldsRawList(@SuppressWarnings("rawtypes") List list) {}

    record HoldsIntKeys(Map<Integer, String> map) {}

    record SameName(@JsonName("b") String a, String b) {}

    record Nothing() {}

    @Test
    void the_schema_requires_every_component_and_allows_no_other() {
        assertThat(JsonText.of(JsonRecord.of(Invoice.class).schema())).isEqualTo("""
                        {"type":"object","description":"A bill","properties":{\
                        "invoice_number":{"type":"string"},\
                        "date":{"type":"string","format":"date","description":"Day of issue"},\
                        "currency":{"type":"string","enum":["EUR","USD"]},\
                        "lines":{"type":"array","items":{"type":"object","properties":{"text":{"type":"string"},\
                        "amount":{"type":"number"}},"required":["text","amount"],"additionalProperties":false}},\
                        "note":{"type":["string","null"]},\
                        "paidIn":{"type":["string","null"],"enum":["EUR","USD",null]},\
                        "discount":{"anyOf":[{"type":"object","properties":{"text":{"type":"string"},\
                        "amount":{"type":"number"}},"required":["text","amount"],"additionalProperties":false},\
                        {"type":"null"}]}},\
                        "required":["invoice_number","date","currency","lines","note","paidIn","discount"],\
                        "additionalProperties":false}""");
    }

    @Test
    void a_document_becomes_the_record() {
        Invoice invoice = JsonRecord.of(Invoice.class).read("""
                        {"invoice_number":"7","date":"2024-05-31","currency":"EUR",
                         "lines":[{"text":"Tea","amount":3.10},{"text":"Cup","amount":4}],
                         "note":null,"paidIn":"USD","discount":null}""");

        assertThat(invoice)
                .isEqualTo(new Invoice(
                        "7",
                        LocalDate.of(2024, 5, 31),
                        Currency.EUR,
                        List.of(new Line("Tea", new BigDecimal("3.10")), new Line("Cup", new BigDecimal("4"))),
                        Optional.empty(),
                        Currency.USD,
                        null));
    }

    @Test
    void what_is_optional_may_be_missing() {
        Invoice invoice = JsonRecord.of(Invoice.class)
                .read("{\"invoice_number\":\"7\",\"date\":\"2024-05-31\",\"currency\":\"EUR\",\"lines\":[]}");

        assertThat(invoice.note()).isEmpty();
        assertThat(invoice.paidIn()).isNull();
    }

    @Test
    void all_problems_are_told_with_their_places() {
        JsonShapeException e = shapeException(Invoice.class, """
                {"invoice_number":7,"date":"31.5.2024","currency":"GBP",
                 "lines":[{"text":"Tea","amount":"3"},{"text":"Cup","amount":null,"colour":"blue"},5]}""");

        assertThat(e.problems())
                .containsExactly(
                        "invoice_number: expected a string, but got a number",
                        "date: expected a date such as 2024-05-31, but got a string",
                        "currency: expected one of [EUR, USD], but got a string",
                        "lines[0].amount: expected a number, but got a string",
                        "lines[1].colour: unknown field; remove it",
                        "lines[1].amount: expected a number, but got null",
                        "lines[2]: expected an object, but got a number");
    }

    @Test
    void missing_components_are_told() {
        assertThat(shapeException(Line.class, "{\"text\":\"Tea\"}").problems()).containsExactly("amount: missing");
        assertThat(shapeException(Line.class, "[]").problems())
                .containsExactly("the document: expected an object, but got an array");
    }

    @Test
    void numbers_must_fit() {
        JsonRecord<Numbers> type = JsonRecord.of(Numbers.class);
        assertThat(type.read("""
                        {"b":1,"s":2,"i":3.0,"l":9007199254740993,"f":0.5,"d":1e3,"big":123456789012345678901234567890,
                         "decimal":0.1000,"yes":true}"""))
                .isEqualTo(new Numbers(
                        (byte) 1,
                        (short) 2,
                        3,
                        9007199254740993L,
                        0.5f,
                        1000,
                        new BigInteger("123456789012345678901234567890"),
                        new BigDecimal("0.1000"),
                        true));

        assertThat(shapeException(Numbers.class, """
                                {"b":128,"s":1.5,"i":2147483648,"l":1e999999999,"f":1e39,"d":1e400,"big":1e-999999999,
                                 "decimal":"1","yes":"true"}""").problems())
                .containsExactly(
                        "b: expected an integer that fits into Byte, but got a number",
                        "s: expected an integer that fits into Short, but got a number",
                        "i: expected an integer that fits into Integer, but got a number",
                        "l: expected an integer that fits into Long, but got a number",
                        "f: expected a number that fits into Float, but got a number",
                        "d: expected a number that fits into Double, but got a number",
                        "big: expected an integer that fits into BigInteger, but got a number",
                        "decimal: expected a number, but got a string",
                        "yes: expected a boolean, but got a string");
    }

    @Test
    void times_are_strings_with_a_format_and_an_offset_only_where_java_keeps_it() {
        Times times = new Times(
                LocalTime.of(13, 45),
                LocalDateTime.of(2024, 5, 31, 13, 45),
                Instant.parse("2024-05-31T11:45:00Z"),
                OffsetDateTime.parse("2024-05-31T13:45:00+02:00"),
                Duration.ofMinutes(90),
                UUID.fromString("00000000-0000-0001-0000-000000000002"),
                URI.create("https://example.com/a"));

        assertThat(JsonRecord.of(Times.class).read(JsonText.of(times))).isEqualTo(times);
        assertThat(JsonRecord.of(Times.class).read("""
                                {"time":"13:45:00Z","local":"2024-05-31T13:45:00Z","instant":"2024-05-31T13:45:00+02:00",
                                 "offset":"2024-05-31T13:45:00+02:00","duration":"PT1H30M",
                                 "id":"00000000-0000-0001-0000-000000000002","uri":"https://example.com/a"}""")).isEqualTo(times);
        assertThat(JsonText.of(JsonRecord.of(Times.class).schema()))
                .contains(
                        "\"time\":{\"type\":\"string\",\"format\":\"time\"}",
                        "\"local\":{\"type\":\"string\",\"format\":\"date-time\"}",
                        "\"duration\":{\"type\":\"string\",\"format\":\"duration\"}",
                        "\"id\":{\"type\":\"string\",\"format\":\"uuid\"}",
                        "\"uri\":{\"type\":\"string\"}");
    }

    @Test
    void collections_are_read_and_cannot_be_changed() {
        Collections read = JsonRecord.of(Collections.class).read("""
                        {"set":["USD","EUR","USD"],"array":[1,2],"matrix":[["a"],[]],"map":{"x":{"text":"t","amount":1}},
                         "gaps":["a",null],"count":3}""");

        assertThat(read.set()).containsExactly(Currency.USD, Currency.EUR);
        assertThat(read.array()).containsExactly(1, 2);
        assertThat(read.matrix()).isDeepEqualTo(new String[][] {{"a"}, {}});
        assertThat(read.map()).containsExactly(Map.entry("x", new Line("t", BigDecimal.ONE)));
        assertThat(read.gaps()).containsExactly("a", null);
        assertThat(read.count()).hasValue(3);
        assertThatThrownBy(() -> read.gaps().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(JsonRecord.of(Collections.class).strict()).isFalse();
        assertThat(JsonRecord.of(Invoice.class).strict()).isTrue();
        assertThat(shapeException(Collections.class, """
                                {"set":[null],"array":[1,"2"],"matrix":[[1]],"map":{"x":1},"gaps":{},"count":null}""").problems())
                .containsExactly(
                        "set[0]: expected one of [EUR, USD], but got null",
                        "array[1]: expected an integer that fits into Integer, but got a string",
                        "matrix[0][0]: expected a string, but got a number",
                        "map.x: expected an object, but got a number",
                        "gaps: expected an array, but got an object");
    }

    @Test
    void a_record_that_refuses_its_values_says_why() {
        assertThat(shapeException(Holder.class, "{\"inner\":{\"value\":0}}").problems())
                .containsExactly("inner: refused: value must be positive");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "```json\n{\"value\":1}\n```",
                "Here it is:\n```json\n{\"value\":1}\n```\nThat is all.",
                "```\n{\"value\":1}```",
                "  {\"value\":1}\n"
            })
    void a_fence_around_the_document_is_taken_off(String answer) {
        assertThat(JsonRecord.of(Positive.class).read(answer)).isEqualTo(new Positive(1));
    }

    @Test
    void a_fence_inside_a_string_stays() {
        assertThat(JsonRecord.of(Line.class)
                        .read("```json\n{\"text\":\"```java\\nx\\n```\",\"amount\":1}\n```")
                        .text())
                .isEqualTo("```java\nx\n```");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "no", "{\"value\":1", "{\"value\":1} and more", "{\"value\":1,\"value\":2}", "{'value':1}"})
    void what_is_not_json_is_told_without_its_content(String answer) {
        assertThat(shapeException(Positive.class, answer).problems())
                .singleElement()
                .asString()
                .startsWith("the document: not valid JSON")
                .doesNotContain("value");
    }

    static Stream<Arguments> unfit() {
        return Stream.of(
                Arguments.of(Tree.class, "Tree.children[]: the record Tree holds itself"),
                Arguments.of(Generic.class, "the record Generic has type parameters"),
                Arguments.of(HoldsGeneric.class, "HoldsGeneric.generic: the record Generic has type parameters"),
                Arguments.of(HoldsObject.class, "HoldsObject.anything: java.lang.Object has no place"),
                Arguments.of(HoldsRawList.class, "HoldsRawList.list: java.util.List has no place"),
                Arguments.of(HoldsIntKeys.class, "HoldsIntKeys.map: java.util.Map has no place"),
                Arguments.of(SameName.class, "SameName.b: another component has the same @JsonName"));
    }

    @ParameterizedTest
    @MethodSource("unfit")
    @SuppressWarnings({"unchecked", "rawtypes"})
    void records_that_no_schema_can_describe_are_refused_by_name(Class<? extends Record> type, String reason) {
        assertThatThrownBy(() -> JsonRecord.of((Class) type))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void a_record_without_components_is_an_empty_object() {
        assertThat(JsonRecord.of(Nothing.class).read("{}")).isEqualTo(new Nothing());
        assertThat(JsonRecord.of(Nothing.class).schema())
                .containsEntry("properties", Map.of())
                .containsEntry("required", List.of());
    }

    @Test
    void values_without_a_json_form_are_refused() {
        assertThatThrownBy(() -> JsonText.of(Map.of("a", new Object())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Object");
    }

    private static JsonShapeException shapeException(Class<? extends Record> type, String document) {
        return catchThrowableOfType(
                JsonShapeException.class, () -> JsonRecord.of(type).read(document));
    }
}
