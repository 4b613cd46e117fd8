package dev.waymark.jobs.engine;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/** What the engine's operators put out beside violations. */
public final class RuleOutputs {
  /** Outcomes since the last ones, at most once a second and before every checkpoint. */
  public static final OutputTag<OutcomeDelta> OUTCOMES =
      new OutputTag<>("outcomes", TypeInformation.of(OutcomeDelta.class));

  /** What became of rule versions, from one instance alone. */
  public static final OutputTag<RuleStatus> STATUSES =
      new OutputTag<>("rule-statuses", TypeInformation.of(RuleStatus.class));

  private RuleOutputs() {}
}
