package io.intermodal.driver.local;

import static io.intermodal.driver.local.Folders.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamesTest {

  private static final List<String> HARD =
      List.of(
          "..",
          ".",
          "../up",
          "/etc/passwd",
          "a/b\\c",
          "web 1",
          " web",
          "a\"b'c",
          "Grüße",
          "機械",
          "con",
          "CON",
          ".hidden",
          "v1",
          "\ud83d\ude80",
          "x".repeat(200),
          "?profile=xen");

  @TempDir Path folder;

  @Test
  void takesAnyNameAndKeepsIt() throws Exception {
    try (Hypervisor hypervisor = Folders.open(folder, "kvm")) {
      for (String name : HARD) {
        Machine machine = Folders.make(hypervisor, name);
        assertThat(machine.name()).isEqualTo(name);
        assertThat(hypervisor.machine(name).id()).isEqualTo(machine.id());
        assertThat(hypervisor.machine(machine.id()).name()).isEqualTo(name);
        assertThat(folder.resolve(machine.id()).resolve("state.json")).exists();
      }
      assertThat(hypervisor.machines())
          .extracting(Machine::name)
          .containsExactlyElementsOf(HARD.stream().sorted().toList());
    }
    assertThat(folder.resolve("con")).doesNotExist();
  }

  @Property(tries = 500)
  void makesFileNamesThatAreSafeAndDiffer(@ForAll String name) {
    String safe = SafeName.of(name);

    assertThat(safe).matches("[a-z0-9][a-z0-9-]*(~[0-9a-f]{16})?").hasSizeLessThan(60);
    assertThat(SafeName.of(name)).isEqualTo(safe);
    assertThat(SafeName.of(name + "x")).isNotEqualTo(safe);
    assertThat(safe).isEqualTo(safe.toLowerCase(Locale.ROOT));
  }

  @Test
  void stepsAsideForAForeignFolder() throws Exception {
    Files.createDirectory(folder.resolve("web"));
    try (Hypervisor hypervisor = Folders.open(folder, "kvm")) {
      assertThat(Folders.make(hypervisor, "web").id()).isEqualTo("web~2");
    }
  }

  @Test
  void listsABrokenMachineAndSaysWhatIsBroken() throws Exception {
    try (Hypervisor hypervisor = Folders.open(folder, "kvm")) {
      Folders.make(hypervisor, "db");
      Folders.make(hypervisor, "web");
      Files.writeString(folder.resolve("web/state.json"), "{\"schema\":1}");
      Machine broken = hypervisor.machine("web");
      assertThat(hypervisor.machines()).hasSize(2);
      assertThat(broken.state()).isEqualTo(MachineState.ERROR);
      assertFails(HypervisorError.BROKEN_MACHINE, broken::spec).withMessageContaining("state.json");
      assertFails(HypervisorError.BROKEN_MACHINE, broken::start);
    }
  }

  @Test
  void refusesAStateThatWouldLeadOutOfTheMachine() throws Exception {
    try (Hypervisor hypervisor = Folders.open(folder, "kvm")) {
      Machine machine = Folders.make(hypervisor, "web");
      Path state = folder.resolve("web/state.json");
      Files.writeString(state, Files.readString(state).replace("\"v1\"", "\"../../etc\""));
      assertFails(HypervisorError.BROKEN_MACHINE, machine::spec)
          .withMessageContaining("current is ../../etc");
    }
  }

  @Test
  void asksForTheIdWhereANameIsAmbiguous() throws Exception {
    try (Hypervisor hypervisor = Folders.open(folder, "kvm")) {
      Folders.make(hypervisor, "web");
      Path copy = folder.resolve("copy");
      Files.createDirectories(copy.resolve("v1"));
      Files.copy(folder.resolve("web/state.json"), copy.resolve("state.json"));
      Files.copy(folder.resolve("web/v1/machine.json"), copy.resolve("v1/machine.json"));
      assertThat(hypervisor.machine("web").id()).isEqualTo("web");
      Files.move(folder.resolve("web"), folder.resolve("other"));
      assertFails(HypervisorError.MACHINE_NOT_FOUND, () -> hypervisor.machine("web"))
          .withMessageContaining("copy, other");
      assertFails(HypervisorError.MACHINE_NOT_FOUND, () -> hypervisor.machine("db"))
          .withMessageContaining("it has web, web");
    }
  }
}
