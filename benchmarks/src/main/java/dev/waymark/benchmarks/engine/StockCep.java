package dev.waymark.benchmarks.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.cep.CEP;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.util.Collector;

/** Variants A and B: a stock {@code CEP.pattern} operator a rule, as flink-cep's manual has it. */
final class StockCep {
  private static final Duration RUN = Duration.ofMinutes(5);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
  private static final Duration TELL_WITHIN = Duration.ofMinutes(1);
  private static final Duration WINDOW = Duration.ofMinutes(3);
  private static final int MAX_REQUESTS = 16;

  private StockCep() {}

  static DataStream<Finding> judge(KeyedStream<Step, String> steps) {
    List<DataStream<Finding>> found = new ArrayList<>();
    found.add(
        matches(
            steps,
            Finding.LOOK_UP_BEFORE_BOOKING,
            Pattern.<Step>begin("first")
                .where(SimpleCondition.of(step -> step.seq() == 1))
                .notFollowedBy("look-up")
                .where(SimpleCondition.of(step -> step.is(Step.LOOK_UP)))
                .followedByAny("decides")
                .where(SimpleCondition.of(step -> step.is(Step.BOOKING)))
                .within(RUN)));
    found.add(
        matches(
            steps,
            Finding.NO_CHARGE_AFTER_REFUND,
            Pattern.<Step>begin("decides")
                .where(SimpleCondition.of(step -> step.is(Step.REFUND)))
                .followedBy("charge")
                .where(SimpleCondition.of(step -> step.is(Step.CHARGE)))
                .within(RUN)));
    found.add(
        matches(
            steps,
            Finding.TOOL_CALL_ANSWERED,
            Pattern.<Step>begin("decides")
                .where(SimpleCondition.of(step -> step.is(Step.REQUEST)))
                .notFollowedBy("answer")
                .where(new Answers())
                .within(ANSWER_WITHIN)));
    found.add(
        matches(
            steps,
            Finding.ENDS_WITH_AN_ANSWER,
            Pattern.<Step>begin("first")
                .where(SimpleCondition.of(step -> step.seq() == 1))
                .notFollowedBy("answer")
                .where(SimpleCondition.of(step -> step.is(Step.ANSWER)))
                .within(RUN)));
    found.add(
        matches(
            steps,
            Finding.REFUND_IS_TOLD,
            Pattern.<Step>begin("decides")
                .where(SimpleCondition.of(step -> step.is(Step.REFUND)))
                .notFollowedBy("notice")
                .where(SimpleCondition.of(step -> step.is(Step.NOTICE)))
                .within(TELL_WITHIN)));
    found.add(
        matches(
            steps,
            Finding.NO_RUNAWAY_LOOP,
            Pattern.<Step>begin("decides", AfterMatchSkipStrategy.skipPastLastEvent())
                .where(SimpleCondition.of(step -> step.is(Step.REQUEST)))
                .times(MAX_REQUESTS)
                .within(WINDOW)));
    return found.stream().reduce(DataStream::union).orElseThrow();
  }

  private static DataStream<Finding> matches(
      KeyedStream<Step, String> steps, String rule, Pattern<Step, ?> pattern) {
    return CEP.pattern(steps, pattern)
        .inEventTime()
        .process(new Report(rule), TypeInformation.of(Finding.class));
  }

  /** A response to the request's own call. */
  private static final class Answers extends IterativeCondition<Step> {
    @Override
    public boolean filter(Step step, Context<Step> context) throws Exception {
      if (!step.is(Step.RESPONSE)) {
        return false;
      }
      for (Step request : context.getEventsForPattern("decides")) {
        return request.call().equals(step.call());
      }
      return false;
    }
  }

  private static final class Report extends PatternProcessFunction<Step, Finding> {
    private final String rule;

    Report(String rule) {
      this.rule = rule;
    }

    @Override
    public void processMatch(
        Map<String, List<Step>> match, Context context, Collector<Finding> out) {
      List<Step> deciding = match.get("decides");
      List<Step> first = match.getOrDefault("first", List.of());
      String run = (deciding == null ? first : deciding).get(0).run();
      int seq = deciding == null ? 0 : deciding.get(deciding.size() - 1).seq();
      out.collect(new Finding(rule, run, seq));
    }
  }
}
