package dev.hypergateway.providers.gigachat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Part;
import dev.hypergateway.chat.ToolCall;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.ProviderStream;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.recordings.Asked;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.trace.KeySource;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.Cancellation;
import dev.hypergateway.transport.MediaFetcher;
import dev.hypergateway.transport.Timeouts;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GigaChatProviderTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000000");
    private static final String STATE = "e379e132-2cf8-4ce1-8545-c9c94cbebb1b";
    private static final String ANSWER =
            "{'choices':[{'message':{'content':'Hi','role':'assistant'},'index':0,'finish_reason':'stop'}],"
                    + "'created':1768996171,'model':'GigaChat:2.0.28.2','object':'chat.completion',"
                    + "'usage':{'prompt_tokens':17,'completion_tokens':3,'total_tokens':20,'precached_prompt_tokens':2}}";
    private static final String HEL =
            "{'choices':[{'delta':{'content':'Hel','role':'assistant'},'index':0}],'created':1768996171}";
    private static final String LO = "{'choices':[{'delta':{'content':'lo'},'index':0}],'created':1768996171}";
    private static final String FINISH =
            "{'choices':[{'delta':{'content':''},'index':0,'finish_reason':'stop'}],'created':1768996171,"
                    + "'usage':{'prompt_tokens':1,'completion_tokens':2,'total_tokens':3}}";
    private static final String DONE = "[DONE]";
    private static final ChatRequest QUESTION = ChatRequest.of("sber/GigaChat-2", "Why?");

    private final LoopbackGigaChat gigachat = new LoopbackGigaChat();
    private final GigaChatProvider provider =
            new GigaChatProvider(Clock.fixed(NOW, ZoneOffset.UTC), () -> ID, MediaFetcher.publicOnly());

    @AfterEach
    void stop() {
        gigachat.close();
    }

    @Test
    void describes_itself() {
        assertThat(provider.descriptor().id()).isEqualTo("gigachat");
        assertThat(provider.descriptor().prefixes()).containsExactly("sber", "gigachat");
        assertThat(provider.descriptor().keyHeader()).isEqualTo("X-GigaChat-API-Key");
        assertThat(provider.descriptor().keySetting()).isEqualTo("GIGACHAT_AUTH_KEY");
        assertThat(provider.descriptor().baseUriSetting()).isEqualTo("GIGACHAT_CHAT_URL");
        assertThat(provider.descriptor()).isSameAs(provider.descriptor());
    }

    @Test
    void exchanges_the_key_for_a_token_and_asks_with_that() {
        gigachat.json(200, ANSWER);

        provider.chat(QUESTION, gigachat.call());

        Asked token = gigachat.askedForToken();
        assertThat(token.method()).isEqualTo("POST");
        assertThat(token.header("Authorization")).isEqualTo("Basic " + LoopbackGigaChat.KEY);
        assertThat(token.header("RqUID")).isEqualTo(ID.toString());
        assertThat(token.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(token.body()).isEqualTo("scope=GIGACHAT_API_PERS");

        Asked chat = gigachat.asked();
        assertThat(chat.uri()).hasToString("/v1/chat/completions");
        assertThat(chat.header("Authorization")).isEqualTo("Bearer " + LoopbackGigaChat.TOKEN);
        assertThat(chat.header("Content-Type")).isEqualTo("application/json");
        assertThat(chat.header("User-Agent")).isNotNull();
        assertThat(chat.header("X-Session-ID")).isNull();
    }

    @Test
    void takes_the_scope_of_the_key_before_that_of_the_settings() {
        gigachat.with("GIGACHAT_SCOPE", "GIGACHAT_API_B2B").json(200, ANSWER).json(200, ANSWER);

        provider.chat(QUESTION, gigachat.call());
        provider.chat(QUESTION, gigachat.call(Map.of("scope", "GIGACHAT_API_CORP"), AttemptControl.withDefaults()));

        assertThat(gigachat.askedForToken().body()).isEqualTo("scope=GIGACHAT_API_B2B");
        assertThat(gigachat.askedForToken().body()).isEqualTo("scope=GIGACHAT_API_CORP");
    }

    @Test
    void a_new_version_of_a_key_never_uses_the_old_token() {
        gigachat.json(200, ANSWER).json(200, ANSWER).json(200, ANSWER);
        ProviderCall call = gigachat.call();

        provider.chat(QUESTION, call);
        provider.chat(
                QUESTION,
                with(call, new Credential(KeySource.STORED, "1", "k", 2, Secret.of("another-secret"), Map.of())));
        provider.chat(
                QUESTION,
                with(call, new Credential(KeySource.STORED, "1", "k", 3, Secret.of("another-secret"), Map.of())));

        assertThat(gigachat.timesAskedForToken()).isEqualTo(3);
    }

    @Test
    void reads_the_end_of_a_token_in_milliseconds_and_in_seconds() {
        gigachat.json(200, ANSWER).json(200, ANSWER).json(200, ANSWER);
        long inAnHour = NOW.plusSeconds(3600).getEpochSecond();
        String token = "{\"access_token\":\"t\",\"expires_at\":%d}";
        gigachat.token(200, token.formatted(NOW.toEpochMilli()));
        gigachat.token(200, token.formatted(inAnHour));

        provider.chat(QUESTION, gigachat.call());
        provider.chat(QUESTION, gigachat.call());
        provider.chat(QUESTION, gigachat.call());

        assertThat(gigachat.timesAskedForToken()).isEqualTo(2);
    }

    @Test
    void takes_what_is_no_token_as_an_outage() {
        for (String body : List.of("", "[]", "{}", "{'access_token':''}", "<html>", "{'access_token':'a\\nb'}")) {
            gigachat.token(200, body.replace('\'', '"'));

            assertThat(failure(() -> provider.chat(QUESTION, gigachat.call())).kind())
                    .as(body)
                    .isEqualTo(FailureKind.UNAVAILABLE);
        }
    }

    @Test
    void a_busy_or_broken_token_endpoint_is_no_refused_key() {
        gigachat.token(429, "").token(502, "<html>");

        assertThat(failure(() -> provider.chat(QUESTION, gigachat.call())).kind())
                .isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(failure(() -> provider.chat(QUESTION, gigachat.call())).kind())
                .isEqualTo(FailureKind.UNAVAILABLE);
    }

    @Test
    void drops_a_token_that_was_refused() {
        gigachat.json(401, "{'status':401,'message':'Token has expired'}").json(200, ANSWER);

        assertThat(failure(() -> provider.chat(QUESTION, gigachat.call())).kind())
                .isEqualTo(FailureKind.TOKEN_EXPIRED);
        provider.chat(QUESTION, gigachat.call());

        assertThat(gigachat.timesAskedForToken()).isEqualTo(2);
    }

    @Test
    void shows_neither_key_nor_token() {
        gigachat.json(400, "{'status':400,'message':'bad " + LoopbackGigaChat.TOKEN + "'}")
                .json(400, "{'status':400,'message':'bad " + LoopbackGigaChat.KEY + "'}");

        assertThat(failure(() -> provider.chat(QUESTION, gigachat.call())).message())
                .doesNotContain("canary");
        assertThat(failure(() -> provider.chat(QUESTION, gigachat.call())).message())
                .doesNotContain(LoopbackGigaChat.KEY);
        assertThat(new AccessToken(Secret.of(LoopbackGigaChat.TOKEN), NOW).toString())
                .doesNotContain("canary");
        assertThat(KeyIdentity.of(gigachat.call()).toString()).doesNotContain(LoopbackGigaChat.KEY);
    }

    @Test
    void sends_the_session_of_the_caller() {
        gigachat.json(200, ANSWER).json(200, ANSWER).json(200, ANSWER);

        provider.chat(
                QUESTION.toBuilder().promptCacheKey("thread-1").endUser("u").build(), gigachat.call());
        provider.chat(QUESTION.toBuilder().endUser("user-1").build(), gigachat.call());
        provider.chat(QUESTION.toBuilder().endUser("имя с пробелом").build(), gigachat.call());

        assertThat(gigachat.asked().header("X-Session-ID")).isEqualTo("thread-1");
        assertThat(gigachat.asked().header("X-Session-ID")).isEqualTo("user-1");
        assertThat(gigachat.asked().header("X-Session-ID")).matches("[0-9a-f-]{36}");
    }

    @Test
    void reads_an_answer() {
        gigachat.json(200, ANSWER);

        ChatResponse response = provider.chat(QUESTION, gigachat.call());

        assertThat(response.id()).isEqualTo("chatcmpl-request-1");
        assertThat(response.created()).isEqualTo(Instant.ofEpochSecond(1768996171));
        assertThat(response.text()).isEqualTo("Hi");
        assertThat(response.usage())
                .contains(Usage.builder()
                        .promptTokens(17)
                        .completionTokens(3)
                        .totalTokens(20)
                        .cachedTokens(2L)
                        .build());
        assertThat(response.extra())
                .isEqualTo(Map.of("extra_content", Map.of("gigachat", Map.of("model", "GigaChat:2.0.28.2"))));
    }

    @Test
    void tells_what_was_left_out() {
        gigachat.json(200, ANSWER);
        ProviderCall call = gigachat.call();
        ChatRequest request = QUESTION.toBuilder()
                .seed(1L)
                .presencePenalty(0.5)
                .frequencyPenalty(0.0)
                .parallelToolCalls(true)
                .endUser("u")
                .extra(Map.of("top_k", 5, "metadata", Map.of(), "repetition_penalty", 1.1))
                .build();

        provider.chat(request, call);

        assertThat(call.ignored()).containsExactlyInAnyOrder("seed", "presence_penalty", "top_k", "metadata");
    }

    @Test
    void reads_a_call_with_its_state() {
        gigachat.json(
                200,
                "{'choices':[{'message':{'content':'','role':'assistant','function_call':{'name':'ls','arguments':"
                        + "{'path':'.'}},'functions_state_id':'" + STATE
                        + "'},'index':0,'finish_reason':'function_call'}]}");

        ChatResponse response = provider.chat(QUESTION, gigachat.call());

        Message.Assistant message = response.choices().get(0).message();
        assertThat(response.choices().get(0).finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(message.toolCalls())
                .containsExactly(new ToolCall(
                        "giga_e379e1322cf84ce18545c9c94cbebb1b000", "ls", "{\"path\":\".\"}", StateId.fields(STATE)));
        assertThat(message.extra()).isEqualTo(StateId.fields(STATE));
        assertThat(response.usage()).isEmpty();
    }

    @Test
    void translates_the_ends_of_an_answer() {
        Map<String, FinishReason> reasons = Map.of(
                "stop", FinishReason.STOP,
                "length", FinishReason.LENGTH,
                "blacklist", FinishReason.CONTENT_FILTER,
                "request_blacklist", FinishReason.CONTENT_FILTER,
                "error", FinishReason.of("error"));
        reasons.forEach((word, expected) -> {
            gigachat.json(200, ANSWER.replace("'stop'", "'" + word + "'"));

            assertThat(provider.chat(QUESTION, gigachat.call()).choices().get(0).finishReason())
                    .isEqualTo(expected);
        });
    }

    @Test
    void streams_text_and_ends_with_usage() {
        gigachat.events(HEL, LO, FINISH, DONE);

        assertThat(events())
                .containsExactly(
                        new ChatEvent.Start("chatcmpl-request-1", Instant.ofEpochSecond(1768996171), "GigaChat-2"),
                        new ChatEvent.TextDelta(0, "Hel"),
                        new ChatEvent.TextDelta(0, "lo"),
                        new ChatEvent.Finish(0, FinishReason.STOP),
                        new ChatEvent.UsageReport(Usage.builder()
                                .promptTokens(1)
                                .completionTokens(2)
                                .totalTokens(3)
                                .build()));
        assertThat(gigachat.asked().header("Accept")).isEqualTo("text/event-stream");
    }

    @Test
    void streams_reasoning_calls_and_news_of_functions() {
        gigachat.events(
                "{'choices':[{'delta':{'role':'assistant','content':'','reasoning_content':'Hm'},'index':0}]}",
                "{'choices':[{'delta':{'role':'function_in_progress','name':'text2image','content':'drawing'},'index':0}]}",
                "{'choices':[{'delta':{'content':'','function_call':{'name':'ls','arguments':{}},"
                        + "'functions_state_id':'" + STATE + "'},'index':0}]}",
                "{'choices':[{'delta':{'content':''},'index':0,'finish_reason':'function_call'}]}",
                DONE);

        List<ChatEvent> events = events();

        assertThat(events).contains(new ChatEvent.ReasoningDelta(0, "Hm"));
        assertThat(events)
                .contains(new ChatEvent.ToolCallDelta(
                        0, 0, "giga_e379e1322cf84ce18545c9c94cbebb1b000", "ls", "{}", StateId.fields(STATE)));
        assertThat(events).contains(new ChatEvent.Finish(0, FinishReason.TOOL_CALLS));
        assertThat(events.toString()).doesNotContain("TextDelta");
        assertThat(events)
                .filteredOn(ChatEvent.Extra.class::isInstance)
                .singleElement()
                .satisfies(
                        extra -> assertThat(((ChatEvent.Extra) extra).fields().toString())
                                .contains("drawing", STATE));
    }

    @Test
    void a_stream_needs_its_finish_reason_and_nothing_more() {
        gigachat.events(HEL, FINISH)
                .events(HEL, LO)
                .events(DONE)
                .events("")
                .cutAfter(HEL)
                .cutAfter(HEL, FINISH);

        assertThat(events()).contains(new ChatEvent.Finish(0, FinishReason.STOP));
        assertThat(failure(this::events).kind()).isEqualTo(FailureKind.INTERRUPTED);
        assertThat(failure(this::events).kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(failure(this::events).kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(failure(this::events).kind()).isEqualTo(FailureKind.INTERRUPTED);
        assertThat(events()).contains(new ChatEvent.Finish(0, FinishReason.STOP));
    }

    @Test
    void skips_and_counts_events_that_cannot_be_read() {
        gigachat.events(HEL, "{'choices':[", "[]", FINISH).events(HEL, "{'choices':[");

        assertThat(events()).contains(new ChatEvent.Extra(ChatEvent.Extra.WHOLE_ANSWER, Map.of("skipped_events", 2)));
        assertThat(failure(this::events).message()).contains("1 events could not be read");
    }

    @Test
    void finds_errors_where_an_answer_was_announced() {
        String error = "{'status':429,'message':'Too Many Requests'}";
        gigachat.json(200, error).json(200, error).events(error).events(HEL, "{'status':500,'message':'Oops'}");

        assertThat(failure(() -> provider.chat(QUESTION, gigachat.call())).kind())
                .isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(failure(this::events).kind()).isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(failure(this::events).kind()).isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(failure(this::events).kind()).isEqualTo(FailureKind.INTERRUPTED);
    }

    @Test
    void takes_pages_and_nonsense_in_place_of_an_answer_as_an_outage() {
        for (String body : List.of("<html>Hello</html>", "[]", "{}", "{'choices':[]}", "text")) {
            gigachat.answer(200, "text/html", body.replace('\'', '"'))
                    .answer(200, "text/html", body.replace('\'', '"'));

            assertThat(failure(() -> provider.chat(QUESTION, gigachat.call())).kind())
                    .as(body)
                    .isEqualTo(FailureKind.UNAVAILABLE);
            assertThat(failure(this::events).kind()).as(body).isEqualTo(FailureKind.UNAVAILABLE);
        }
    }

    @Test
    void reads_a_whole_answer_where_a_stream_was_expected() {
        gigachat.json(200, ANSWER);

        assertThat(events()).contains(new ChatEvent.TextDelta(0, "Hi"), new ChatEvent.Finish(0, FinishReason.STOP));
    }

    @Test
    void a_failed_stream_gives_its_turn_away() {
        gigachat.json(500, "{'status':500,'message':'Internal Server Error'}").json(200, ANSWER);

        assertThat(failure(this::events).kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(provider.chat(QUESTION, gigachat.call()).text()).isEqualTo("Hi");
    }

    @Test
    void uploads_again_what_was_deleted_behind_its_back() {
        gigachat.json(200, "{'id':'file-1','object':'file'}")
                .json(200, ANSWER)
                .json(404, "{'status':404,'message':'No such file'}")
                .json(200, "{'id':'file-2','object':'file'}")
                .json(200, ANSWER);
        ProviderCall call = gigachat.call();

        provider.chat(picture(), call);
        assertThat(failure(() -> provider.chat(picture(), call)).kind()).isEqualTo(FailureKind.UNAVAILABLE);
        provider.chat(picture(), call);

        assertThat(gigachat.asked().header("Content-Type")).startsWith("multipart/form-data; boundary=");
        assertThat(gigachat.asked().body()).contains("[\"file-1\"]");
        assertThat(gigachat.asked().body()).contains("[\"file-1\"]");
        assertThat(gigachat.asked().uri()).hasToString("/v1/files");
        assertThat(gigachat.asked().body()).contains("[\"file-2\"]");
    }

    @Test
    void deletes_what_has_not_been_used_for_long() {
        Later clock = new Later();
        GigaChatProvider ageing = new GigaChatProvider(clock, () -> ID, MediaFetcher.publicOnly());
        gigachat.json(200, "{'id':'file-1','object':'file'}")
                .json(200, ANSWER)
                .json(200, ANSWER)
                .json(200, "{'id':'file-1','deleted':true}");
        ageing.chat(picture(), gigachat.call());
        clock.now = NOW.plus(Duration.ofHours(2));

        ageing.chat(QUESTION, gigachat.call());

        org.awaitility.Awaitility.await().until(() -> gigachat.timesAsked() == 4);
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            paths.add(gigachat.asked().uri().getPath());
        }
        assertThat(paths).contains("/v1/files/file-1/delete");
    }

    @Test
    void a_refused_upload_is_the_callers_to_mend() {
        gigachat.json(413, "{'status':413,'message':'Payload too large'}");

        Failure failure = failure(() -> provider.chat(picture(), gigachat.call()));

        assertThat(failure.kind()).isEqualTo(FailureKind.INVALID_REQUEST);
        assertThat(failure.param()).contains("messages");
    }

    @Test
    void names_the_setting_that_makes_no_sense() {
        gigachat.with("GIGACHAT_MAX_CONCURRENCY", "many");
        assertThat(failure(() -> provider.chat(QUESTION, gigachat.call())).message())
                .contains("GIGACHAT_MAX_CONCURRENCY");

        gigachat.with("GIGACHAT_TOKEN_URL", "not a url");
        assertThat(failure(() -> provider.chat(QUESTION, gigachat.call())).message())
                .contains("GIGACHAT_TOKEN_URL");

        ProviderCall call = gigachat.call();
        ProviderCall v2 = new ProviderCall(
                "m", call.credential(), URI.create("https://api.giga.chat/v2"), call.http(), call.control(), Map.of());
        assertThat(failure(() -> provider.chat(QUESTION, v2)).message()).contains("GIGACHAT_CHAT_URL");
    }

    @Test
    void reports_a_cancelled_call_as_cancelled() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        AttemptControl control = new AttemptControl(Timeouts.DEFAULTS, Duration.ofMinutes(1), cancellation);

        assertThat(failure(() -> provider.chat(QUESTION, gigachat.call(Map.of(), control)))
                        .kind())
                .isEqualTo(FailureKind.CANCELLED);
    }

    @Test
    void spells_the_model_as_GigaChat_does() {
        assertThat(GigaChatModels.spelled("gigachat-2-max", provider.models())).isEqualTo("GigaChat-2-Max");
        assertThat(GigaChatModels.spelled("GigaChat-2-Lite", provider.models())).isEqualTo("GigaChat-2");
        assertThat(GigaChatModels.spelled("my-own", provider.models())).isEqualTo("my-own");
    }

    @Test
    void lists_the_chat_models_with_what_is_known_of_them() {
        gigachat.json(
                200,
                "{'object':'list','data':[{'id':'GigaChat-2-Max','object':'model','owned_by':'salutedevices','type':'chat'},"
                        + "{'id':'GigaChat-9','object':'model','owned_by':'salutedevices','type':'chat'},"
                        + "{'id':'GigaFilter','object':'model','owned_by':'salutedevices','type':'filter'}]}");

        List<Model> models = provider.listModels(gigachat.call());

        assertThat(models).extracting(Model::id).containsExactly("GigaChat-2-Max", "GigaChat-9");
        assertThat(models.get(0).contextWindow()).isEqualTo(128_000);
        assertThat(gigachat.asked().uri()).hasToString("/v1/models");
    }

    @Test
    void knows_the_models_that_the_service_has_always_listed() {
        assertThat(provider.models())
                .extracting(Model::id)
                .doesNotHaveDuplicates()
                .contains("GigaChat", "GigaChat-2-Pro-preview", "GigaChat-3-Ultra");
    }

    private List<ChatEvent> events() {
        AttemptControl control = AttemptControl.withDefaults();
        List<ChatEvent> events = new ArrayList<>();
        try (ProviderStream stream = provider.stream(QUESTION, gigachat.call(Map.of(), control))) {
            for (ChatEvent event = stream.next(); event != null; event = stream.next()) {
                if (event.isContent()) {
                    control.markContent();
                }
                events.add(event);
            }
        }
        return events;
    }

    private static ChatRequest picture() {
        String url = "data:image/png;base64," + Base64.getEncoder().encodeToString(Pictures.png());
        return ChatRequest.builder()
                .model("sber/GigaChat-2")
                .messages(List.of(Message.user(Part.image(url))))
                .build();
    }

    private static ProviderCall with(ProviderCall call, Credential credential) {
        return new ProviderCall(call.model(), credential, call.baseUri(), call.http(), call.control(), call.settings());
    }

    private static Failure failure(ThrowingCallable call) {
        return catchThrowableOfType(ProviderException.class, call).failure();
    }

    private static final class Later extends Clock {
        private volatile Instant now = NOW;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
