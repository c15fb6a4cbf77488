/**
 * The words of a conversation with a model: a {@link dev.hypergateway.chat.ChatRequest} of
 * {@link dev.hypergateway.chat.Message messages} made of {@link dev.hypergateway.chat.Part parts}, answered by a
 * {@link dev.hypergateway.chat.ChatResponse} or a {@link dev.hypergateway.chat.ChatStream} of
 * {@link dev.hypergateway.chat.ChatEvent events}. The shape follows OpenAI's chat completions, because that is what
 * clients speak; whatever a type does not name is kept in its {@code extra} fields and passed on.
 */
@NullMarked
package dev.hypergateway.chat;

import org.jspecify.annotations.NullMarked;
