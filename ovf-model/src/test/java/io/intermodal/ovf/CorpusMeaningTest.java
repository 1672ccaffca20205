package io.intermodal.ovf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.abort;

import io.intermodal.IntermodalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks what real documents mean against what is written in them. */
class CorpusMeaningTest {

  private static Path corpus() {
    String folder = System.getProperty("intermodal.corpus", "");
    if (!folder.isBlank() && Files.isDirectory(Path.of(folder, "ovf"))) {
      return Path.of(folder, "ovf");
    }
    if (Boolean.getBoolean("intermodal.require")) {
      return fail("intermodal.corpus names no folder with real documents, and it is required");
    }
    return abort("intermodal.corpus names no folder with real documents");
  }

  private static Envelope real(String name) throws IOException {
    Path file = corpus().resolve("real").resolve(name);
    return Envelope.read(name, Files.readAllBytes(file));
  }

  private static Envelope vmware(String name) throws IOException {
    return real("vmware__govmomi/" + name);
  }

  private static Envelope conformance(String name) throws IOException {
    Path file = corpus().resolve("conformance").resolve(name);
    return Envelope.read(name, Files.readAllBytes(file));
  }

  private static <T extends Section> T first(Envelope envelope, Class<T> kind) {
    return envelope.everywhere(kind).findFirst().orElseThrow();
  }

  @Test
  void everyDescriptorHasAMeaning() throws IOException {
    List<String> untyped = new ArrayList<>();
    try (Stream<Path> all = Files.walk(corpus())) {
      for (Path file :
          all.filter(f -> f.toString().toLowerCase(Locale.ROOT).endsWith(".ovf")).toList()) {
        Envelope envelope;
        try {
          envelope = Envelope.read(file.toString(), Files.readAllBytes(file));
        } catch (IntermodalException e) {
          continue;
        }
        envelope.startupPlan();
        Portability portability = envelope.portability();
        assertThat(portability.level() == 3)
            .as(file.toString())
            .isEqualTo(portability.reasons().stream().anyMatch(Extension::required));
        assertThat(envelope.notUnderstood().size())
            .isLessThanOrEqualTo(
                (int) portability.reasons().stream().filter(Extension::required).count());
        for (String language : envelope.languages()) {
          assertThat(envelope.localized(language).files()).isEqualTo(envelope.files());
        }
        envelope
            .everywhere(Section.Other.class)
            .filter(s -> s.header().element().namespace().contains("dmtf.org/ovf/envelope"))
            .filter(s -> !s.header().element().localName().equals("Section"))
            .forEach(s -> untyped.add(file.getFileName() + " " + s.name()));
      }
    }
    // Both made up by their authors, in a namespace that is not theirs.
    assertThat(untyped)
        .containsExactlyInAnyOrder(
            "external.ovf RandomSection",
            "section_extensibility.ovf UserDefinedSectionToAllowExtensibility");
  }

  @Test
  void placementAndScale() throws IOException {
    Section.ScaleOut copies = first(vmware("ImportOvf2014_scaleout.ovf"), Section.ScaleOut.class);
    assertThat(copies.id()).isEqualTo("vs1");
    assertThat(copies.counts()).containsExactly(new InstanceCount(1, 2, 4, List.of()));
    Envelope placed = vmware("ImportOvf2014_aag-1-vm-AA.ovf");
    Section.PlacementGroup group = first(placed, Section.PlacementGroup.class);
    assertThat(group.policy()).isEqualTo("availability");
    assertThat(group.id()).isEqualTo("section4");
    assertThat(first(placed, Section.Placement.class).group()).isEqualTo("section4");
    Envelope shared = real("gaetanoan__ovf-toolkit/ovf-renderer_src_main_resources_Ovf1VS.ovf");
    assertThat(shared.disks())
        .filteredOn(Disk::shared)
        .extracting(Disk::id, Disk::capacityBytes, Disk::readOnly)
        .containsExactly(tuple("shared1", 8L << 30, false), tuple("shared2", 8L << 30, false));
  }

  @Test
  void productsAndRanges() throws IOException {
    Envelope service = real("gaetanoan__ovf-toolkit/ovf-parser_src_test_resources_myservice.ovf");
    assertThat(service.products().get(0).icons())
        .containsExactly(new Icon("icon", "image/jpeg", 32, 32));
    assertThat(
            conformance("VirtualHardware_1_0/Pos/valid_bound.ovf").machines(null).get(0).ranges())
        .containsExactly(
            new ResourceRange(
                "2", 4, ResourceRange.Property.QUANTITY, 384L << 20, 512L << 20, 1024L << 20));
    assertThat(
            service
                .everywhere(Section.ResourceAllocation.class)
                .flatMap(s -> s.ranges(null).stream()))
        .containsExactly(
            new ResourceRange(
                "1",
                3,
                ResourceRange.Property.RESERVATION,
                500_000_000L,
                500_000_000L,
                1_500_000_000L));
  }

  @Test
  void diskChains() throws IOException {
    Envelope crm = vmware("SugarCRM_SugarCRM.ovf");
    assertThat(crm.chain(crm.disk("vmdisk1").orElseThrow()))
        .extracting(Disk::id)
        .containsExactly("basedisk14", "vmdisk1");
    assertThat(crm.chain(crm.disk("vmdisk5").orElseThrow()))
        .extracting(Disk::id)
        .containsExactly("vmdisk5");
    assertThat(crm.chain(crm.disk("vmdisk6").orElseThrow()).get(0).id()).isEqualTo("basedisk36");
  }

  @Test
  void startupPlans() throws IOException {
    StartupPlan crm = vmware("SugarCRM_SugarCRM.ovf").startupPlan();
    assertThat(crm.groups())
        .extracting(
            StartupPlan.Group::order,
            g -> g.steps().get(0).member().id(),
            StartupPlan.Group::startDelay)
        .containsExactly(
            tuple(1, "db", Duration.ofSeconds(400)), tuple(2, "web", Duration.ofSeconds(370)));
    assertThat(crm.groups().get(0).steps().get(0).stop())
        .isEqualTo(StartupPlan.StopAction.GUEST_SHUTDOWN);
    assertThat(crm.groups().get(0).steps().get(0).waitingForGuest()).isTrue();
    StartupPlan.Group first =
        vmware("vApp-BootOrder_vApp-BootOrder.ovf").startupPlan().groups().get(0);
    assertThat(first.steps().get(0).member().id()).isEqualTo("vm-b2");
    assertThat(first.steps().get(0).stop()).isEqualTo(StartupPlan.StopAction.SUSPEND);
    assertThat(first.stopDelay()).isEqualTo(Duration.ofSeconds(62));
  }

  @Test
  void translations() throws IOException {
    Envelope eula = vmware("OVFToolTemplates_OVF_xmltestfiles_eula_eula.ovf");
    assertThat(eula.languages()).contains("zh", "fr", "en");
    assertThat(eula.eulas().get(1).license()).isNull();
    assertThat(eula.localized("fr-CA").eulas().get(1).license())
        .startsWith("(French) VM anglais EULA # 1");
    assertThat(eula.localized("zh").eulas().get(2).license())
        .isEqualTo(eula.localized("en").eulas().get(2).license())
        .isEqualTo("(English) VM English EULA #2");
    Envelope options = vmware("configspec.ovf");
    assertThat(options.deploymentOptions().get(0).label()).isNull();
    assertThat(options.localized("en").deploymentOptions())
        .extracting(DeploymentOption::label)
        .containsExactly("Default", "Frontend Network");
    Envelope external = vmware("external.ovf");
    assertThat(external.languages()).containsExactly("en-US", "da", "de");
  }

  @Test
  void firmwareAndItsFiles() throws IOException {
    Machine licence =
        vmware("vmware_Vcf-License-Server-9.1.0.0.25262073.ovf").machines(null).get(0);
    assertThat(licence.firmware()).isEqualTo(Firmware.EFI);
    assertThat(licence.secureBoot()).isTrue();
    assertThat(licence.tpm()).isFalse();
    Machine director =
        real("vmware__go-vcloud-director/test-resources_test_vapp_template_ovf_descriptor.ovf")
            .machines(null)
            .get(0);
    assertThat(director.firmware()).isEqualTo(Firmware.BIOS);
    assertThat(director.secureBoot()).isFalse();
    // The file is named and was never packed.
    assertThat(director.nvram()).isNull();
    assertThat(VmwareConfig.value(director.vmwareConfigs(), "nvram", null))
        .contains("yVM-IFrD.nvram");
    Machine old = real("glennmatthews__cot/COT_tests_input.ovf").machines(null).get(0);
    assertThat(old.firmware()).isNull();
    assertThat(old.secureBoot()).isNull();
    Machine fedora =
        real("coreos__coreos-assembler/src_virtualbox-template.xml.ovf").machines(null).get(0);
    assertThat(fedora.firmware()).isEqualTo(Firmware.EFI);
    assertThat(VirtualBoxSettings.of(fedora.system()).orElseThrow().osType())
        .isEqualTo("Fedora_64");
  }

  @Test
  void vendorSections() throws IOException {
    Envelope crm = vmware("SugarCRM_SugarCRM.ovf");
    VmwareSection.IpAssignment ip = first(crm, VmwareSection.IpAssignment.class);
    assertThat(ip.schemes()).containsExactly("ovfenv", "dhcp");
    assertThat(ip.protocols()).containsExactly("IPv4");
    Envelope groups = vmware("vdg-vm.ovf");
    assertThat(first(groups, VmwareSection.DeviceGroups.class).groups())
        .extracting(VmwareSection.DeviceGroup::name)
        .containsExactly("testGroup0", "testGroup1");
    Envelope complete = vmware("ImportOvf2014_complete_vs_11.ovf");
    assertThat(first(complete, VmwareSection.ServiceDependency.class).type())
        .isEqualTo("com.vmware.vservice.extension");
    assertThat(complete.notUnderstood())
        .extracting(Extension::name)
        .contains("vServiceDependencySection");
    assertThat(complete.machines(null).get(0).bootOrder())
        .containsExactly(new BootSource(BootSource.Kind.DISK, null, "8", "disk"));
    assertThat(
            first(
                    vmware("oldOvfs_xp_deltaDisk_xp_deltaDisk.ovf"),
                    VmwareSection.CpuCompatibility.class)
                .levels())
        .extracting(VmwareSection.CpuLevel::vendor)
        .containsExactly(null, "amd");
    assertThat(first(vmware("vcsa65.ovf"), VmwareSection.MigrationRequisites.class).requisites())
        .extracting(VmwareSection.Requisite::purpose)
        .containsExactly("requirements");
  }

  @Test
  void vcloudSections() throws IOException {
    Envelope flexible = vmware("FlexibleNicType_FlexibleNic.ovf");
    assertThat(first(flexible, VcloudSection.NetworkConnections.class).connections())
        .containsExactly(
            new VcloudSection.NetworkConnection(
                "VLAN-440", 0, null, true, "00:50:56:16:01:2c", "DHCP", true));
    assertThat(first(flexible, VcloudSection.LeaseSettings.class).storageLease())
        .isEqualTo(Duration.ofHours(12));
    Envelope director =
        real("vmware__go-vcloud-director/test-resources_test_vapp_template_ovf_descriptor.ovf");
    VcloudSection.VappNetwork network =
        first(director, VcloudSection.NetworkConfig.class).networks().get(0);
    assertThat(network.fenceMode()).isEqualTo("isolated");
    assertThat(network.scopes().get(0).gateway()).isEqualTo("192.168.254.1");
    assertThat(network.scopes().get(0).ranges())
        .containsExactly(new VcloudSection.IpRange("192.168.254.100", "192.168.254.199"));
    VcloudSection.GuestCustomization guest =
        first(director, VcloudSection.GuestCustomization.class);
    assertThat(guest.computerName()).isEqualTo("yVM-001");
    assertThat(guest.adminPasswordAuto()).isTrue();
    assertThat(guest.adminPasswordStated()).isFalse();
  }

  @Test
  void virtualBoxAndOvirt() throws IOException {
    Machine ubuntu = real("glennmatthews__cot/COT_tests_ubuntu.2.0.ovf").machines(null).get(0);
    VirtualBoxSettings settings = VirtualBoxSettings.of(ubuntu.system()).orElseThrow();
    assertThat(settings.cpus()).isEqualTo(1);
    assertThat(settings.memoryBytes()).isEqualTo(512L << 20);
    assertThat(settings.bootOrder())
        .extracting(BootSource::kind)
        .containsExactly(BootSource.Kind.FLOPPY, BootSource.Kind.OPTICAL, BootSource.Kind.DISK);
    assertThat(settings.adapters())
        .containsExactly(new VirtualBoxSettings.Adapter(0, "82540EM", "08:00:27:2a:fb:4e"));
    assertThat(settings.contradictions(ubuntu)).isEmpty();
    Machine engine =
        real("oVirt__ovirt-engine/backend_manager_modules_bll_src_test_resources_vmOvfData.xml.ovf")
            .machines(null)
            .get(0);
    OvirtSettings ovirt = OvirtSettings.of(engine.system()).orElseThrow();
    assertThat(ovirt.get("TemplateName")).contains("Blank");
    assertThat(ovirt.get("MinAllocatedMem")).contains("1024");
    assertThat(ovirt.get("Name")).isEmpty();
  }
}
