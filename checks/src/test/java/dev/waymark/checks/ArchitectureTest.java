package dev.waymark.checks;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** This module's row of the house's table of arrows. */
@AnalyzeClasses(packages = "dev.waymark", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule needsNothingOfOursButSchemas =
      noClasses()
          .that(resideInAPackage("dev.waymark.checks.."))
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.waymark..")
                  .and(resideOutsideOfPackages("dev.waymark.checks..", "dev.waymark.schemas..")));

  @ArchTest
  static final ArchRule isBoundToNoRuntime =
      noClasses()
          .that(resideInAPackage("dev.waymark.checks.."))
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.apache.flink..")
                  .or(resideInAPackage("org.apache.kafka.."))
                  .or(resideInAPackage("io.micronaut..")));
}
