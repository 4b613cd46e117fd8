package dev.waymark.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script at the root, in a project of its own, with a java and a mvn that only write down how
 * they were called.
 */
final class FrontDoorTest {
  private static final String JAVA =
      """
      #!/usr/bin/env bash
      if [[ $1 == -version ]]; then echo 'openjdk version "%s" 2024-01-01' >&2; exit 0; fi
      echo "java $*" | sed "s#$PROJECT#PROJECT#g"
      echo "time=${WAYMARK_TIME:-} kafka=${WAYMARK_KAFKA_BOOTSTRAP_SERVERS:-}"
      exit 7
      """;

  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      if [[ $1 == -v ]]; then echo "Apache Maven %s (x)"; exit 0; fi
      echo "mvn $*" | sed "s#$PROJECT#PROJECT#g" >>"$PROJECT/calls"
      if [[ $* == *BROKEN* ]]; then echo '[ERROR] it is broken'; exit 1; fi
      if [[ -f $PROJECT/cold && $1 == -o ]]; then
        echo '[ERROR] Cannot access central in offline mode'; exit 1
      fi
      for module in local client; do
        echo "[INFO] Building Waymark: $module 0.1.0-SNAPSHOT   [1/2]"
        echo '[INFO] --- maven-jar-plugin:3.4.2:jar (default-jar) @ x ---'
        mkdir -p "$PROJECT/$module/target/lib"
        touch "$PROJECT/$module/target/waymark-$module-0.1.0.jar"
      done
      echo '[INFO] BUILD SUCCESS'
      """;

  @TempDir private Path folder;
  private Path project;
  private Path programs;

  private record Outcome(int exitCode, String output) {}

  @BeforeEach
  void makeProject() throws Exception {
    project = Files.createDirectory(folder.resolve("a project"));
    programs = Files.createDirectory(folder.resolve("bin"));
    Files.copy(
        TestStack.projectRoot().resolve("waymark"),
        project.resolve("waymark"),
        StandardCopyOption.COPY_ATTRIBUTES);
    Files.writeString(project.resolve("pom.xml"), "");
    for (String room : List.of("schemas", "local", "client")) {
      Files.createDirectories(project.resolve(room).resolve("src/main"));
      Files.writeString(project.resolve(room).resolve("pom.xml"), "");
    }
    program("java", JAVA.replace("%s", "17.0.15"));
    program("mvn", MAVEN.replace("%s", "3.8.7"));
  }

  @Test
  void teaches() throws Exception {
    Outcome outcome = run("--help");

    assertThat(outcome.exitCode()).isZero();
    for (String command :
        List.of("up", "status", "down", "send", "rules", "check", "bench", "test")) {
      assertThat(outcome.output()).contains("\n  " + command + " ");
    }
  }

  @Test
  void refusesWhatItDoesNotKnow() throws Exception {
    Outcome outcome = run("fly");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.output()).contains("no command \"fly\"");
  }

  @Test
  void buildsWhatIsMissingAndRunsItWithItsExitCode() throws Exception {
    Outcome outcome = run("status", "--data-dir", "x y");

    assertThat(outcome.exitCode()).isEqualTo(7);
    assertThat(calls())
        .containsExactly(
            "mvn -o -B -f PROJECT/pom.xml -pl local -am package -Dmaven.test.skip=true");
    assertThat(outcome.output())
        .contains("Building local\n✓ local          0 s\n")
        .contains("-Dwaymark.home=PROJECT -Dwaymark.tty=false")
        .contains("-cp PROJECT/local/target/waymark-local-0.1.0.jar:PROJECT/local/target/lib/*")
        .contains(" dev.waymark.local.Main status --data-dir x y\n");
  }

  @Test
  void buildsOnlyWhenSourcesAreNewer() throws Exception {
    run("rules", "list");
    run("rules", "list");
    assertThat(calls()).hasSize(1);

    FileTime later = FileTime.fromMillis(System.currentTimeMillis() + 60_000);
    Path source = Files.writeString(project.resolve("schemas/src/main/New.java"), "");
    Files.setLastModifiedTime(source, later);
    run("rules", "list");

    assertThat(calls()).hasSize(2);
  }

  @Test
  void buildsNothingAfterTheTestsDid() throws Exception {
    run("test");
    run("status");

    assertThat(calls()).containsExactly("mvn -B -f PROJECT/pom.xml verify -Psbom");
  }

  @Test
  void buildsNothingWhenToldSo() throws Exception {
    run(Map.of("WAYMARK_BUILD", "never"), "status");

    assertThat(project.resolve("calls")).doesNotExist();
  }

  @Test
  void downloadsWhatIsNotThere() throws Exception {
    Files.createFile(project.resolve("cold"));

    Outcome outcome = run("status");

    assertThat(outcome.exitCode()).isEqualTo(7);
    assertThat(outcome.output()).contains("Maven downloads them");
    assertThat(calls()).hasSize(2).last().asString().startsWith("mvn -B");
  }

  @Test
  void saysWhyABuildFailed() throws Exception {
    program("mvn", MAVEN.replace("%s", "3.9.9").replace("*BROKEN*", "*"));

    Outcome outcome = run("status");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.output()).contains("it is broken\n").contains("target/build.log");
    assertThat(calls()).hasSize(1);
  }

  @Test
  void saysHowToGetJava() throws Exception {
    program("java", JAVA.replace("%s", "11.0.2"));

    Outcome outcome = run("status");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.output())
        .contains("Waymark needs Java 17 or newer; java is version 11.")
        .contains("apt install openjdk-17-jdk");
  }

  @Test
  void saysHowToGetMaven() throws Exception {
    program("mvn", MAVEN.replace("%s", "3.6.3"));

    Outcome outcome = run("status");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.output())
        .contains("Maven 3.8 or newer; mvn is version 3.6.")
        .contains("apt install maven");
  }

  @Test
  void tellsTheClientWhereTheRunningStackIs() throws Exception {
    Path data = Files.createDirectory(project.resolve(".waymark"));
    Files.writeString(
        data.resolve("stack.env"),
        "WAYMARK_TIME=log\nWAYMARK_KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:19092\nPATH=/evil\n");

    assertThat(run("send", "f").output()).contains("time=log kafka=127.0.0.1:19092");
    assertThat(run(Map.of("WAYMARK_TIME", "live"), "send", "f").output())
        .contains("time=live kafka=127.0.0.1:19092");
  }

  @Test
  void worksThroughALinkAndFromAnotherFolder() throws Exception {
    Path link = Files.createSymbolicLink(programs.resolve("waymark"), project.resolve("waymark"));

    Outcome outcome = run(Map.of(), List.of(link.toString(), "status"));

    assertThat(outcome.output()).contains("-Dwaymark.home=PROJECT ");
  }

  private void program(String name, String text) throws IOException {
    Path file = Files.writeString(programs.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(project.resolve("calls"));
  }

  private Outcome run(String... arguments) throws Exception {
    return run(Map.of(), arguments);
  }

  private Outcome run(Map<String, String> environment, String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of(project.resolve("waymark").toString()));
    line.addAll(List.of(arguments));
    return run(environment, line);
  }

  private Outcome run(Map<String, String> environment, List<String> line) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
    Map<String, String> env = new TreeMap<>(environment);
    env.put("PATH", programs + ":/usr/bin:/bin");
    env.put("PROJECT", project.toString());
    env.put("LC_ALL", "C.UTF-8");
    builder.environment().clear();
    builder.environment().putAll(env);
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }
}
