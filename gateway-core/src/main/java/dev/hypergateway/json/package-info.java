/**
 * Records as JSON: {@link dev.hypergateway.json.JsonRecord} derives the JSON Schema of a record class and reads documents into it
 * strictly; {@link dev.hypergateway.json.JsonText} writes values. The JSON library itself does not show.
 */
@NullMarked
package dev.hypergateway.json;

import org.jspecify.annotations.NullMarked;
