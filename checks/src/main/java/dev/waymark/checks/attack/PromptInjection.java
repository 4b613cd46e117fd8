package dev.waymark.checks.attack;

import com.google.re2j.Pattern;
import dev.waymark.checks.text.Characters;
import dev.waymark.checks.text.Passage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds text that gives a model orders: jailbreaks, requests for the system prompt, orders planted
 * in what a tool returns. Words count by what they mean ({@link Concept}) and by what stands near
 * them, as {@link Signal}s; where those of any {@value #WINDOW} words weigh 1 together, each
 * counted once, it is an injection.
 *
 * <p>A heuristic: an order that sets nothing aside and asks for nothing unusual cannot be told from
 * data. Linear in the text; safe for concurrent use.
 */
public final class PromptInjection {
  private static final int WINDOW = 250;
  private static final double ENOUGH = 0.999;
  private static final int MIN_HIDDEN = 4;
  private static final int MIN_INVISIBLE = 8;
  private static final Pattern TEMPLATE =
      Pattern.compile(
          "<\\|[a-z_]{2,30}\\|>|\\[/?INST\\]|<</?SYS>>|(?m:^### ?(System|Instruction):)");
  private static final Pattern FEIGNED_TAG =
      Pattern.compile("(?i)[<\\[]/?(system|sys|instructions?|system[_ -]?(prompt|message))[>\\]:]");

  /** Only at such words does a signal begin. */
  private static final long BEGINNINGS =
      Concept.bits(
          Concept.IGNORE,
          Concept.FOLLOW,
          Concept.REVEAL,
          Concept.REPEAT,
          Concept.PLAY,
          Concept.LIMITLESS,
          Concept.WITHOUT,
          Concept.NOT,
          Concept.ALWAYS,
          Concept.MODE,
          Concept.INSTEAD,
          Concept.NOTICE,
          Concept.DECODE,
          Concept.SEND);

  private record Sign(Signal signal, int word) {}

  /** The signals that together make an injection, in their own order; empty: there is none. */
  public Set<String> find(Passage passage) {
    Set<Signal> everywhere = ofCharacters(passage);
    if (weightOf(everywhere) > ENOUGH) {
      return names(everywhere);
    }
    ConceptWords words = new ConceptWords(passage.tokens());
    Deque<Sign> window = new ArrayDeque<>(0);
    for (int i = 0; i < words.count(); i++) {
      if (words.isAny(i, BEGINNINGS) && addSigns(words, i, window)) {
        Set<Signal> present = EnumSet.copyOf(everywhere);
        window.forEach(sign -> present.add(sign.signal()));
        if (weightOf(present) > ENOUGH) {
          return names(present);
        }
      }
    }
    return Set.of();
  }

  /** Whether signals begin at a word; those behind the window leave it. */
  private static boolean addSigns(ConceptWords words, int i, Deque<Sign> window) {
    Set<Signal> signals = at(words, i);
    if (signals.isEmpty()) {
      return false;
    }
    while (!window.isEmpty() && words.wordOf(i) - window.getFirst().word() > WINDOW) {
      window.removeFirst();
    }
    signals.forEach(signal -> window.add(new Sign(signal, words.wordOf(i))));
    return true;
  }

  private static double weightOf(Set<Signal> signals) {
    double weight = 0;
    for (Signal signal : signals) {
      weight += signal.weight();
    }
    return weight;
  }

  private static Set<String> names(Set<Signal> signals) {
    return signals.stream().map(Signal::words).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Set<Signal> ofCharacters(Passage passage) {
    Characters characters = passage.characters();
    boolean bracket = characters.has('<') || characters.has('[');
    Set<Signal> signals = EnumSet.noneOf(Signal.class);
    if (characters.hasOthers() && hasHiddenText(passage.text())) {
      signals.add(Signal.HIDDEN_TEXT);
    }
    if ((bracket || characters.has('#')) && TEMPLATE.matcher(passage.text()).find()) {
      signals.add(Signal.TEMPLATE);
    }
    if (bracket && FEIGNED_TAG.matcher(passage.text()).find()) {
      signals.add(Signal.FEIGNED_TAG);
    }
    return signals;
  }

  private static boolean hasHiddenText(String text) {
    int hidden = 0;
    int invisible = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // U+E0000 to U+E007F, tags, all begin with this surrogate and are never seen.
      hidden += c == '\uDB40' ? 1 : 0;
      invisible += (c >= '\u200B' && c <= '\u200D') || c == '\u2060' || c == '\uFEFF' ? 1 : 0;
    }
    return hidden >= MIN_HIDDEN || (invisible >= MIN_INVISIBLE && invisible * 10 > text.length());
  }

  private static Set<Signal> at(ConceptWords words, int i) {
    Set<Signal> signals = EnumSet.noneOf(Signal.class);
    addOverride(words, i, signals);
    addExtraction(words, i, signals);
    addJailbreak(words, i, signals);
    addHijack(words, i, signals);
    addDeceit(words, i, signals);
    return signals;
  }

  private static void addOverride(ConceptWords words, int i, Set<Signal> signals) {
    boolean ignores = words.is(i, Concept.IGNORE) && !words.isBefore(i, Concept.NOT, 2);
    boolean resists = words.is(i, Concept.FOLLOW) && words.isBefore(i, Concept.NOT, 2);
    if (!ignores && !resists) {
      return;
    }
    int instruction = words.after(i, Concept.INSTRUCTION, 8);
    if (instruction >= 0) {
      boolean given =
          words.isBefore(instruction, Concept.PRIOR, 5)
              || words.after(instruction, Concept.PRIOR, 3) >= 0
              || words.isBefore(instruction, Concept.YOUR, 4)
              || words.after(instruction, Concept.YOU, 3) >= 0;
      signals.add(given ? Signal.OVERRIDE : Signal.WEAK_OVERRIDE);
      return;
    }
    int everything = words.after(i, Concept.EVERYTHING, 2);
    if (ignores && everything >= 0 && words.after(everything, Concept.PRIOR, 6) >= 0) {
      signals.add(Signal.OVERRIDE);
    }
  }

  private static void addExtraction(ConceptWords words, int i, Set<Signal> signals) {
    if (words.is(i, Concept.REVEAL) && !words.isBefore(i, Concept.NOT, 2)) {
      int prompt = words.after(i, Concept.PROMPT, 10);
      int message = words.after(i, Concept.MESSAGE_ITSELF, 10);
      boolean own =
          prompt >= 0
              && (words.isBefore(prompt, Concept.HIDDEN, 3)
                  || words.isBefore(prompt, Concept.OWN, 2));
      if (own || (message >= 0 && words.isBefore(message, Concept.SYSTEM, 1))) {
        signals.add(Signal.EXTRACTION);
      }
      int settings = words.after(i, Concept.SETTINGS, 10);
      if (settings >= 0 && words.isBefore(settings, Concept.OWN, 3)) {
        signals.add(Signal.WEAK_EXTRACTION);
      }
    }
    if (words.is(i, Concept.REPEAT)) {
      int everything = words.after(i, Concept.EVERYTHING, 4);
      if (everything >= 0 && words.after(everything, Concept.PRIOR, 4) >= 0) {
        signals.add(Signal.EXTRACTION);
      }
    }
  }

  private static void addJailbreak(ConceptWords words, int i, Set<Signal> signals) {
    if (words.is(i, Concept.PLAY) && words.isAround(i, Concept.YOU, 4)) {
      signals.add(Signal.PERSONA);
    }
    if (words.is(i, Concept.LIMITLESS)
        || (words.is(i, Concept.WITHOUT) && words.after(i, Concept.LIMIT, 4) >= 0)) {
      signals.add(Signal.UNBOUND);
    }
    boolean neverRefuses = words.is(i, Concept.NOT) && words.after(i, Concept.REFUSE, 3) >= 0;
    boolean alwaysObeys = words.is(i, Concept.ALWAYS) && words.after(i, Concept.OBEY, 3) >= 0;
    if (neverRefuses || alwaysObeys) {
      signals.add(Signal.COMPLIANCE);
    }
    if (words.is(i, Concept.MODE) && words.isBefore(i, Concept.SPECIAL, 1)) {
      signals.add(Signal.MODE);
    }
  }

  private static void addHijack(ConceptWords words, int i, Set<Signal> signals) {
    if (words.is(i, Concept.INSTEAD)) {
      int task = words.after(i, Concept.TASK, 8);
      if (task >= 0 && words.after(task, Concept.DO, 14) >= 0) {
        signals.add(Signal.TASK_HIJACK);
      }
    }
    if (words.is(i, Concept.NOTICE)) {
      int message = words.after(i, Concept.MESSAGE, 3);
      if (message >= 0 && words.after(message, Concept.MODEL, 12) >= 0) {
        signals.add(Signal.ADDRESSED);
      }
    }
    if (words.is(i, Concept.DECODE) && words.isAround(i, Concept.CARRY_OUT, 12)) {
      signals.add(Signal.OBFUSCATION);
    }
  }

  private static void addDeceit(ConceptWords words, int i, Set<Signal> signals) {
    if (words.is(i, Concept.NOT)) {
      int tell = words.after(i, Concept.TELL, 3);
      if (tell >= 0 && words.after(tell, Concept.USER, 4) >= 0) {
        signals.add(Signal.CONCEALMENT);
      }
    }
    if (words.is(i, Concept.SEND) && words.after(i, Concept.SECRET_THING, 6) >= 0) {
      signals.add(Signal.EXFILTRATION);
    }
  }
}
