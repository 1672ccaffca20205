package io.intermodal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.hypervisor.Capabilities;
import io.intermodal.hypervisor.HypervisorInfo;
import io.intermodal.hypervisor.HypervisorUri;
import io.intermodal.hypervisor.Operation;
import io.intermodal.hypervisor.Resources;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a hypervisor says of itself is whole, and each gap is told. */
interface DeclarationContract extends ContractPart {

  @Test
  @Order(Phase.DECLARED)
  default void saysWhatItIs() {
    HypervisorInfo info = bench().hypervisor().info();
    assertThat(info.driver()).matches("[a-z0-9-]+");
    assertThat(info.product()).isNotBlank();
    assertThat(info.version()).isNotBlank();
    assertThat(HypervisorUri.parse(info.uri()).toString()).isEqualTo(info.uri());
  }

  @Test
  @Order(Phase.DECLARED)
  default void declaresFormatsWhereItDeclaresTransfers() {
    Capabilities capabilities = bench().capabilities();
    assertThat(!capabilities.importFormats().isEmpty())
        .as("import formats are stated exactly when imports are")
        .isEqualTo(capabilities.supports(Operation.IMPORT));
    assertThat(!capabilities.exportFormats().isEmpty())
        .as("export formats are stated exactly when exports are")
        .isEqualTo(capabilities.supports(Operation.EXPORT));
    assertThat(capabilities.limits().source()).isNotBlank();
  }

  @Test
  @Order(Phase.DECLARED)
  default void declaresWhatComesInPairs() {
    Capabilities capabilities = bench().capabilities();
    assertThat(capabilities.supports(Operation.UNPAUSE))
        .isEqualTo(capabilities.supports(Operation.PAUSE));
    assertThat(capabilities.supports(Operation.RESUME))
        .isEqualTo(capabilities.supports(Operation.SUSPEND));
    assertThat(capabilities.supports(Operation.REVERT))
        .isEqualTo(capabilities.supports(Operation.SNAPSHOT));
  }

  @Test
  @Order(Phase.DECLARED)
  default void answersWhatItHasToGive() {
    Resources resources = bench().hypervisor().resources();
    if (resources.freeStorageBytes() != null) {
      assertThat(resources.freeStorageBytes()).isNotNegative();
    }
    if (resources.hostCpus() != null) {
      assertThat(resources.hostCpus()).isPositive();
    }
    assertThat(resources.networks()).doesNotHaveDuplicates();
  }

  /** Shows each gap where the results of tests are read: a skipped test with its reason. */
  @TestFactory
  @Order(Phase.DECLARED)
  default Stream<DynamicTest> gapsThatTheAuthorDeclares() {
    return bench().driver().gaps().keySet().stream()
        .sorted()
        .map(point -> DynamicTest.dynamicTest("lacks " + point, () -> bench().need(point)));
  }
}
