package dev.hypergateway.transport;

import dev.hypergateway.transport.Cancellation.Registration;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The stream of one exchange of {@link UpstreamClient}. One thread reads; any may close. */
final class HttpUpstreamStream implements UpstreamStream {
    private final int status;
    private final UpstreamHeaders headers;
    private final StreamBody body;
    private final AttemptControl control;
    private final Faults faults;
    private final Registration registration;
    private final SseParser parser = new SseParser();
    private @Nullable ByteBuffer unread;
    private @Nullable SseEvent ahead;
    private boolean ended;
    private boolean encodingSeen;
    private @Nullable TransportException failure;

    /** @param registration closed when the exchange has ended */
    HttpUpstreamStream(
            int status,
            UpstreamHeaders headers,
            StreamBody body,
            AttemptControl control,
            Faults faults,
            Registration registration) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.control = control;
        this.faults = faults;
        this.registration = registration;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public UpstreamHeaders headers() {
        return headers;
    }

    @Override
    public @Nullable SseEvent next() {
        SseEvent known = ahead;
        if (known != null) {
            ahead = null;
            return known;
        }
        while (true) {
            SseEvent event = parse();
            if (event != null || ended) {
                return event;
            }
            ByteBuffer piece = piece();
            if (piece == null) {
                return parser.end();
            }
            refuseEncoding();
            parser.feed(piece);
        }
    }

    /** Cuts the next event out of the bytes that have come. When the attempt's time is over, it is for {@link #next()} to say so. */
    @Override
    public boolean isReady() {
        try {
            while (ahead == null) {
                ahead = parse();
                ByteBuffer piece = ahead != null || control.untilNextPiece().leftNanos() == 0 ? null : body.poll();
                if (piece == null) {
                    break;
                }
                refuseEncoding();
                parser.feed(piece);
            }
            return ahead != null;
        } catch (TransportException e) {
            // next() throws it again.
            return true;
        }
    }

    @Override
    public byte[] readBody(int limit) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        kept.writeBytes(parser.takeRest());
        while (kept.size() < limit) {
            ByteBuffer piece = piece();
            if (piece == null) {
                break;
            }
            byte[] bytes = new byte[Math.min(piece.remaining(), limit - kept.size())];
            piece.get(bytes);
            kept.writeBytes(bytes);
        }
        byte[] bytes = kept.toByteArray();
        if (!Gzip.isAnnounced(headers)) {
            return bytes;
        }
        try {
            return Gzip.decode(bytes, limit);
        } catch (IOException e) {
            throw fail(faults.withinAnswer(e));
        }
    }

    @Override
    public int peek() {
        while (true) {
            ByteBuffer piece = piece();
            if (piece == null) {
                return -1;
            }
            int position = firstVisible(piece);
            if (position >= 0) {
                unread = piece;
                return piece.get(position) & 0xFF;
            }
        }
    }

    @Override
    public void close() {
        body.release();
        registration.close();
    }

    private @Nullable SseEvent parse() {
        if (failure != null) {
            throw failure;
        }
        try {
            return parser.poll();
        } catch (TransportException e) {
            throw fail(faults.tooLargeEvent(e));
        }
    }

    /** The next bytes; null at the end of the body. */
    private @Nullable ByteBuffer piece() {
        if (failure != null) {
            throw failure;
        }
        ByteBuffer held = unread;
        if (held != null) {
            unread = null;
            return held;
        }
        if (ended) {
            return null;
        }
        Limit limit = control.untilNextPiece();
        try {
            if (limit.leftNanos() == 0) {
                // Also when bytes are waiting: a vendor that never stops sending must not outrun the limit.
                throw new TimeoutException();
            }
            ByteBuffer piece = body.take(limit.leftNanos());
            if (piece == null) {
                ended = true;
                registration.close();
            }
            return piece;
        } catch (TimeoutException e) {
            throw fail(limit.exceededBy(faults.peer()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw fail(faults.interrupted());
        } catch (CancellationException e) {
            throw fail(faults.cancelled());
        } catch (IOException e) {
            throw fail(faults.withinAnswer(e));
        }
    }

    private TransportException fail(TransportException e) {
        failure = e;
        body.abort();
        registration.close();
        return e;
    }

    private void refuseEncoding() {
        if (encodingSeen) {
            return;
        }
        encodingSeen = true;
        String encoding = headers.first("Content-Encoding").orElse("identity");
        if (!encoding.equalsIgnoreCase("identity")) {
            throw fail(faults.encoded(encoding));
        }
    }

    private static int firstVisible(ByteBuffer piece) {
        for (int i = piece.position(); i < piece.limit(); i++) {
            int b = piece.get(i) & 0xFF;
            boolean space = b == ' ' || b == '\n' || b == '\r' || b == '\t';
            boolean byteOrderMark = b == 0xEF || b == 0xBB || b == 0xBF;
            if (!space && !byteOrderMark) {
                return i;
            }
        }
        return -1;
    }
}
