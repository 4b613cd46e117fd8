package dev.waymark.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** This room's row: it starts the others and shares no code with them. */
@AnalyzeClasses(packages = "dev.waymark", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule sharesNoCodeWithOtherRooms =
      noClasses()
          .that()
          .resideInAPackage("dev.waymark.local..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.waymark.schemas..",
              "dev.waymark.jobs..",
              "dev.waymark.api..",
              "dev.waymark.client..");

  @ArchTest
  static final ArchRule startsFlinkAsAProcessOnly =
      noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.flink..");

  @ArchTest
  static final ArchRule onlyMainClassesArePublic =
      classes()
          .that()
          .arePublic()
          .and()
          .resideInAPackage("dev.waymark.local")
          .should()
          .haveSimpleNameEndingWith("Main");
}
