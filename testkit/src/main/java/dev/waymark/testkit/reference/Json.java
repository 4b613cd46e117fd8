package dev.waymark.testkit.reference;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Comparing values of an event's JSON. */
final class Json {
  /** The fields that are text or a number, a number counting as its text. */
  private static final Set<String> IDS =
      Set.of(
          "meta.run_id",
          "meta.agent_id",
          "meta.tenant",
          "meta.idempotency_key",
          "meta.call_id",
          "meta.user_id",
          "meta.session_id",
          "meta.trace_id");

  private Json() {}

  static boolean isId(String path) {
    return IDS.contains(path);
  }

  /** Equal as JSON: numbers by value, objects whatever the order of their fields. */
  static boolean same(Object left, Object right) {
    if (left instanceof Number l && right instanceof Number r) {
      return sameNumber(l, r);
    }
    if (left instanceof List<?> l && right instanceof List<?> r) {
      return sameList(l, r);
    }
    if (left instanceof Map<?, ?> l && right instanceof Map<?, ?> r) {
      return sameObject(l, r);
    }
    return left.equals(right);
  }

  /** A scalar as text, whole numbers without a point; null of anything else. */
  static @Nullable String text(@Nullable Object value) {
    if (value instanceof String || value instanceof Boolean || value instanceof Long) {
      return value.toString();
    }
    if (value instanceof Double number) {
      boolean isWhole = number == Math.rint(number) && Math.abs(number) < Long.MAX_VALUE;
      return isWhole ? Long.toString(number.longValue()) : number.toString();
    }
    return null;
  }

  private static boolean sameNumber(Number left, Number right) {
    if (Double.isInfinite(left.doubleValue()) || Double.isInfinite(right.doubleValue())) {
      return left.doubleValue() == right.doubleValue();
    }
    return decimal(left).compareTo(decimal(right)) == 0;
  }

  private static BigDecimal decimal(Number number) {
    return number instanceof Long whole
        ? BigDecimal.valueOf(whole)
        : new BigDecimal(number.doubleValue());
  }

  private static boolean sameList(List<?> left, List<?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!same(left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameObject(Map<?, ?> left, Map<?, ?> right) {
    return left.size() == right.size()
        && left.entrySet().stream().allMatch(field -> holds(right, field));
  }

  private static boolean holds(Map<?, ?> object, Map.Entry<?, ?> field) {
    Object value = object.get(field.getKey());
    return value != null && same(field.getValue(), value);
  }
}
