package dev.waymark.schemas;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** All others depend on this module, so it depends on none of them, nor on what runs them. */
@AnalyzeClasses(packages = "dev.waymark", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule needsNothingOfOurs =
      noClasses()
          .that(resideInAPackage("dev.waymark.schemas.."))
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.waymark..")
                  .and(resideOutsideOfPackage("dev.waymark.schemas..")));

  @ArchTest
  static final ArchRule isBoundToNoRuntime =
      noClasses()
          .that(resideInAPackage("dev.waymark.schemas.."))
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.apache.flink..")
                  .or(resideInAPackage("org.apache.kafka.."))
                  .or(resideInAPackage("io.micronaut..")));
}
