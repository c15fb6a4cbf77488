/**
 * Calls of models. The OpenAI surface: {@link dev.hypergateway.server.chat.ChatCompletions}, {@link dev.hypergateway.server.chat.Embeddings},
 * {@link dev.hypergateway.server.chat.Images} and {@link dev.hypergateway.server.chat.Models} translate between HTTP and the gateway and decide nothing themselves.
 * {@link dev.hypergateway.server.chat.GenerateText} and {@link dev.hypergateway.server.chat.ExtractText} are chat completions in short forms.
 */
@NullMarked
package dev.hypergateway.server.chat;

import org.jspecify.annotations.NullMarked;
