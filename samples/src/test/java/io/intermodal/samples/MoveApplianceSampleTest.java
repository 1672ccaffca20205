package io.intermodal.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.intermodal.IntermodalException;
import io.intermodal.hypervisor.Drivers;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.MachineState;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MoveApplianceSampleTest {

  @TempDir private Path folder;

  @Test
  void machineRunsAtTheTargetAndTheReportIsWritten() throws Exception {
    Path ova = SmallAppliance.write(folder.resolve("web-1.ova"));
    String uri = "local:" + folder.resolve("kvm") + "?profile=kvm";
    Path html = folder.resolve("report.html");

    String printed =
        Output.of(() -> MoveAppliance.main(new String[] {ova.toString(), uri, html.toString()}));

    assertThat(printed).contains(": identical").doesNotContain("DIFFERS");
    assertThat(html).content().startsWith("<!DOCTYPE html>").contains("COMPLETED", "IDENTICAL");
    try (Hypervisor hypervisor = Drivers.load().connect(uri)) {
      assertThat(hypervisor.machine(SmallAppliance.MACHINE).state())
          .isEqualTo(MachineState.STARTED);
      assertThat(printed).contains("web-1 is " + hypervisor.machine(SmallAppliance.MACHINE).id());
    }
  }

  @Test
  void refusesASecondMachineOfTheSameName() throws Exception {
    Path ova = SmallAppliance.write(folder.resolve("web-1.ova"));
    String uri = "local:" + folder.resolve("kvm") + "?profile=kvm";
    String[] args = {ova.toString(), uri, folder.resolve("report.html").toString()};
    Output.of(() -> MoveAppliance.main(args));

    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> Output.of(() -> MoveAppliance.main(args)))
        .withMessageContaining("cannot migrate web-1")
        .withMessageContaining("name");
  }
}
