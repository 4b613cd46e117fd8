package dev.waymark.api.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.api.text.TextQuery.Snippet;
import dev.waymark.api.text.TextQuery.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TextQueryTest {
  @Test
  void cutsTextOfEveryScriptIntoWords() {
    // Given
    List<String> words = new ArrayList<>();

    // When
    Words.each("Notify_user: ＡＢＣ, Žluťoučký 42×, 東京! " + "x".repeat(65), words::add);

    // Then
    assertThat(words).containsExactly("notify", "user", "abc", "žluťoučký", "42", "東京");
  }

  @Test
  void findsTheValuesOfJsonAndNotItsNames() {
    // Then
    assertThat(JsonText.of("{\"a\":{\"b\":[\"x\\ny\",1.5,true,null]},\"c\":\"z\"}"))
        .isEqualTo("x\ny\n1.5\nz\n");
    assertThat(JsonText.of("{\"a\":{\"b\":[\"x\"]},\"c\":\"z\"}", "c")).isEqualTo("z\n");
    assertThat(JsonText.of("{\"a\":{}}", "c")).isEmpty();
    assertThat(JsonText.of("{\"c\":[\"x\",{\"y\":\"cut o", "c")).isEqualTo("x\n");
  }

  @Test
  void asksForEveryWord() {
    // Given
    TextQuery query = TextQuery.parse("Refund, ord*").orElseThrow();

    // Then
    assertThat(query.words()).containsExactly("refund");
    assertThat(query.prefixes()).containsExactly("ord");
    assertThat(query.matches(Set.of("refund", "orders"))).isTrue();
    assertThat(query.matches(Set.of("refunds", "orders"))).isFalse();
    assertThat(query.matches(Set.of("refund"))).isFalse();
  }

  @Test
  void refusesWhatHasNoWord() {
    assertThat(TextQuery.parse(" *-'; ")).isEmpty();
    assertThat(TextQuery.parse("a b c d e f g h i j k l m n o p q")).isEmpty();
  }

  @Test
  void showsThePlaceAndMarksTheWords() {
    // Given
    String text = "before ".repeat(30) + "the refund of order 7 " + "behind ".repeat(60);

    // When
    Snippet snippet = TextQuery.parse("ORDER refund").orElseThrow().snippet(text).orElseThrow();

    // Then
    assertThat(snippet.text()).hasSize(240);
    assertThat(snippet.highlights())
        .extracting(stretch -> marked(snippet, stretch))
        .containsExactly("refund", "order");
  }

  @Test
  void doesNotCutThroughACharacter() {
    // Given
    String text = "😀".repeat(200) + " word " + "😀".repeat(200);

    // When
    Snippet snippet = TextQuery.parse("word").orElseThrow().snippet(text).orElseThrow();

    // Then
    assertThat(Character.isLowSurrogate(snippet.text().charAt(0))).isFalse();
    assertThat(Character.isHighSurrogate(snippet.text().charAt(snippet.text().length() - 1)))
        .isFalse();
    assertThat(marked(snippet, snippet.highlights().get(0))).isEqualTo("word");
  }

  private static String marked(Snippet snippet, Stretch stretch) {
    return snippet.text().substring(stretch.start(), stretch.end());
  }
}
