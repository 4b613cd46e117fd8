package dev.waymark.client.demo;

import static dev.waymark.client.demo.Misbehaviour.ERROR_STORM;
import static dev.waymark.client.demo.Misbehaviour.INVENTED_FIGURES;
import static dev.waymark.client.demo.Misbehaviour.UNREVIEWED_QUERY;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers a question with queries on the warehouse, each reviewed before it runs. */
final class DataAnalyst implements Scenario {
  /** One more than the storm rule allows, and two. */
  private static final int STORM_CALLS = 13;

  private static final List<String> TABLES =
      List.of("orders", "payments", "page_views", "shipments");
  private static final List<String> QUESTIONS =
      List.of(
          "How did last week compare with the week before?",
          "Which region grew most this quarter?",
          "What share of customers came back within a month?");

  @Override
  public void play(Script script, Optional<Misbehaviour> fault) {
    String table = script.pick(TABLES);
    script
        .goal(script.pick(QUESTIONS))
        .call("describe_table", Map.of("table", table), script.number(5, 40) + " columns");
    if (fault.filter(INVENTED_FIGURES::equals).isPresent()) {
      script.thought("I remember the figures well enough.");
    } else {
      query(script, table, fault);
    }
    script.finalOutput("It grew by " + script.number(1, 19) + " %. The " + table + " show it.");
  }

  private static void query(Script script, String table, Optional<Misbehaviour> fault) {
    boolean storm = fault.filter(ERROR_STORM::equals).isPresent();
    // More queries beside the storm would make it a runaway loop too.
    int queries = storm ? 1 : script.number(1, 4);
    for (int i = 1; i <= queries; i++) {
      Map<String, ?> query =
          Map.of(
              "query_id",
              "q" + i,
              "sql",
              "select region, sum(amount) from " + table + " group by 1");
      boolean skipsReview = i == 1 && fault.filter(UNREVIEWED_QUERY::equals).isPresent();
      if (!skipsReview) {
        script.call("review_query", query, "reads no personal data, cost low");
      }
      script.call("run_query", query, script.number(3, 90) + " rows");
      if (storm) {
        storm(script, query);
      }
    }
    if (script.number(0, 2) == 0) {
      script.call("draw_chart", Map.of("kind", "bar", "table", table), "chart.png");
    }
  }

  private static void storm(Script script, Map<String, ?> query) {
    for (int i = 0; i < STORM_CALLS; i++) {
      script.sameCallAgain("run_query", query, "error", "warehouse: too many connections");
    }
  }
}
