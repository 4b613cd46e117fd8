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

  /** Gaps of {@code profile} rules, to be judged over all cases. */
  public static final OutputTag<WaitingGap> GAPS =
      new OutputTag<>("gaps", TypeInformation.of(WaitingGap.class));

  /**
   * What is known of the cases that had such gaps. A case's end carries the time of the watermark
   * at which it was decided: its gaps are judged when that has passed.
   */
  public static final OutputTag<ProfileCase> PROFILE_CASES =
      new OutputTag<>("profile-cases", TypeInformation.of(ProfileCase.class));

  private RuleOutputs() {}
}
