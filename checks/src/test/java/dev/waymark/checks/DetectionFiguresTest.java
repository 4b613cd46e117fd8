package dev.waymark.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waymark.checks.attack.PromptInjection;
import dev.waymark.checks.pii.PersonalData;
import dev.waymark.checks.pii.PiiKind;
import dev.waymark.checks.tenant.KeySource;
import dev.waymark.checks.tenant.TenantsParser;
import dev.waymark.checks.text.Passage;
import dev.waymark.checks.text.Span;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.event.EventLimits;
import dev.waymark.schemas.event.UndecodableException;
import dev.waymark.testkit.logs.SharedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Prints precision and recall on public labelled texts, as README.md has them; judges nothing. */
class DetectionFiguresTest {
  private static final EventCodec CODEC = new EventCodec(EventLimits.DEFAULT);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The set's names of our kinds. It labels dates of any sort, we only those of birth. */
  private static final Map<PiiKind, String> LABELS =
      Map.of(
          PiiKind.EMAIL, "EMAIL_ADDRESS",
          PiiKind.PHONE, "PHONE_NUMBER",
          PiiKind.CREDIT_CARD, "CREDIT_CARD",
          PiiKind.IBAN, "IBAN_CODE",
          PiiKind.US_SSN, "US_SSN",
          PiiKind.IP_ADDRESS, "IP_ADDRESS",
          PiiKind.STREET_ADDRESS, "STREET_ADDRESS",
          PiiKind.PERSON, "PERSON",
          PiiKind.DATE_OF_BIRTH, "DATE_TIME");

  private static Path data;

  @BeforeAll
  static void findData() {
    assumeTrue(SharedData.find().isPresent(), SharedData.MISSING);
    data = SharedData.find().orElseThrow();
  }

  @Test
  void printsFiguresOfPersonalData() {
    PersonalData detector = new PersonalData(EnumSet.allOf(PiiKind.class), Set.of("US", "GB"));
    Map<PiiKind, Score> scores = new TreeMap<>();
    Stream.of(PiiKind.values()).forEach(kind -> scores.put(kind, new Score()));
    for (JsonNode row : rows(data.resolve("pii/presidio_synth_v2.jsonl"))) {
      List<Span> found = new ArrayList<>();
      detector.find(Passage.of(row.path("text").asText()), found::add);
      List<Span> labelled = labelled(row);
      LABELS.forEach((kind, label) -> count(scores, kind, label, found, labelled));
    }
    System.out.println("| kind | precision | recall |\n| --- | --- | --- |");
    scores.forEach(
        (kind, score) ->
            System.out.println(
                "| " + kind.code() + " | " + score.precision() + " | " + score.recall() + " |"));
    assertThat(scores.get(PiiKind.EMAIL).all()).isPositive();
  }

  private static List<Span> labelled(JsonNode row) {
    List<Span> spans = new ArrayList<>();
    for (JsonNode span : row.path("spans")) {
      spans.add(
          new Span(
              span.path("type").asText(), span.path("start").asInt(), span.path("end").asInt()));
    }
    return spans;
  }

  /** A find is right, and a label seen, where they overlap. */
  private static void count(
      Map<PiiKind, Score> scores, PiiKind kind, String label, List<Span> found, List<Span> labels) {
    List<Span> ours = found.stream().filter(span -> span.kind().equals(kind.code())).toList();
    List<Span> theirs = labels.stream().filter(span -> span.kind().equals(label)).toList();
    Score score = scores.get(kind);
    score.found(ours.size(), overlapping(ours, theirs));
    score.there(theirs.size(), overlapping(theirs, ours));
  }

  private static int overlapping(List<Span> spans, List<Span> others) {
    return (int) spans.stream().filter(span -> others.stream().anyMatch(span::overlaps)).count();
  }

  @Test
  void printsFiguresOfPromptInjection() {
    PromptInjection detector = new PromptInjection();
    Map<String, Score> scores = new TreeMap<>();
    Score all = new Score();
    for (Path file : files(data.resolve("injection"))) {
      String set = data.resolve("injection").relativize(file).toString();
      for (JsonNode row : rows(file)) {
        boolean label = row.path("label").asInt() == 1;
        boolean flagged = !detector.find(Passage.of(row.path("text").asText())).isEmpty();
        count(scores.computeIfAbsent(group(set), key -> new Score()), label, flagged);
        count(all, label, flagged);
      }
    }
    scores.put("all", all);
    System.out.println("| set | precision | recall |\n| --- | --- | --- |");
    scores.forEach(
        (set, score) ->
            System.out.println(
                "| " + set + " | " + score.precision() + " | " + score.recall() + " |"));
    assertThat(all.all()).isPositive();
  }

  private static String group(String file) {
    return file.contains("/") ? file.substring(0, file.indexOf('/')) : file.replace(".jsonl", "");
  }

  private static void count(Score score, boolean label, boolean flagged) {
    score.found(flagged ? 1 : 0, flagged && label ? 1 : 0);
    score.there(label ? 1 : 0, flagged && label ? 1 : 0);
  }

  /** Events of agents that nobody attacked: whatever is found there is most likely wrong. */
  @Test
  void printsHowMuchOrdinaryEventsAreSuspected() throws Exception {
    Checks checks =
        new Checks(
            TenantsParser.parse(
                "version: 1\ntenants: [ { id: \"*\", redact: false } ]", KeySource.of(Map.of())));
    Map<String, Integer> counts = new TreeMap<>();
    int events = 0;
    int refused = 0;
    for (Path file : files(data.resolve("agent-runs"))) {
      String name = file.getFileName().toString();
      if (name.contains("agentdojo") || name.contains(".runs.") || name.contains(".labels.")) {
        continue;
      }
      for (String line : lines(file)) {
        Checked checked = checks.apply(decode(line));
        events++;
        refused += checked.isRefused() ? 1 : 0;
        checked.findings().stream()
            .map(found -> found.check().code() + "." + found.kind())
            .distinct()
            .forEach(kind -> counts.merge(kind, 1, Integer::sum));
      }
    }
    System.out.println(events + " ordinary events, refused " + refused + ", with " + counts);
    assertThat(events).isPositive();
  }

  private static Event decode(String line) throws UndecodableException {
    return (Event) CODEC.decode(line.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<JsonNode> rows(Path file) {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : lines(file)) {
      try {
        rows.add(JSON.readTree(line));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return rows;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
