package dev.waymark.jobs;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** This module's row of the house's table of arrows, and what keeps its own rooms apart. */
@AnalyzeClasses(packages = "dev.waymark", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule needsNothingOfOursButSchemasAndChecks =
      noClasses()
          .that(resideInAPackage("dev.waymark.jobs.."))
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.waymark..")
                  .and(
                      resideOutsideOfPackages(
                          "dev.waymark.jobs..", "dev.waymark.schemas..", "dev.waymark.checks..")));

  @ArchTest
  static final ArchRule judgesWithoutKafkaAndDatabases =
      noClasses()
          .that(resideInAPackage("dev.waymark.jobs.engine.."))
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.apache.kafka..").or(resideInAPackage("java.sql..")));
}
