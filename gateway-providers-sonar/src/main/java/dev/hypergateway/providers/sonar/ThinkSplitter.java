package dev.hypergateway.providers.sonar;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells the thoughts at the beginning of a text, {@code <think>…</think>}, from the answer behind them, wherever the text is cut
 * into pieces. Models of Perplexity before 2026 put them there. White space around the thoughts belongs to neither. Not
 * thread-safe; one per answer.
 */
final class ThinkSplitter {
    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";

    private final StringBuilder held = new StringBuilder();
    private State state = State.BEGIN;
    private boolean thinking;

    /** What is certain after this piece of the text. */
    List<Piece> accept(String text) {
        if (state == State.ANSWER) {
            return text.isEmpty() ? List.of() : List.of(new Piece(false, text));
        }
        held.append(text);
        List<Piece> pieces = new ArrayList<>(2);
        if (state == State.BEGIN) {
            begin();
        }
        if (state == State.THOUGHTS) {
            think(pieces);
        }
        if (state == State.GAP && skipSpace() > 0) {
            state = State.ANSWER;
        }
        if (state == State.ANSWER && !held.isEmpty()) {
            pieces.add(new Piece(false, take(held.length())));
        }
        return pieces;
    }

    /** What is left at the end of the text. */
    List<Piece> end() {
        String rest = state == State.THOUGHTS ? held.toString().stripTrailing() : held.toString();
        boolean thought = state == State.THOUGHTS;
        boolean nothing = state == State.GAP || rest.isEmpty();
        held.setLength(0);
        return nothing ? List.of() : List.of(new Piece(thought, rest));
    }

    private void begin() {
        int start = 0;
        while (start < held.length() && Character.isWhitespace(held.charAt(start))) {
            start++;
        }
        int known = Math.min(OPEN.length(), held.length() - start);
        if (!OPEN.startsWith(held.substring(start, start + known))) {
            state = State.ANSWER;
        } else if (known == OPEN.length()) {
            held.delete(0, start + known);
            state = State.THOUGHTS;
        }
    }

    private void think(List<Piece> pieces) {
        if (!thinking) {
            skipSpace();
            thinking = !held.isEmpty();
        }
        int close = held.indexOf(CLOSE);
        String known = close >= 0 ? held.substring(0, close) : held.substring(0, held.length() - unsure());
        String thoughts = known.stripTrailing();
        if (!thoughts.isEmpty()) {
            pieces.add(new Piece(true, thoughts));
        }
        if (close >= 0) {
            held.delete(0, close + CLOSE.length());
            state = State.GAP;
        } else {
            held.delete(0, thoughts.length());
        }
    }

    /** How many characters at the end may be the beginning of the closing tag. */
    private int unsure() {
        for (int length = Math.min(CLOSE.length() - 1, held.length()); length > 0; length--) {
            if (CLOSE.startsWith(held.substring(held.length() - length))) {
                return length;
            }
        }
        return 0;
    }

    private int skipSpace() {
        int start = 0;
        while (start < held.length() && Character.isWhitespace(held.charAt(start))) {
            start++;
        }
        held.delete(0, start);
        return held.length();
    }

    private String take(int length) {
        String text = held.substring(0, length);
        held.delete(0, length);
        return text;
    }

    private enum State {
        BEGIN,
        THOUGHTS,
        GAP,
        ANSWER
    }

    /**
     * A piece of the text.
     *
     * @param thought whether it is a thought
     * @param text not empty
     */
    record Piece(boolean thought, String text) {
        @Override
        public String toString() {
            return "Piece[" + (thought ? "thought, " : "") + text.length() + " chars]";
        }
    }
}
