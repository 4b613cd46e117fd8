package dev.waymark.checks.attack;

import dev.waymark.checks.text.Tokens;
import dev.waymark.checks.text.WordSet;
import java.util.HashMap;
import java.util.Map;

/** What a word can mean in an injected prompt; a word may mean several. */
enum Concept {
  IGNORE(
      "ignore ignoring disregard disregarding forget forgetting bypass bypassing override overriding"
          + " overrule neglect skip discard drop abandon violate circumvent erase"
          + " ignora ignoren ignorez ignoriere vergiss olvida oubliez oublie dimentica esqueça"
          + " игнорируй забудь"),
  FOLLOW("follow following obey obeying adhere comply observe respect heed"),
  NOT("not don dont never no stop cease without cannot can't nicht pas"),
  INSTRUCTION(
      "instruction instructions prompt prompts rule rules guideline guidelines direction directions"
          + " directive directives command commands policy policies restriction"
          + " restrictions constraint constraints programming training context protocol protocols"
          + " safeguards safety instrucciones anweisungen anweisung regeln consignes istruzioni"
          + " instruções инструкции"),
  PROMPT("prompt prompts preprompt instruction instructions"),
  MESSAGE_ITSELF("message messages"),
  OWN("your"),
  SYSTEM("system developer hidden"),
  SETTINGS(
      "rule rules guideline guidelines configuration config settings directive directives policy"
          + " policies constraints parameters"),
  PRIOR(
      "previous previously prior above earlier preceding former foregoing before initial original"
          + " existing past anteriores anterior vorherigen bisherigen obigen précédentes"
          + " precedenti предыдущие"),
  YOUR("your you given system developer developers openai anthropic built internal"),
  HIDDEN("system initial hidden secret original internal confidential base developer pre"),
  EVERYTHING("everything anything all text words content contents sentences lines"),
  REVEAL(
      "reveal show print repeat output display tell give share leak disclose expose recite dump"
          + " summarize summarise translate write list provide return state copy echo paste"
          + " what paraphrase spell encode"),
  REPEAT("repeat print output copy echo recite write dump display show return paste"),
  PLAY(
      "pretend act acting roleplay role simulate simulating imagine impersonate persona become"
          + " behave respond character"),
  YOU("you your yourself"),
  WITHOUT(
      "without no free freed any bypass bypassing ignore ignoring break breaking broken remove"
          + " removed disable disabled unbound zero not lack lacks liberated escape"),
  LIMIT(
      "restrictions restriction limits limitations limitation filters filter filtering censorship"
          + " censored ethics ethical morals moral morality rules guidelines policies constraints"
          + " boundaries safeguards guardrails inhibitions safety confines bound limited"),
  LIMITLESS("unrestricted unfiltered uncensored jailbroken jailbreak amoral lawless unlimited"),
  REFUSE(
      "refuse refuses refusing decline declining reject warn warning warnings apologize apologise"
          + " disclaimer disclaimers censor moralize"),
  ALWAYS("always must shall never cannot will"),
  OBEY("comply obey agree obeys complies unconditionally"),
  MODE("mode modes"),
  SPECIAL(
      "developer debug god admin administrator maintenance sudo root jailbreak unrestricted dev"),
  TASK("task tasks request question query assignment job answer answering"),
  INSTEAD("before instead rather prior"),
  DO("please must first do perform complete execute follow make need should"),
  MODEL(
      "assistant ai llm llms chatbot model gpt chatgpt claude gemini llama mistral copilot bot"
          + " agent agents"),
  NOTICE("important urgent attention notice new updated real special critical mandatory"),
  MESSAGE("message instruction instructions directive note order task request"),
  TELL("tell telling mention mentioning inform informing alert notify notifying disclose reveal"),
  USER("user users anyone human humans customer owner anybody nobody them him her"),
  SEND("send sending forward email post upload transmit exfiltrate leak submit deliver"),
  SECRET_THING(
      "password passwords credential credentials key keys token tokens secret secrets history"
          + " conversation conversations cookies passcode pin"),
  DECODE("decode decipher decrypt rot13 base64 unscramble deobfuscate"),
  CARRY_OUT("execute follow run obey perform comply act");

  private static final Map<String, Long> BY_WORD = new HashMap<>();
  private static final WordSet WORDS;

  static {
    for (Concept concept : values()) {
      for (String word : concept.words.split(" ")) {
        BY_WORD.merge(word, concept.bit(), (known, bit) -> known | bit);
      }
    }
    WORDS = WordSet.of(BY_WORD.keySet());
  }

  private final String words;

  Concept(String words) {
    this.words = words;
  }

  /** What a token can mean, as the bits of concepts; 0 for most. */
  static long of(Tokens tokens, int i) {
    return WORDS.contains(tokens, i) ? BY_WORD.getOrDefault(tokens.lower(i), 0L) : 0;
  }

  /** The bits of several concepts. */
  static long bits(Concept... concepts) {
    long bits = 0;
    for (Concept concept : concepts) {
      bits |= concept.bit();
    }
    return bits;
  }

  @SuppressWarnings("EnumOrdinal") // bits are never stored
  long bit() {
    return 1L << ordinal();
  }
}
