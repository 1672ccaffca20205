package io.intermodal.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.hypervisor.CpuSpec;
import io.intermodal.hypervisor.Drivers;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineState;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SameCommandTwoHypervisorsSampleTest {

  @TempDir private Path folder;

  @Test
  void oneDoesItLiveAndTheOtherRefusesAndChangesNothing() throws Exception {
    String kvm = "local:" + folder.resolve("kvm") + "?profile=kvm";
    String vsphere = "local:" + folder.resolve("vsphere") + "?profile=vsphere";
    Path ova = SmallAppliance.write(folder.resolve("web-1.ova"));
    for (String uri : List.of(kvm, vsphere)) {
      String html = folder.resolve("report.html").toString();
      Output.of(() -> MoveAppliance.main(new String[] {ova.toString(), uri, html}));
    }

    String printed =
        Output.of(
            () ->
                SameCommandTwoHypervisors.main(
                    new String[] {SmallAppliance.MACHINE, "4", kvm, vsphere}));

    assertThat(printed)
        .contains("web-1: now has 4 cpus")
        .contains("refused, cannot set-cpu web-1 without a reboot")
        .contains("declares REBOOTS", "nothing was changed");
    assertRuns(kvm, 4);
    assertRuns(vsphere, 2);
  }

  private static void assertRuns(String uri, int cpus) {
    try (Hypervisor hypervisor = Drivers.load().connect(uri)) {
      Machine machine = hypervisor.machine(SmallAppliance.MACHINE);
      assertThat(machine.state()).isEqualTo(MachineState.STARTED);
      assertThat(machine.spec().cpu()).isNotNull().extracting(CpuSpec::count).isEqualTo(cpus);
    }
  }
}
