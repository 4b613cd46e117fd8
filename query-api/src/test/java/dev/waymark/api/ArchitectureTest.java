package dev.waymark.api;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchConditions.haveRawParameterTypes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.waymark.api.security.TenantScope;
import dev.waymark.api.store.AccountStore;
import dev.waymark.api.store.AgentStore;
import dev.waymark.api.store.BacktestStore;
import dev.waymark.api.store.ConflictStore;
import dev.waymark.api.store.ConformanceStore;
import dev.waymark.api.store.DashboardStore;
import dev.waymark.api.store.EventStore;
import dev.waymark.api.store.KeyStore;
import dev.waymark.api.store.MetricStore;
import dev.waymark.api.store.MetricTickStore;
import dev.waymark.api.store.ProcessMapStore;
import dev.waymark.api.store.RefusedEventStore;
import dev.waymark.api.store.RuleStore;
import dev.waymark.api.store.RunStore;
import dev.waymark.api.store.SearchStore;
import dev.waymark.api.store.SigningKeyStore;
import dev.waymark.api.store.ViolationStore;
import java.util.List;

/** This module's row of the house's table of arrows, and what keeps its own rooms apart. */
@AnalyzeClasses(packages = "dev.waymark", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule needsNothingOfOursButSchemasAndChecks =
      noClasses()
          .that(resideInAPackage("dev.waymark.api.."))
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.waymark..")
                  .and(
                      resideOutsideOfPackages(
                          "dev.waymark.api..", "dev.waymark.schemas..", "dev.waymark.checks..")));

  @ArchTest
  static final ArchRule roomsDoNotGoInCircles =
      slices().matching("dev.waymark.api.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule computesNothingWithFlink =
      noClasses()
          .that(resideInAPackage("dev.waymark.api.."))
          .should()
          .dependOnClassesThat(resideInAPackage("org.apache.flink.."));

  @ArchTest
  static final ArchRule speaksSqlInTheStoreAlone =
      noClasses()
          .that(
              resideInAPackage("dev.waymark.api..")
                  .and(resideOutsideOfPackages("dev.waymark.api.store..")))
          .should()
          .dependOnClassesThat(resideInAnyPackage("java.sql..", "com.zaxxer.."));

  @ArchTest
  static final ArchRule asksForAScopeWhereverTenantsMeet =
      methods()
          .that()
          .arePublic()
          .and()
          .areDeclaredInClassesThat(
              areAnyOf(
                  AccountStore.class,
                  BacktestStore.class,
                  KeyStore.class,
                  RuleStore.class,
                  SigningKeyStore.class,
                  AgentStore.class,
                  DashboardStore.class,
                  EventStore.class,
                  MetricTickStore.class,
                  RunStore.class,
                  SearchStore.class,
                  ViolationStore.class,
                  ConflictStore.class,
                  ConformanceStore.class,
                  MetricStore.class,
                  RefusedEventStore.class,
                  ProcessMapStore.class))
          .should(
              haveRawParameterTypes(
                  DescribedPredicate.describe(
                      "beginning with a TenantScope",
                      (List<JavaClass> types) -> beginsWithScope(types))));

  /** A scope comes from a caller; whose a run is, is asked for the operator alone. */
  @ArchTest
  static final ArchRule takesScopesFromCallersAlone =
      noClasses()
          .that(resideInAPackage("dev.waymark.api.http.."))
          .and()
          .doNotHaveSimpleName("RunOwners")
          .should()
          .callMethod(TenantScope.class, "all");

  @ArchTest
  static final ArchRule hidesControllers =
      classes().that().haveSimpleNameEndingWith("Controller").should().notBePublic();

  private static boolean beginsWithScope(List<JavaClass> types) {
    return !types.isEmpty() && types.get(0).isEquivalentTo(TenantScope.class);
  }

  private static DescribedPredicate<JavaClass> areAnyOf(Class<?>... stores) {
    return DescribedPredicate.describe(
        "keep tenants' facts", type -> List.of(stores).stream().anyMatch(type::isEquivalentTo));
  }
}
