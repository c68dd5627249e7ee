package io.makolb;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.springframework.context.annotation.Configuration;

/** The walls of the house: who may know whom. docs/architecture.md says why. */
@AnalyzeClasses(packages = "io.makolb", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule arrowsPointDown = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("web")
            .definedBy("io.makolb.web..")
            .layer("stats")
            .definedBy("io.makolb.stats..")
            .layer("machine")
            .definedBy("io.makolb.machine..")
            .layer("balancer")
            .definedBy("io.makolb.balancer..")
            .layer("store")
            .definedBy("io.makolb.store..")
            .layer("plane")
            .definedBy("io.makolb.plane..")
            .layer("ring")
            .definedBy("io.makolb.ring..")
            .layer("libbpf")
            .definedBy("io.makolb.libbpf..")
            .layer("linux")
            .definedBy("io.makolb.linux..")
            .layer("model")
            .definedBy("io.makolb.model..")
            .whereLayer("web")
            .mayOnlyAccessLayers("stats", "machine", "balancer", "store", "plane", "ring", "model")
            .whereLayer("stats")
            .mayOnlyAccessLayers("balancer", "store", "plane", "model")
            .whereLayer("machine")
            .mayOnlyAccessLayers("balancer", "plane", "libbpf", "linux", "model")
            .whereLayer("balancer")
            .mayOnlyAccessLayers("store", "plane", "ring", "model")
            .whereLayer("store")
            .mayOnlyAccessLayers("model")
            .whereLayer("plane")
            .mayOnlyAccessLayers("ring", "libbpf", "linux", "model")
            .whereLayer("ring")
            .mayOnlyAccessLayers("model")
            .whereLayer("libbpf")
            .mayNotAccessAnyLayer()
            .whereLayer("linux")
            .mayNotAccessAnyLayer()
            .whereLayer("model")
            .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule packagesFormNoCycles =
            slices().matching("io.makolb.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule valuesKnowJavaOnly = classes()
            .that()
            .resideInAPackage("io.makolb.model..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.makolb.model..", "org.jspecify..");

    @ArchTest
    static final ArchRule nativeCodeIsBehindTwoDoors = noClasses()
            .that(not(resideInAPackage("io.makolb.libbpf..")).and(not(resideInAPackage("io.makolb.linux.."))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.sun.jna..");

    @ArchTest
    static final ArchRule httpIsInWeb = noClasses()
            .that()
            .resideOutsideOfPackage("io.makolb.web..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.web..", "org.springframework.http..", "jakarta.servlet..");

    @ArchTest
    static final ArchRule sqlIsInTheStore = noClasses()
            .that()
            .resideOutsideOfPackage("io.makolb.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..", "org.springframework.jdbc..");

    @ArchTest
    static final ArchRule jsonIsInWebAndStore = noClasses()
            .that(not(resideInAPackage("io.makolb.web..")).and(not(resideInAPackage("io.makolb.store.."))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule wiringIsNobodysFace = classes()
            .that()
            .areAnnotatedWith(Configuration.class)
            .should()
            .bePackagePrivate()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule dependenciesComeThroughConstructors = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

    @ArchTest
    static final ArchRule oneWayToLog =
            noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");

    @ArchTest
    static final ArchRule nothingPrintsButTheCheckThatIsRunForItsOutput = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.makolb.machine.CheckOnly")
            .should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .because("whoever waits, waits for something");
}
