package dev.hypergateway.json;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An object with the components of a record and no others. */
final class RecordShape implements Shape {
    private final Constructor<?> constructor;
    private final @Nullable String description;
    private final Map<String, Component> components;

    RecordShape(Constructor<?> constructor, @Nullable String description, Map<String, Component> components) {
        this.constructor = constructor;
        this.description = description;
        this.components = components;
    }

    /** Every member is required and no other is allowed, as the strict mode of vendors wants it; what is optional may be null. */
    @Override
    public Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        components.forEach((name, component) -> properties.put(name, component.schema()));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        if (description != null) {
            schema.put("description", description);
        }
        schema.put("properties", properties);
        schema.put("required", new ArrayList<>(components.keySet()));
        schema.put("additionalProperties", false);
        return schema;
    }

    @Override
    public @Nullable Object read(@Nullable Object json, String path, Problems problems) {
        if (!(json instanceof Map<?, ?> members)) {
            problems.wrongType(path, "an object", json);
            return null;
        }
        int before = problems.count();
        for (Object name : members.keySet()) {
            if (!components.containsKey(name)) {
                problems.add(Problems.member(path, String.valueOf(name)), "unknown field; remove it");
            }
        }
        List<@Nullable Object> arguments = new ArrayList<>(components.size());
        components.forEach((name, component) -> {
            if (!members.containsKey(name) && !component.shape().optional()) {
                problems.add(Problems.member(path, name), "missing");
            } else {
                arguments.add(component.shape().read(members.get(name), Problems.member(path, name), problems));
            }
        });
        return problems.count() == before ? create(arguments.toArray(), path, problems) : null;
    }

    @Override
    public boolean closed() {
        return components.values().stream()
                .allMatch(component -> component.shape().closed());
    }

    /** A record that refuses its values says why, and its author knows what to say. */
    private @Nullable Object create(@Nullable Object[] arguments, String path, Problems problems) {
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            problems.add(
                    path, "refused: " + Objects.requireNonNull(e.getCause()).getMessage());
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the constructor of " + constructor.getDeclaringClass() + " is gone", e);
        }
    }

    /**
     * One component.
     *
     * @param shape its value
     * @param description what it means; null when its author did not say
     */
    record Component(Shape shape, @Nullable String description) {
        Map<String, Object> schema() {
            Map<String, Object> schema = shape.schema();
            if (description != null) {
                schema.put("description", description);
            }
            return schema;
        }
    }
}
