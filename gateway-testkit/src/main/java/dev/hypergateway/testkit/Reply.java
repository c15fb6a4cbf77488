package dev.hypergateway.testkit;

import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How a sandbox vendor replies to one request: an answer, one of the vendor's errors in its own words, or a fault of the
 * connection. Immutable and thread-safe; the methods that are not static return a changed copy.
 *
 * <pre>{@code
 * sandbox.gemini()
 *         .script("first-key", Reply.rateLimited(Duration.ofSeconds(30)))
 *         .script("second-key", Reply.ok().firstTokenAfter(Duration.ofMillis(300)).cutAfter(3), Reply.ok());
 * }</pre>
 *
 * <p>Chunks are events with a piece of the answer: finish, usage and {@code [DONE]} events do not count. A request that is not
 * streamed gets the same faults in its one body: cut, stalled or reset in the middle of its JSON. Error bodies are those of
 * real exchanges; where none is known for a vendor, the method says what stands in.
 */
public final class Reply {
    private final Outcome outcome;
    private final Pace pace;
    private final Map<String, String> headers;

    private Reply(Outcome outcome, Pace pace, Map<String, String> headers) {
        this.outcome = outcome;
        this.pace = pace;
        this.headers = headers;
    }

    private static Reply of(Outcome outcome) {
        return new Reply(outcome, Pace.AT_ONCE, Map.of());
    }

    private static Reply error(VendorError error) {
        return of(Outcome.Refusal.of(error));
    }

    /** The answer that the request deserves, or the vendor's error if the request is wrong. */
    public static Reply ok() {
        return of(Outcome.Answer.WHOLE);
    }

    /** The key is wrong: HTTP 400 at both vendors, {@code API_KEY_INVALID} and {@code Incorrect API key provided}. */
    public static Reply invalidKey() {
        return error(VendorError.INVALID_KEY);
    }

    /** No key was given: 403 at Gemini, 401 at xAI. (xAI's body is not known; a flat error stands in.) */
    public static Reply missingKey() {
        return error(VendorError.MISSING_KEY);
    }

    /** The key has been seen in public: 403 at Gemini. xAI's own text is not known; it gets {@link #forbidden()}'s. */
    public static Reply leakedKey() {
        return error(VendorError.LEAKED_KEY);
    }

    /** The key may not use this API: 403 at both vendors. */
    public static Reply forbidden() {
        return error(VendorError.FORBIDDEN);
    }

    /** The API is switched off in the key's project: 403 at Gemini; at xAI as {@link #forbidden()}. */
    public static Reply serviceDisabled() {
        return error(VendorError.SERVICE_DISABLED);
    }

    /** The vendor does not serve this country: 400 at Gemini; at xAI, where no such text is known, 403. */
    public static Reply locationNotSupported() {
        return error(VendorError.LOCATION_NOT_SUPPORTED);
    }

    /** Too many requests or tokens per minute: 429. Gemini says in the body when to come back, xAI does not. */
    public static Reply rateLimited() {
        return error(VendorError.RATE_LIMITED);
    }

    /**
     * Too many requests or tokens per minute, and when to come back: in {@code RetryInfo} in Gemini's body, in a
     * {@code Retry-After} header at xAI. (No recorded answer of xAI has that header; it is what HTTP provides.)
     */
    public static Reply rateLimited(Duration retryAfter) {
        if (retryAfter.isNegative()) {
            throw new IllegalArgumentException("retryAfter must not be negative, was " + retryAfter);
        }
        return of(new Outcome.Refusal(VendorError.RATE_LIMITED, retryAfter, null));
    }

    /** A 429 that does not say which limit or until when. */
    public static Reply overCapacity() {
        return error(VendorError.OVER_CAPACITY);
    }

    /** The day's free requests are used up: 429 with a {@code PerDay} quota at Gemini; at xAI as {@link #outOfCredit()}. */
    public static Reply dailyQuota() {
        return error(VendorError.DAILY_QUOTA);
    }

    /** Prepaid credit or the monthly spending limit is used up: 429 at both vendors. */
    public static Reply outOfCredit() {
        return error(VendorError.OUT_OF_CREDIT);
    }

    /** The account has never had credit: 403 at xAI; at Gemini as {@link #outOfCredit()}. */
    public static Reply noCreditYet() {
        return error(VendorError.NO_CREDIT_YET);
    }

    /** The model does not exist or is not open to this key: 404. */
    public static Reply modelNotFound() {
        return error(VendorError.MODEL_NOT_FOUND);
    }

    /** The prompt has too many tokens: 400. */
    public static Reply contextTooLong() {
        return error(VendorError.CONTEXT_TOO_LONG);
    }

    /** The prompt is not allowed: HTTP 200 with a {@code blockReason} at Gemini, 403 at xAI. */
    public static Reply contentFiltered() {
        return error(VendorError.CONTENT_FILTERED);
    }

    /** The request is wrong: 400 with this message. */
    public static Reply badRequest(String message) {
        return of(new Outcome.Refusal(VendorError.BAD_REQUEST, null, Objects.requireNonNull(message, "message")));
    }

    /** HTTP 500. */
    public static Reply serverError() {
        return error(VendorError.SERVER_ERROR);
    }

    /** HTTP 503, the model is at capacity. */
    public static Reply overloaded() {
        return error(VendorError.OVERLOADED);
    }

    /** An error page in HTML, as proxies in front of a vendor send it. */
    public static Reply htmlError(int status) {
        return of(new Outcome.Raw(
                status,
                "<html>\r\n<head><title>" + status + "</title></head>\r\n<body>\r\n<center><h1>" + status
                        + "</h1></center>\r\n<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n",
                "text/html"));
    }

    /** Any response word for word; a {@code Content-Type} among the headers replaces {@code application/json}. */
    public static Reply status(int status, String body, Map<String, String> headers) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status must be from 200 to 599, was " + status);
        }
        return new Reply(new Outcome.Raw(status, body, "application/json"), Pace.AT_ONCE, new LinkedHashMap<>(headers));
    }

    /** Takes the request and never says a word, until the client hangs up. */
    public static Reply hang() {
        return of(new Outcome.Hang());
    }

    /** Takes the request and resets the connection. */
    public static Reply resetBeforeHeaders() {
        return of(new Outcome.Reset());
    }

    /** HTTP 200 with a JSON error as its body, to streamed requests too: a trap that xAI sets. */
    public static Reply jsonErrorWith200() {
        return ok().with(StreamFault.ERROR_WITH_200, 0);
    }

    /** HTTP 200 whose body breaks off in the middle of what its framing announced. */
    public static Reply truncatedBody() {
        return ok().with(StreamFault.TRUNCATED, 0);
    }

    /** Waits before the status line. */
    public Reply delay(Duration beforeHeaders) {
        return pace(new Pace(beforeHeaders, pace.firstToken(), pace.between(), pace.commentsEvery()));
    }

    /** Waits between the headers and the first chunk. An answer that is not streamed has its headers after this wait. */
    public Reply firstTokenAfter(Duration wait) {
        return pace(new Pace(pace.beforeHeaders(), wait, pace.between(), pace.commentsEvery()));
    }

    /** Waits between chunks. An answer that is not streamed takes as long in total. */
    public Reply between(Duration chunks) {
        return pace(new Pace(pace.beforeHeaders(), pace.firstToken(), chunks, pace.commentsEvery()));
    }

    /** Sends an SSE comment this often while the stream is otherwise silent. */
    public Reply commentsEvery(Duration interval) {
        return pace(new Pace(pace.beforeHeaders(), pace.firstToken(), pace.between(), interval));
    }

    /** Falls silent after this many chunks, until the client hangs up. */
    public Reply stallAfter(int chunks) {
        return with(StreamFault.STALL, requireNotNegative(chunks));
    }

    /** Closes the connection (FIN) after this many chunks, without finish reason and without the end of the body. */
    public Reply cutAfter(int chunks) {
        return with(StreamFault.CUT, requireNotNegative(chunks));
    }

    /** Resets the connection (RST) after this many chunks. */
    public Reply resetAfter(int chunks) {
        return with(StreamFault.RESET, requireNotNegative(chunks));
    }

    /** Sends an error object as an event after this many chunks and ends the body. */
    public Reply errorEventAfter(int chunks) {
        return with(StreamFault.ERROR_EVENT, requireNotNegative(chunks));
    }

    /** Breaks the JSON of one chunk, counted from 1; its text is lost, the others come as always. */
    public Reply malformedEventAt(int chunk) {
        if (chunk < 1) {
            throw new IllegalArgumentException("chunks are counted from 1, was " + chunk);
        }
        return with(StreamFault.MALFORMED, chunk);
    }

    /** Leaves out {@code [DONE]}; Gemini never sends it. */
    public Reply withoutDone() {
        return with(StreamFault.NO_DONE, 0);
    }

    /** Leaves out the finish reason, everything else ends properly. */
    public Reply withoutFinish() {
        return with(StreamFault.NO_FINISH, 0);
    }

    /** Sends headers and then properly ends the empty body. */
    public Reply emptyStream() {
        return with(StreamFault.EMPTY, 0);
    }

    /** Adds a response header or replaces the vendor's own. */
    public Reply header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return new Reply(outcome, pace, more);
    }

    Outcome outcome() {
        return outcome;
    }

    Pace pace() {
        return pace;
    }

    Map<String, String> headers() {
        return headers;
    }

    @Override
    public String toString() {
        return "Reply[" + outcome + "]";
    }

    private Reply pace(Pace changed) {
        return new Reply(outcome, changed, headers);
    }

    private Reply with(StreamFault fault, int at) {
        if (!(outcome instanceof Outcome.Answer answer)) {
            throw new IllegalStateException("only an answer can break off; start with Reply.ok()");
        }
        Map<StreamFault, Integer> faults = new EnumMap<>(StreamFault.class);
        faults.putAll(answer.faults());
        faults.put(fault, at);
        return new Reply(new Outcome.Answer(faults), pace, headers);
    }

    private static int requireNotNegative(int chunks) {
        if (chunks < 0) {
            throw new IllegalArgumentException("chunks must not be negative, was " + chunks);
        }
        return chunks;
    }
}
