package io.intermodal.driver.local;

import static io.intermodal.driver.local.Folders.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.intermodal.hypervisor.Drivers;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDriverTest {

  private final Drivers drivers = Drivers.load();

  @TempDir Path temporary;

  @Test
  void isFoundAsAPlugin() {
    assertThat(drivers.all()).hasOnlyElementsOfType(LocalDriver.class).hasSize(1);
    assertThat(drivers.knowsScheme("local:/x")).isTrue();
    assertThat(new LocalDriver().version()).isNotBlank();
  }

  @Test
  void saysThatItIsASimulation() {
    try (Hypervisor hypervisor = drivers.connect("local:" + temporary + "?profile=vsphere")) {
      assertThat(hypervisor.info().reality()).isEqualTo(HypervisorInfo.Reality.SIMULATED_FOLDER);
      assertThat(hypervisor.info().product()).isEqualTo("Local folder (vSphere profile)");
    }
  }

  @Test
  void createsNothingBeforeTheFirstMachine() {
    Path folder = temporary.resolve("a b/vms");
    try (Hypervisor hypervisor = Folders.open(folder, "kvm")) {
      assertThat(hypervisor.machines()).isEmpty();
      assertThat(hypervisor.resources().networks()).containsExactly("default");
      assertThat(hypervisor.resources().freeStorageBytes()).isPositive();
      assertThat(folder).doesNotExist();

      Folders.make(hypervisor, "web");
      assertThat(folder.resolve("hypervisor.json")).exists();
    }
  }

  @Test
  void remembersTheProfile() {
    try (Hypervisor hypervisor = Folders.open(temporary, "xen")) {
      Folders.make(hypervisor, "web");
    }
    try (Hypervisor hypervisor = drivers.connect("local:" + temporary)) {
      assertThat(hypervisor.info().product()).contains("Xen");
      assertThat(hypervisor.machine("web").spec().name()).isEqualTo("web");
    }
    assertFails(
            HypervisorError.INVALID_URI,
            () -> drivers.connect("local:" + temporary + "?profile=kvm"))
        .withMessageContaining("its profile is xen");
  }

  @Test
  void refusesASecondProfileThatWasChosenAtTheSameTime() {
    try (Hypervisor one = Folders.open(temporary, "xen");
        Hypervisor other = Folders.open(temporary, "hyperv")) {
      Folders.make(one, "web");
      assertFails(HypervisorError.INVALID_URI, () -> Folders.make(other, "db"))
          .withMessageContaining("its profile is xen");
    }
  }

  @Test
  void refusesAUriThatItDoesNotUnderstand() {
    for (String uri :
        List.of(
            "local:" + temporary,
            "local:" + temporary + "?profile=vmware",
            "local:" + temporary + "?profile=kvm&colour=blue",
            "local:a\0b?profile=kvm")) {
      assertFails(HypervisorError.INVALID_URI, () -> drivers.connect(uri));
    }
    assertFails(HypervisorError.INVALID_URI, () -> drivers.connect("local:" + temporary))
        .withMessageContaining("vsphere, kvm, xen, hyperv");
  }

  @Test
  void refusesAFileAndABrokenFolder() throws Exception {
    Path file = Files.writeString(temporary.resolve("file"), "x");
    assertFails(
            HypervisorError.CONNECTION_FAILED,
            () -> drivers.connect("local:" + file + "?profile=kvm"))
        .withMessageContaining("is no folder");
    Files.writeString(temporary.resolve("hypervisor.json"), "{");
    assertFails(
            HypervisorError.CONNECTION_FAILED,
            () -> drivers.connect("local:" + temporary + "?profile=kvm"))
        .withMessageContaining("hypervisor.json");
  }

  @Test
  void endsWithTheSession() {
    Hypervisor hypervisor = Folders.open(temporary, "kvm");
    hypervisor.close();
    assertThatIllegalStateException().isThrownBy(hypervisor::machines);
  }

  @Test
  void takesNetworksFromItsFile() throws Exception {
    Files.writeString(
        temporary.resolve("hypervisor.json"),
        """
        {"schema": "io.intermodal.local-hypervisor/1", "profile": "kvm",
         "networks": ["default", "dmz 1"]}
        """);
    try (Hypervisor hypervisor = drivers.connect("local:" + temporary)) {
      assertThat(hypervisor.resources().networks()).containsExactly("default", "dmz 1");
    }
  }
}
