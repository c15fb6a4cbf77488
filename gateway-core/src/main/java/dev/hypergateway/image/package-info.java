/**
 * Pictures from words: an {@link dev.hypergateway.image.ImageRequest}, answered by an
 * {@link dev.hypergateway.image.ImageResponse} with one or more {@link dev.hypergateway.image.GeneratedImage pictures}. The shape
 * follows OpenAI's images, with the shape and resolution of a picture as the vendors here name them beside OpenAI's size.
 */
@NullMarked
package dev.hypergateway.image;

import org.jspecify.annotations.NullMarked;
