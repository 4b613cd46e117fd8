package dev.waymark.api.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import dev.waymark.api.store.RawJson;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * CSV by RFC 4180 with a header: a column for each component of the record, named as in the list;
 * objects and arrays are JSON in their cell, null is an empty cell.
 *
 * <p>Spreadsheets take a cell that begins with {@code = + - @}, a tab or a carriage return for a
 * formula, whatever its quotes. Text that begins so gets a {@code '} before it (OWASP, "CSV
 * Injection"); numbers stay as they are.
 */
final class CsvRows<T extends Record> implements RowWriter<T> {
  private static final String END = "\r\n";
  private static final String FORMULA_BEGINS = "=+-@\t\r";

  private final ObjectMapper json;
  private final List<Method> columns = new ArrayList<>();
  private final String head;

  CsvRows(Class<T> type, ObjectMapper json) {
    this.json = json;
    SnakeCaseStrategy names = new SnakeCaseStrategy();
    RecordComponent[] components = type.getRecordComponents();
    for (RecordComponent component : components) {
      columns.add(component.getAccessor());
    }
    this.head =
        Arrays.stream(components)
                .map(component -> names.translate(component.getName()))
                .collect(Collectors.joining(","))
            + END;
  }

  @Override
  public String head() {
    return head;
  }

  @Override
  public String line(T item) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      if (i > 0) {
        line.append(',');
      }
      line.append(cell(value(columns.get(i), item)));
    }
    return line.append(END).toString();
  }

  private static @Nullable Object value(Method column, Record item) {
    try {
      return column.invoke(item);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("a public record's component can be read", e);
    }
  }

  private String cell(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Number || value instanceof Boolean || value instanceof Instant) {
      return value.toString();
    }
    if (value instanceof String text) {
      return quoted(harmless(text));
    }
    if (value instanceof RawJson raw) {
      return quoted(harmless(raw.json()));
    }
    try {
      return quoted(harmless(json.writeValueAsString(value)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a view can be written", e);
    }
  }

  private static String harmless(String text) {
    boolean isFormula = !text.isEmpty() && FORMULA_BEGINS.indexOf(text.charAt(0)) >= 0;
    return isFormula ? "'" + text : text;
  }

  private static String quoted(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == ',' || c == '\n' || c == '\r') {
        return '"' + text.replace("\"", "\"\"") + '"';
      }
    }
    return text;
  }
}
