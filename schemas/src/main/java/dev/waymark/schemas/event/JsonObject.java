package dev.waymark.schemas.event;

import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelValue;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as a read-only map in the order of its text, which CEL takes as it is.
 *
 * <p>CEL looks through a plain map for values that it must convert, with all that is in it, anew
 * for every field that an expression reads: most of the time that an expression takes. All values
 * in here have CEL's own types already, and being a {@link CelValue} says so.
 */
final class JsonObject extends CelValue implements Map<String, Object> {
  private static final CelType TYPE = MapType.create(SimpleType.DYN, SimpleType.DYN);

  @SuppressWarnings("Immutable") // read-only, and nobody keeps what it was made of
  private final Map<String, Object> fields;

  /** Takes the map over. */
  JsonObject(Map<String, Object> fields) {
    this.fields = Collections.unmodifiableMap(fields);
  }

  @Override
  public Object value() {
    return this;
  }

  @Override
  public boolean isZeroValue() {
    return fields.isEmpty();
  }

  @Override
  public CelType celType() {
    return TYPE;
  }

  @Override
  public int size() {
    return fields.size();
  }

  @Override
  public boolean isEmpty() {
    return fields.isEmpty();
  }

  @Override
  public boolean containsKey(Object key) {
    return fields.containsKey(key);
  }

  @Override
  public boolean containsValue(Object value) {
    return fields.containsValue(value);
  }

  @Override
  public @Nullable Object get(Object key) {
    return fields.get(key);
  }

  @Override
  public @Nullable Object put(String key, Object value) {
    return fields.put(key, value);
  }

  @Override
  public @Nullable Object remove(Object key) {
    return fields.remove(key);
  }

  @Override
  public void putAll(Map<? extends String, ?> others) {
    fields.putAll(others);
  }

  @Override
  public void clear() {
    fields.clear();
  }

  @Override
  public Set<String> keySet() {
    return fields.keySet();
  }

  @Override
  public Collection<Object> values() {
    return fields.values();
  }

  @Override
  public Set<Map.Entry<String, Object>> entrySet() {
    return fields.entrySet();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this || fields.equals(other);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  @Override
  public String toString() {
    return fields.toString();
  }
}
