package dev.hypergateway;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatStream;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A stream as a publisher for one subscriber, read on a thread of its own as fast as the subscriber asks. */
final class StreamPublisher implements Flow.Publisher<ChatEvent> {
    private final ChatStream stream;
    private final AtomicBoolean taken = new AtomicBoolean();

    StreamPublisher(ChatStream stream) {
        this.stream = stream;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ChatEvent> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        if (!taken.compareAndSet(false, true)) {
            subscriber.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long n) {}

                @Override
                public void cancel() {}
            });
            subscriber.onError(new IllegalStateException("a chat stream takes one subscriber; make another call"));
            return;
        }
        Reader reader = new Reader(subscriber);
        Thread thread = new Thread(reader, "hyper-gateway-stream-publisher");
        thread.setDaemon(true);
        thread.start();
    }

    private final class Reader implements Flow.Subscription, Runnable {
        private final Flow.Subscriber<? super ChatEvent> subscriber;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private long demand;
        private boolean cancelled;
        private @Nullable IllegalArgumentException misuse;

        Reader(Flow.Subscriber<? super ChatEvent> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            lock.lock();
            try {
                if (n <= 0) {
                    misuse = new IllegalArgumentException("request(n) needs a positive n, was " + n);
                } else {
                    demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
                }
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void cancel() {
            lock.lock();
            try {
                cancelled = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
            stream.close();
        }

        @Override
        public void run() {
            try (stream) {
                subscriber.onSubscribe(this);
                Iterator<ChatEvent> events = stream.iterator();
                while (awaitDemand()) {
                    if (!events.hasNext()) {
                        subscriber.onComplete();
                        return;
                    }
                    subscriber.onNext(events.next());
                }
            } catch (RuntimeException e) {
                if (!isCancelled()) {
                    subscriber.onError(e);
                }
            }
        }

        /** Whether to go on; throws what the subscriber did wrong. */
        private boolean awaitDemand() {
            lock.lock();
            try {
                while (demand == 0 && !cancelled && misuse == null) {
                    changed.awaitUninterruptibly();
                }
                if (misuse != null) {
                    throw misuse;
                }
                demand = demand == Long.MAX_VALUE ? demand : demand - 1;
                return !cancelled;
            } finally {
                lock.unlock();
            }
        }

        private boolean isCancelled() {
            lock.lock();
            try {
                return cancelled;
            } finally {
                lock.unlock();
            }
        }
    }
}
