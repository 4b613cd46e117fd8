package dev.waymark.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** This room's row: of ours it uses the schemas alone, and the reference not even Flink. */
@AnalyzeClasses(packages = "dev.waymark", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule usesOfOursTheSchemasAlone =
      noClasses()
          .that()
          .resideInAPackage("dev.waymark.testkit..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.waymark.jobs..",
              "dev.waymark.api..",
              "dev.waymark.client..",
              "dev.waymark.local..");

  @ArchTest
  static final ArchRule theReferenceStandsOnTheContractsAndTheJdk =
      classes()
          .that()
          .resideInAPackage("dev.waymark.testkit.reference..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "dev.waymark.schemas..",
              "dev.waymark.testkit.reference..",
              "com.fasterxml.jackson..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule nobodyHereRunsFlink =
      noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.flink..");
}
