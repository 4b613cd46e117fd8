package dev.waymark.jobs;

import dev.waymark.jobs.config.JobMain;
import dev.waymark.jobs.config.Settings;
import dev.waymark.jobs.validation.RulesTopic;
import dev.waymark.jobs.validation.ValidationConfig;
import dev.waymark.jobs.validation.ValidationPorts;
import dev.waymark.jobs.validation.ValidationTopology;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Main of the validation job: rules over events. */
public final class ValidationJob {
  private ValidationJob() {}

  public static void main(String[] args) throws Exception {
    JobMain.run(
        () -> {
          Settings settings = new Settings(args, System.getenv());
          ValidationConfig config = ValidationConfig.from(settings);
          settings.requireValid();
          StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
          ValidationPorts ports = ValidationPorts.of(config, RulesTopic.read(config.job().kafka()));
          ValidationTopology.build(
              env, ports, config.job().time(), config.engine(), config.summary(), config.checks());
          env.execute(ValidationTopology.JOB);
        });
  }
}
