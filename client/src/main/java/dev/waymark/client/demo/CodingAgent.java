package dev.waymark.client.demo;

import static dev.waymark.client.demo.Misbehaviour.DESTRUCTIVE_COMMAND;
import static dev.waymark.client.demo.Misbehaviour.HANGING_TOOL;
import static dev.waymark.client.demo.Misbehaviour.RUNAWAY_LOOP;
import static dev.waymark.client.demo.Misbehaviour.UNTESTED_COMMIT;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fixes a bug: reads, edits, tests, commits. */
final class CodingAgent implements Scenario {
  /** One more than the loop rule allows, and a few. */
  private static final int LOOP_CALLS = 24;

  /** Longer than the 30 seconds that a call may take. */
  private static final Duration HANG = Duration.ofSeconds(34);

  private static final List<String> FILES =
      List.of(
          "src/parser/Lexer.java",
          "src/http/RetryPolicy.java",
          "src/billing/Invoice.java",
          "src/cache/LruCache.java");
  private static final List<String> BUGS =
      List.of(
          "an off-by-one error in the last page",
          "a time-out that is never reset",
          "a rounding error of a cent",
          "a lock that is held while waiting");
  private static final List<String> DESTRUCTIVE =
      List.of(
          "git push --force origin main",
          "rm -rf / --no-preserve-root",
          "git fetch && git push -f origin release");

  @Override
  public void play(Script script, Optional<Misbehaviour> fault) {
    String file = script.pick(FILES);
    String bug = script.pick(BUGS);
    script.goal("Fix " + bug + " in " + file);
    if (fault.filter(DESTRUCTIVE_COMMAND::equals).isPresent()) {
      script.call("execute_bash", Map.of("command", script.pick(DESTRUCTIVE)), "done, exit code 0");
    }
    script
        .thought("Let me see how " + file + " works before I change it.")
        .call("read_file", Map.of("path", file), script.number(40, 400) + " lines")
        .call("search_code", Map.of("pattern", "TODO|FIXME"), script.number(0, 9) + " matches");
    if (fault.filter(HANGING_TOOL::equals).isPresent()) {
      script.hangingCall("run_build", Map.of("target", "all"), "built", HANG);
    }
    if (fault.filter(RUNAWAY_LOOP::equals).isPresent()) {
      loop(script);
    }
    script.call("edit_file", Map.of("path", file, "lines", script.number(1, 30)), "edited");
    test(script, fault);
    script
        .call("git_commit", Map.of("message", "Fix " + bug), "1 file changed")
        .finalOutput("Fixed " + bug + ". The change is committed.");
  }

  private static void test(Script script, Optional<Misbehaviour> fault) {
    if (fault.filter(UNTESTED_COMMIT::equals).isPresent()) {
      script.thought("The change is small, the tests will pass.");
      return;
    }
    if (script.number(0, 3) == 0) {
      script
          .failingCall("run_tests", Map.of("suite", "unit"), "1 of 212 tests failed")
          .call("edit_file", Map.of("path", "src/test", "lines", 3), "edited");
    }
    script.call("run_tests", Map.of("suite", "unit"), "212 tests passed");
  }

  private static void loop(Script script) {
    for (int i = 0; i < LOOP_CALLS; i++) {
      script.sameCallAgain("run_build", Map.of("target", "all"), "success", "same 3 warnings");
    }
  }
}
