package io.intermodal.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.intermodal.IntermodalException;
import io.intermodal.evaluate.RuleSyntaxException;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The rules of the house, checked over every module: the command line has all of them on its class
 * path.
 */
@AnalyzeClasses(packages = "io.intermodal", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  private static final String[] BASE = {
    "io.intermodal", "io.intermodal.iso..", "io.intermodal.xml.."
  };
  private static final String[] EVALUATOR = {"io.intermodal.evaluate.."};
  private static final String[] OVF_MODEL = {"io.intermodal.ovf.."};
  private static final String[] DISK_IMAGES = {
    "io.intermodal.disk", "io.intermodal.disk.internal..", "io.intermodal.disk.spi.."
  };
  private static final String[] DISK_ZSTD = {"io.intermodal.disk.zstd.."};
  private static final String[] HYPERVISOR_SPI = {"io.intermodal.hypervisor.."};
  private static final String[] CONVERTER_SPI = {"io.intermodal.convert.."};
  private static final String[] DISK_CONVERTER = {"io.intermodal.disk.convert.."};
  private static final String[] QEMU_IMG = {"io.intermodal.disk.qemu.."};
  private static final String[] DESCRIPTORS = {"io.intermodal.descriptor.."};
  private static final String[] DRIVERS = {"io.intermodal.driver.."};
  private static final String[] MIGRATION = {"io.intermodal.migrate.."};
  private static final String CLI = "io.intermodal.cli..";

  // Imports point one way.

  @ArchTest
  static final ArchRule baseKnowsNobody =
      knowsOnly(BASE).because("every module stands on it, so it stands on none");

  @ArchTest
  static final ArchRule evaluatorKnowsNobody =
      knowsOnly(EVALUATOR).because("scores are facts about observations: it needs only the JDK");

  @ArchTest
  static final ArchRule evaluatorNeedsOnlyTheJdk =
      classes()
          .that()
          .resideInAnyPackage(EVALUATOR)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.jspecify..", "io.intermodal.evaluate..")
          .because("who only wants scores inherits no dependency");

  @ArchTest
  static final ArchRule ovfModelKnowsOnlyBase =
      knowsOnly(OVF_MODEL, BASE).because("a reader of packages needs neither hypervisor nor disk");

  @ArchTest
  static final ArchRule diskImagesKnowOnlyBase =
      knowsOnly(DISK_IMAGES, BASE).because("the disk engine is of use alone");

  @ArchTest
  static final ArchRule diskZstdKnowsOnlyTheDiskEngine =
      knowsOnly(DISK_ZSTD, BASE, DISK_IMAGES).because("it brings one codec and nothing else");

  @ArchTest
  static final ArchRule hypervisorSpiKnowsOnlyBase =
      knowsOnly(HYPERVISOR_SPI, BASE).because("a driver's author builds against it alone");

  @ArchTest
  static final ArchRule converterSpiKnowsOnlyTheNeutralMachine =
      knowsOnly(CONVERTER_SPI, BASE, HYPERVISOR_SPI)
          .because("a converter's author builds against it and the neutral machine alone");

  @ArchTest
  static final ArchRule diskConverterJoinsEngineAndSpi =
      knowsOnly(DISK_CONVERTER, BASE, HYPERVISOR_SPI, CONVERTER_SPI, DISK_IMAGES)
          .because("it only makes the disk engine a plugin");

  @ArchTest
  static final ArchRule qemuImgJoinsToolEngineAndSpi =
      knowsOnly(QEMU_IMG, BASE, HYPERVISOR_SPI, CONVERTER_SPI, DISK_IMAGES)
          .because("it hands what QEMU unpacked to the disk engine");

  @ArchTest
  static final ArchRule descriptorsKnowModelsAndSpi =
      knowsOnly(DESCRIPTORS, BASE, HYPERVISOR_SPI, CONVERTER_SPI, OVF_MODEL)
          .because("N formats map to one neutral machine, and not to each other's products");

  @ArchTest
  static final ArchRule driversKnowModelsAndSpi =
      knowsOnly(DRIVERS, BASE, HYPERVISOR_SPI, CONVERTER_SPI, DESCRIPTORS)
          .because("a driver knows its product; who moves what is not its affair");

  @ArchTest
  static final ArchRule migrationNamesNoPlugin =
      knowsOnly(MIGRATION, BASE, HYPERVISOR_SPI, CONVERTER_SPI, EVALUATOR)
          .because("drivers and converters are found with ServiceLoader, never named");

  @ArchTest
  static final ArchRule nobodyKnowsTheCommandLine =
      noClasses()
          .that(areOfALibrary())
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CLI, "picocli..")
          .because("it sits on top");

  /**
   * An API speaks in values that its plugins and its own inner parts use too, so those point to it.
   * The other way only the entry points of the API go, which load plugins or hide the inner parts:
   * that way is named here, for each module that has it, and nothing else is excepted.
   */
  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices()
          .matching("io.(**)")
          .should()
          .beFreeOfCycles()
          .ignoreDependency(
              resideInAPackage("io.intermodal.hypervisor"),
              resideInAPackage("io.intermodal.hypervisor.spi"))
          .ignoreDependency(
              resideInAPackage("io.intermodal.convert"),
              resideInAPackage("io.intermodal.convert.spi"))
          .ignoreDependency(
              resideInAPackage("io.intermodal.disk"),
              resideInAPackage("io.intermodal.disk.internal.."))
          .because("a package that can be understood alone can be changed alone");

  @ArchTest
  static final ArchRule internalPackagesStayInTheirModule =
      classes()
          .should(useInternalPackagesOfTheirOwnModuleOnly())
          .because("what is internal may change with any version");

  // What a library is.

  @ArchTest
  static final ArchRule librariesPrintNothing =
      noClasses()
          .that(areOfALibrary())
          .should(ACCESS_STANDARD_STREAMS)
          .because("the console belongs to the program; libraries report through listeners");

  @ArchTest
  static final ArchRule nobodyUsesAnotherLog =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.util.logging..", "org.slf4j..", "org.apache.log4j..", "org.apache.logging..")
          .because("libraries log with System.Logger, sparingly");

  @ArchTest
  static final ArchRule publicClassesAreMadeForInheritanceOrClosed =
      classes()
          .that(areOfALibrary())
          .and()
          .arePublic()
          .and()
          .areNotInterfaces()
          .and()
          .areNotAssignableTo(Throwable.class)
          .should()
          .haveModifier(JavaModifier.FINAL)
          .orShould()
          .haveModifier(JavaModifier.ABSTRACT)
          .orShould(be(Enum.class))
          .because("a class that anybody may extend can never be changed");

  @ArchTest
  static final ArchRule exceptionsHaveOneRoot =
      classes()
          .that()
          .areAssignableTo(Throwable.class)
          .and(not(staysInItsPackage()))
          .should()
          .beAssignableTo(IntermodalException.class)
          .orShould(be(RuleSyntaxException.class))
          .because(
              "a caller catches one type; only the evaluator, which knows nobody, has its own");

  private ArchitectureTest() {}

  /** Requires that a module uses of ours only itself and the modules that are allowed. */
  private static ArchRule knowsOnly(String[] module, String[]... allowed) {
    String[] known =
        Stream.concat(Arrays.stream(module), Arrays.stream(allowed).flatMap(Arrays::stream))
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAnyPackage(module)
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackage("io.intermodal..").or(resideInAnyPackage(known)));
  }

  private static DescribedPredicate<JavaClass> areOfALibrary() {
    return not(resideInAPackage(CLI)).as("are of a library");
  }

  /** Tells a checked exception that only its own package can name, and so must catch. */
  private static DescribedPredicate<JavaClass> staysInItsPackage() {
    return describe(
        "are checked and not public",
        one ->
            !one.isAssignableTo(RuntimeException.class)
                && !one.isAssignableTo(Error.class)
                && !one.getModifiers().contains(JavaModifier.PUBLIC));
  }

  private static ArchCondition<JavaClass> useInternalPackagesOfTheirOwnModuleOnly() {
    DescribedPredicate<JavaClass> internal =
        describe(
            "are internal",
            one -> (one.getPackageName() + ".").matches("io\\.intermodal\\..*\\.internal\\..*"));
    return new ArchCondition<>("use internal packages of their own module only") {
      @Override
      public void check(JavaClass one, ConditionEvents events) {
        for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
          JavaClass used = dependency.getTargetClass().getBaseComponentType();
          if (internal.test(used)) {
            events.add(
                new SimpleConditionEvent(
                    one, module(one).equals(module(used)), dependency.getDescription()));
          }
        }
      }
    };
  }

  /** Returns the folder or archive that a class comes from: there is one for each module. */
  private static String module(JavaClass one) {
    String place = one.getSource().orElseThrow().getUri().toString();
    return place.substring(0, place.lastIndexOf(one.getName().replace('.', '/')));
  }
}
