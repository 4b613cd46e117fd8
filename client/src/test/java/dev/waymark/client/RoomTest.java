package dev.waymark.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The client's row of the room map: schemas, and nothing else of Waymark. */
@AnalyzeClasses(packages = "dev.waymark", importOptions = DoNotIncludeTests.class)
class RoomTest {
  @ArchTest
  static final ArchRule DEPENDS_ON_SCHEMAS_ALONE =
      noClasses()
          .that()
          .resideInAPackage("dev.waymark.client..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.waymark.jobs..",
              "dev.waymark.api..",
              "dev.waymark.local..",
              "dev.waymark.benchmarks..",
              "dev.waymark.testkit..");

  @ArchTest
  static final ArchRule THE_SDK_DOES_NOT_NEED_THE_COMMAND_LINE =
      noClasses()
          .that()
          .resideInAPackage("dev.waymark.client")
          .and()
          .doNotHaveSimpleName("Main")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..", "dev.waymark.client.(*)..");
}
