package io.intermodal.ovf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads what vendors write beside the standard, where it means something. */
class VendorPartsTest {

  private static Envelope read() throws IOException {
    return Envelope.read("vendors.ovf", EnvelopeTest.sample("vendors.ovf"));
  }

  private static Machine machine() throws IOException {
    return read().machines(null).get(0);
  }

  private static <T extends Section> T section(Class<T> kind) throws IOException {
    return read().everywhere(kind).findFirst().orElseThrow();
  }

  @Test
  void readsSectionsOfVmware() throws IOException {
    VmwareSection.IpAssignment ip = section(VmwareSection.IpAssignment.class);
    assertThat(ip.schemes()).containsExactly("dhcp", "ovfenv");
    assertThat(ip.protocols()).containsExactly("IPv4", "IPv6");
    VmwareSection.StorageGroup storage = section(VmwareSection.StorageGroup.class);
    assertThat(storage.name()).isEqualTo("StorageGroupSection");
    assertThat(storage.policyName()).isEqualTo("Fast disks");
    assertThat(storage.description()).isEqualTo("SSD only");
    assertThat(section(VmwareSection.Storage.class).group()).isEqualTo(storage.id());
    VmwareSection.TagPlacementGroup tags = section(VmwareSection.TagPlacementGroup.class);
    assertThat(tags.priority()).isEqualTo(2);
    assertThat(tags.categories()).containsExactly("site");
    assertThat(tags.tags()).containsExactly("north");
    assertThat(section(VmwareSection.TagPlacement.class).group()).isEqualTo(tags.id());
    VmwareSection.ServiceDependency service = section(VmwareSection.ServiceDependency.class);
    assertThat(service.type()).isEqualTo("com.example.service");
    assertThat(service.serviceName()).isEqualTo("A service");
    assertThat(section(VmwareSection.CpuCompatibility.class).levels())
        .containsExactly(
            new VmwareSection.CpuLevel(
                "1", "intel", null, null, "----:----:----:----:----:----:----:---H", null));
    assertThat(section(VmwareSection.DeviceGroups.class).groups())
        .containsExactly(new VmwareSection.DeviceGroup("3", "pair", "GPU and NIC"));
    assertThat(section(VmwareSection.MigrationRequisites.class).requisites())
        .containsExactly(new VmwareSection.Requisite("requirements", "nv"));
  }

  @Test
  void readsSectionsOfVcloud() throws IOException {
    VcloudSection.VappNetwork network =
        section(VcloudSection.NetworkConfig.class).networks().get(0);
    assertThat(network.name()).isEqualTo("lan");
    assertThat(network.fenceMode()).isEqualTo("natRouted");
    assertThat(network.parent()).isEqualTo("uplink");
    assertThat(network.scopes())
        .containsExactly(
            new VcloudSection.IpScope(
                false,
                "192.0.2.1",
                "255.255.255.0",
                "192.0.2.53",
                null,
                null,
                List.of(new VcloudSection.IpRange("192.0.2.10", "192.0.2.20"))));
    VcloudSection.NetworkConnections nics = section(VcloudSection.NetworkConnections.class);
    assertThat(nics.primaryIndex()).isZero();
    assertThat(nics.connections())
        .containsExactly(
            new VcloudSection.NetworkConnection(
                "lan", 0, "192.0.2.11", true, "00:50:56:01:02:03", "MANUAL", true));
    VcloudSection.Customization customization = section(VcloudSection.Customization.class);
    assertThat(customization.goldMaster()).isTrue();
    assertThat(customization.customizeOnInstantiate()).isFalse();
    VcloudSection.LeaseSettings lease = section(VcloudSection.LeaseSettings.class);
    assertThat(lease.deploymentLease()).isEqualTo(Duration.ZERO);
    assertThat(lease.storageLease()).isEqualTo(Duration.ofDays(90));
  }

  @Test
  void keepsPasswordsOfGuestsToItself() throws IOException {
    VcloudSection.GuestCustomization guest = section(VcloudSection.GuestCustomization.class);
    assertThat(guest.computerName()).isEqualTo("vm1");
    assertThat(guest.enabled()).isTrue();
    assertThat(guest.changeSid()).isFalse();
    assertThat(guest.joinDomain()).isNull();
    assertThat(guest.adminPasswordStated()).isTrue();
    assertThat(guest.scriptStated()).isTrue();
    assertThat(guest.adminPassword()).contains("hunter2");
    Envelope envelope = read();
    String shown =
        ""
            + envelope.sections()
            + envelope.contents()
            + envelope.machines(null)
            + envelope.machines(null).get(0).vmwareConfigs()
            + envelope.findings()
            + envelope.portability();
    assertThat(shown).doesNotContain("hunter2").contains("guestinfo.token=***");
  }

  @Test
  void readsSettingsOfVmware() throws IOException {
    Machine machine = machine();
    assertThat(machine.vmwareConfigs())
        .contains(
            new VmwareConfig(false, "firmware", "efi", false, List.of()),
            new VmwareConfig(true, "sched.cpu.latencySensitivity", "high", true, List.of()));
    assertThat(machine.nics().get(0).item().pciSlot()).contains(160);
    assertThat(machine.items().get(0).pciSlot()).isEmpty();
  }

  @Test
  void takesTheSettingThatIsForTheConfiguration() {
    List<VmwareConfig> configs =
        List.of(
            new VmwareConfig(true, "k", "extra", true, List.of()),
            new VmwareConfig(false, "k", "all", true, List.of()),
            new VmwareConfig(false, "k", "big", true, List.of("big")));
    assertThat(VmwareConfig.value(configs, "k", "big")).contains("big");
    assertThat(VmwareConfig.value(configs, "k", "small")).contains("all");
    assertThat(VmwareConfig.value(configs, "k", null)).contains("all");
    assertThat(VmwareConfig.value(configs.subList(0, 1), "k", null)).contains("extra");
    assertThat(VmwareConfig.value(configs, "other", null)).isEmpty();
  }

  @Test
  void knowsWhatTheMachineBootsWith() throws IOException {
    Machine machine = machine();
    assertThat(machine.firmware()).isEqualTo(Firmware.EFI);
    assertThat(machine.secureBoot()).isTrue();
    assertThat(machine.nvram()).isEqualTo(read().file("nv").orElseThrow());
    assertThat(machine.tpm()).isTrue();
    assertThat(machine.bootOrder())
        .containsExactly(
            new BootSource(BootSource.Kind.NETWORK, null, "5", "net"),
            new BootSource(BootSource.Kind.DISK, null, "7", "disk"));
  }

  @Test
  void tellsSecureBootFromSilenceInEveryDialect() throws IOException {
    String vmware = text("vendors.ovf");
    assertThat(
            first(vmware.replace("Enabled\" vmw:value=\"true\"", "Enabled\" vmw:value=\"false\""))
                .secureBoot())
        .isFalse();
    assertThat(first(vmware.replace("bootOptions.efiSecureBootEnabled", "x")).secureBoot())
        .isNull();
    String ovirt = text("cluster.ovf");
    assertThat(first(ovirt).secureBoot()).isFalse();
    assertThat(first(ovirt.replace("<BiosType>3", "<BiosType>4")).secureBoot()).isTrue();
    assertThat(first(ovirt.replace("<BiosType>3", "<BiosType>0")).secureBoot()).isNull();
    assertThat(first(ovirt.replace("<BiosType>3", "<BiosType>0")).firmware()).isNull();
  }

  private static String text(String sample) throws IOException {
    return new String(EnvelopeTest.sample(sample), StandardCharsets.UTF_8);
  }

  private static Machine first(String text) {
    return Envelope.read("a", text.getBytes(StandardCharsets.UTF_8)).machines(null).get(0);
  }

  @Test
  void showsWhereVirtualBoxContradictsTheItems() throws IOException {
    Machine machine = machine();
    VirtualBoxSettings settings = VirtualBoxSettings.of(machine.system()).orElseThrow();
    assertThat(settings.osType()).isEqualTo("Debian_64");
    assertThat(settings.memoryBytes()).isEqualTo(1L << 30);
    assertThat(settings.firmware()).isEqualTo(Firmware.EFI);
    assertThat(settings.tpm()).isEqualTo("v2_0");
    assertThat(settings.chipset()).isEqualTo("ICH9");
    assertThat(settings.bootOrder())
        .extracting(BootSource::kind)
        .containsExactly(BootSource.Kind.OPTICAL, BootSource.Kind.DISK);
    assertThat(settings.adapters())
        .containsExactly(new VirtualBoxSettings.Adapter(0, "82540EM", "08:00:27:aa:bb:cc"));
    assertThat(settings.contradictions(machine))
        .containsExactly(
            new VirtualBoxSettings.Contradiction("cpus", "2", "4"),
            new VirtualBoxSettings.Contradiction("osType", "debian12_64Guest", "Debian_64"));
  }

  @Test
  void keepsThePlainElementsOfOvirt() throws IOException {
    OvirtSettings settings = OvirtSettings.of(first(text("cluster.ovf")).system()).orElseThrow();
    assertThat(settings.values()).containsOnlyKeys("BiosType");
    assertThat(settings.get("BiosType")).contains("3");
    assertThat(OvirtSettings.of(machine().system())).isEmpty();
  }
}
