package dev.hypergateway.providers.gigachat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.provider.ChatProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ServiceRegistrationTest {
    @Test
    void the_module_and_the_class_path_offer_the_same_providers() {
        ModuleDescriptor module = read("/module-info.class", in -> ModuleDescriptor.read(in));
        String services = read(
                "/META-INF/services/" + ChatProvider.class.getName(),
                in -> new String(in.readAllBytes(), StandardCharsets.UTF_8));

        assertThat(module.provides()).singleElement().satisfies(provides -> {
            assertThat(provides.service()).isEqualTo(ChatProvider.class.getName());
            assertThat(provides.providers())
                    .isEqualTo(services.lines().filter(line -> !line.isBlank()).toList())
                    .isEqualTo(List.of(GigaChatProvider.class.getName()));
        });
    }

    @Test
    void the_service_loader_finds_it() {
        assertThat(ServiceLoader.load(ChatProvider.class).stream().map(ServiceLoader.Provider::type))
                .contains(GigaChatProvider.class);
    }

    private static <T> T read(String resource, Reader<T> reader) {
        String location = GigaChatProvider.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString();
        try (InputStream in = Objects.requireNonNull(java.net
                .URI
                .create(location.replaceFirst("/$", "") + resource)
                .toURL()
                .openStream())) {
            return reader.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(InputStream in) throws IOException;
    }
}
