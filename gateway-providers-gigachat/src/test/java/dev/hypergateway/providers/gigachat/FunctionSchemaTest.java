package dev.hypergateway.providers.gigachat;

import static dev.hypergateway.providers.gigachat.Bodies.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.provider.ProviderException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionSchemaTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'type':'object'} | {'type':'object','properties':{}}",
                "{} | {'type':'object','properties':{}}",
                "{'type':'object','properties':{'a':{'type':'object'}}}"
                        + "| {'type':'object','properties':{'a':{'type':'object','properties':{}}}}",
                "{'type':'object','properties':{'a':{'type':'array'}}}"
                        + "| {'type':'object','properties':{'a':{'type':'array','items':{'type':'string'}}}}",
                "{'type':'object','properties':{'a':{'type':'array','items':{'type':'object'}}}}"
                        + "| {'type':'object','properties':{'a':{'type':'array','items':{'type':'object','properties':{}}}}}",
                "{'type':'object','properties':{'a':{'type':['string','null']},'b':{'type':'string'}},'required':['a','b']}"
                        + "| {'type':'object','properties':{'a':{'type':'string'},'b':{'type':'string'}},'required':['b']}",
                "{'type':'object','properties':{'a':{'anyOf':[{'type':'null'},{'type':'integer','minimum':1}],'title':'A'}}}"
                        + "| {'type':'object','properties':{'a':{'title':'A','type':'integer','minimum':1}}}",
                "{'type':'object','properties':{'a':{'oneOf':[{'type':'integer'},{'type':'string'}]}}}"
                        + "| {'type':'object','properties':{'a':{'type':'integer'}}}",
                "{'type':'object','properties':{'a':{'$ref':'#/$defs/A','description':'d'}},'$defs':{'A':{'type':'string','enum':['x']}}}"
                        + "| {'type':'object','properties':{'a':{'type':'string','enum':['x'],'description':'d'}}}",
                "{'type':'object','allOf':[{'properties':{'a':{'type':'string'}},'required':['a']},{'properties':{'b':{'type':'string'}},'required':['b']}]}"
                        + "| {'type':'object','properties':{'a':{'type':'string'},'b':{'type':'string'}},'required':['a','b']}",
                "{'type':'object','properties':{'a':{'type':'string','format':'uuid'},'b':{'type':'string','format':'date'}}}"
                        + "| {'type':'object','properties':{'a':{'type':'string'},'b':{'type':'string','format':'date'}}}",
                "{'type':'object','properties':{'a':{'enum':['x','y',1]},'b':{'const':'z'},'c':{'type':'integer','enum':[1,2]}}}"
                        + "| {'type':'object','properties':{'a':{'enum':['x','y'],'type':'string'},'b':{'enum':['z'],'type':'string'},'c':{'type':'integer'}}}",
                "{'type':'object','properties':{'a':true},'additionalProperties':false,'$schema':'x'}"
                        + "| {'type':'object','properties':{'a':{'type':'object','properties':{}}},'additionalProperties':false}"
            })
    void says_it_in_the_words_that_GigaChat_knows(String schema, String expected) {
        assertThat(rewritten(schema)).isEqualTo(json(expected));
    }

    @Test
    void uses_a_definition_twice() {
        assertThat(rewritten("{'type':'object','properties':{'a':{'$ref':'#/$defs/P'},'b':{'$ref':'#/$defs/P'}},"
                        + "'$defs':{'P':{'type':'string'}}}"))
                .isEqualTo(json("{'type':'object','properties':{'a':{'type':'string'},'b':{'type':'string'}}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'object','properties':{'a':{'$ref':'#'}}} | recursive",
                "{'type':'object','properties':{'a':{'$ref':'#/$defs/N'}},'$defs':{'N':{'type':'object','properties':{'n':{'$ref':'#/$defs/N'}}}}} | recursive",
                "{'type':'object','properties':{'a':{'$ref':'#/$defs/X'}}} | does not define",
                "{'type':'object','properties':{'a':{'$ref':'#anchor'}}} | does not define",
                "{'type':'object','properties':{'a':{'$ref':'https://example.com/s.json'}}} | another document",
                "{'type':'array'} | type object"
            })
    void refuses_what_cannot_be_said(String schema, String words) {
        assertThatThrownBy(() -> rewritten(schema))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining(words);
    }

    private static JsonNode rewritten(String schema) {
        return FunctionSchema.of(GigaChatJson.fields(json(schema)), "tools[0].function.parameters");
    }
}
