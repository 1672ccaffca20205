package io.intermodal.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.Cancellation;
import io.intermodal.evaluate.Observations;
import io.intermodal.evaluate.Outcome;
import io.intermodal.evaluate.TestId;
import io.intermodal.hypervisor.Drivers;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.migrate.guest.GuestProbe;
import io.intermodal.migrate.guest.LabGuest;
import io.intermodal.migrate.guest.ProbeRequest;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Performs table II on a real guest; needs {@code -Dintermodal.lab} and virsh. */
@Tag("lab")
@Tag("long")
final class TableTwoLabTest {

  @TempDir private Path folder;

  @Test
  void performsTableTwoAndLeavesTheMachineAsItWas() throws Exception {
    Properties lab = LabGuest.lab();
    try (LabGuest guest = LabGuest.definedOnQemu(lab, "p-tabletwo", folder);
        Hypervisor host =
            Drivers.load()
                .connect(lab.getProperty("qemu.uri") + "&pool=" + lab.getProperty("qemu.pool"))) {
      Machine machine = host.machine(guest.name());
      MachineSpec before = machine.spec();
      TestSheet sheet = new TestSheet(Observations.on("QEMU", guest.name()));
      HypervisorTestSet.run(
          machine, GuestProbe.standard(), ProbeRequest.defaults(), Cancellation.none(), sheet);
      System.getLogger(TableTwoLabTest.class.getName())
          .log(System.Logger.Level.INFO, () -> TestRunJson.of(sheet.run()).toPrettyString());
      Observations seen = sheet.observations().build();
      for (String test :
          new String[] {
            "1.1.a", "1.1.b", "1.1.c", "1.1.d", "1.1.e", "1.1.f", "1.1.g", "1.2.a", "1.2.b",
            "1.2.c", "1.3.b", "1.4.a", "1.5.b", "1.5.c"
          }) {
        assertThat(seen.of(TestId.of(test)))
            .as("%s: %s", test, seen.of(TestId.of(test)).describe())
            .satisfies(one -> assertThat(one.outcome()).isEqualTo(Outcome.SUCCESSFUL));
      }
      assertThat(machine.state()).isEqualTo(MachineState.STOPPED);
      assertThat(machine.spec()).isEqualTo(before);
    }
  }
}
