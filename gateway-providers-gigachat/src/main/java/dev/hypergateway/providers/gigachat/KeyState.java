package dev.hypergateway.providers.gigachat;

import java.time.Clock;

/** What is kept for one key in one version: its token, its files and its queue. Thread-safe. */
final class KeyState {
    private final TokenSlot token;
    private final Turnstile turnstile = new Turnstile();
    private final FileCache files;

    KeyState(Clock clock) {
        token = new TokenSlot(clock);
        files = new FileCache(clock);
    }

    TokenSlot token() {
        return token;
    }

    Turnstile turnstile() {
        return turnstile;
    }

    FileCache files() {
        return files;
    }
}
