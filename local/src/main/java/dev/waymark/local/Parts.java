package dev.waymark.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Which services a configuration asks for, in an order in which each comes after what it needs. */
final class Parts {
  private Parts() {}

  static List<Service> of(StackConfig config, boolean demo) {
    List<Service> parts = new ArrayList<>();
    if (config.database().external().isEmpty()) {
      parts.add(postgres(config));
    }
    if (config.kafka().external().isEmpty()) {
      parts.add(kafka(config));
    }
    if (config.flink().external().isEmpty()) {
      parts.addAll(flink(config));
    }
    parts.add(new ApiService(config));
    parts.add(
        jobs(
            config,
            FlinkJob.ALL,
            new Programs(config.home()).jobsJar(),
            job -> JobsService.arguments(config, job)));
    if (demo) {
      parts.add(new DemoService(config));
    }
    return parts;
  }

  static Service postgres(StackConfig config) {
    return new PostgresService(config.database(), config.data(), config.startTimeout());
  }

  static Service kafka(StackConfig config) {
    return new KafkaService(config.kafka(), config.data(), config.startTimeout());
  }

  static List<Service> flink(StackConfig config) {
    FlinkRest rest = new FlinkRest(config.flink().url());
    FlinkPrograms programs =
        new FlinkPrograms(config.flink(), config.data(), new Programs(config.home()));
    return List.of(
        new JobManagerService(
            programs,
            rest,
            new StackSecrets(config.data(), System.getenv()),
            config.data(),
            config.startTimeout()),
        new TaskManagerService(programs, rest, config.data(), config.startTimeout()));
  }

  static Service jobs(
      StackConfig config,
      List<FlinkJob> jobs,
      Path jar,
      Function<FlinkJob, List<String>> arguments) {
    return new JobsService(jobs, jar, arguments, config, new FlinkRest(config.flink().url()));
  }
}
