package io.intermodal.descriptor;

import static io.intermodal.descriptor.LibvirtSamples.GIB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intermodal.CommonError;
import io.intermodal.IntermodalException;
import io.intermodal.convert.Conversion;
import io.intermodal.convert.ConvertError;
import io.intermodal.convert.Converters;
import io.intermodal.convert.Loss;
import io.intermodal.hypervisor.CpuSpec;
import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Extra;
import io.intermodal.hypervisor.Firmware;
import io.intermodal.hypervisor.GuestOs;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.NicSpec;
import io.intermodal.hypervisor.RemovableDrive;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LibvirtReadingTest {

  private final LibvirtFormat format = new LibvirtFormat();

  private Conversion<LibvirtDomain> sample(String name) {
    return format.readDomain(LibvirtSamples.bytes(name), name, LibvirtSamples.sizes());
  }

  private Conversion<MachineSpec> read(String text) {
    return format.read(text.getBytes(StandardCharsets.UTF_8), "doc.xml");
  }

  @Test
  void readsARunningDomainOfQemu() {
    Conversion<LibvirtDomain> read = sample("qemu-live.xml");
    MachineSpec spec = read.result().spec();

    assertThat(read.result().kind()).isEqualTo(DomainKind.KVM);
    assertThat(spec.toBuilder().extras(List.of()).build())
        .isEqualTo(
            MachineSpec.named("shop & \"Lager\"")
                .uuid("5a4f7c1e-0d0e-4c53-9a55-3f1c0a5b7e11")
                .cpu(new CpuSpec(2, 2))
                .memoryBytes(2 * GIB)
                .firmware(Firmware.EFI)
                .secureBoot(true)
                .guestOs(new GuestOs(null, null, "debian/12", null))
                .addDisk(new DiskSpec("vda", GIB, DiskBus.VIRTIO, 0))
                .addDisk(new DiskSpec("sdb", 2 * GIB, DiskBus.SCSI, 1))
                .addNic(new NicSpec("nic0", "virtio", "br0", "52:54:00:aa:00:01"))
                .addNic(new NicSpec("nic1", "e1000e", "office", "52:54:00:aa:00:02"))
                .addDrive(new RemovableDrive("sda", RemovableDrive.Kind.OPTICAL))
                .bootOrder(List.of("nic0", "vda"))
                .build());
    assertThat(read.losses()).extracting(Loss::rule).containsExactly("libvirt.secret.dropped");
  }

  @Test
  void tellsADriverWhereThingsAre() {
    LibvirtDomain domain = sample("qemu-live.xml").result();

    assertThat(domain.disks())
        .containsExactly(
            new DomainDisk(
                "vda",
                "vda",
                "virtio",
                "file",
                "/srv/images/shop.qcow2",
                null,
                null,
                "qemu",
                "qcow2",
                false,
                true),
            new DomainDisk(
                "sdb",
                "sdb",
                "scsi",
                "volume",
                null,
                "fast",
                "data.raw",
                "qemu",
                "raw",
                false,
                false));
    assertThat(domain.drives()).extracting(DomainDisk::path).containsExactly("/srv/iso/setup.iso");
    assertThat(domain.nic("nic0"))
        .contains(
            new DomainNic("nic0", "bridge", "br0", "52:54:00:aa:00:01", "vnet4", "clean-traffic"));
    assertThat(domain.consoles())
        .containsExactly(
            new DomainConsole("serial", "pty", "isa-serial", 0, "/dev/pts/3"),
            new DomainConsole("console", "pty", "serial", 0, "/dev/pts/3"));
    assertThat(domain.guestAgent()).isTrue();
  }

  @Test
  void keepsWhatItDoesNotInterpretWithoutSecretsAndWithoutTheRun() {
    String extras = sample("qemu-live.xml").result().spec().extras().toString();

    assertThat(extras)
        .contains("host-passthrough", "tickpolicy", "0xbeef", "SHOP-1", "<on_crash>preserve<")
        .contains("Order system", "clean-traffic", "libosinfo")
        .doesNotContain("hidden", "/dev/pts", "vnet4", "balloon0", "virtio-disk0");
  }

  @Test
  void readsParavirtualGuestsOfXen() {
    Conversion<LibvirtDomain> read = sample("xen-pv.xml");
    MachineSpec spec = read.result().spec();

    assertThat(read.losses()).isEmpty();
    assertThat(read.result().kind()).isEqualTo(DomainKind.XEN_PV);
    assertThat(spec.firmware()).isNull();
    assertThat(spec.memoryBytes()).isEqualTo(256L << 20);
    assertThat(spec.disks()).containsExactly(new DiskSpec("xvda", GIB, DiskBus.XEN, 0));
    assertThat(spec.nics())
        .containsExactly(new NicSpec("nic0", "xen-vif", "default", "00:16:3e:00:00:07"));
    assertThat(spec.bootOrder()).isEmpty();
    assertThat(read.result().disk("xvda").orElseThrow().path()).isEqualTo("/srv/web.raw");
    assertThat(read.result().guestAgent()).isFalse();
  }

  @Test
  void readsEmulatedPcsOfXen() {
    LibvirtDomain domain = sample("xen-hvm.xml").result();

    assertThat(domain.kind()).isEqualTo(DomainKind.XEN_HVM);
    assertThat(domain.spec().firmware()).isEqualTo(Firmware.BIOS);
    assertThat(domain.spec().memoryBytes()).isEqualTo(GIB);
    assertThat(domain.spec().nics()).extracting(NicSpec::model).containsExactly("xen-vif");
    assertThat(domain.spec().bootOrder()).containsExactly("nic0", "hda");
    assertThat(domain.disks()).extracting(DomainDisk::path).containsExactly("/dev/vg0/ledger");
    assertThat(domain.drives()).extracting(DomainDisk::path).containsExactly((String) null);
  }

  @Test
  void leavesOutADiskOfUnknownSizeAndSaysSo() {
    Conversion<MachineSpec> read = format.read(LibvirtSamples.bytes("xen-pv.xml"), "xen-pv.xml");

    assertThat(read.result().disks()).isEmpty();
    assertThat(read.losses())
        .singleElement()
        .satisfies(
            loss -> {
              assertThat(loss.rule()).isEqualTo("libvirt.disk.capacity");
              assertThat(loss.severity()).isEqualTo(Loss.Severity.ERROR);
              assertThat(loss.path()).isEqualTo("disks[xvda].capacityBytes");
            });
  }

  private static String domain(String inside) {
    return "<domain type='qemu'><name>a</name><os><type>hvm</type></os>" + inside + "</domain>";
  }

  @ParameterizedTest
  @CsvSource({
    "1 b,1",
    "1 bytes,1",
    "1 KB,1000",
    "1 k,1024",
    "1 KiB,1024",
    "1 MB,1000000",
    "1 M,1048576",
    "3 GiB,3221225472",
    "1 TB,1000000000000",
    "1 PiB,1125899906842624",
    "1 E,1152921504606846976"
  })
  void knowsTheUnitsOfMemory(String text, long bytes) {
    int blank = text.indexOf(' ');
    String unit = text.substring(blank + 1);
    String memory = "<memory unit='" + unit + "'>" + text.substring(0, blank) + "</memory>";

    assertThat(read(domain(memory)).result().memoryBytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<domain type='qemu'/>                                      | it has no <os>",
        "<network/>                                                 | a <domain> is expected",
        "<domain type='lxc'><name>a</name><os/></domain>            | of the type \"lxc\" are not",
        "<domain type='xen'><name>a</name><os><type>exe</type></os></domain> | no guests of the type",
        "<domain type='qemu'><os/></domain>                         | it has no <name>",
        "%<memory unit='E'>8</memory>~                              | from 1 to 2^63 - 1",
        "%<memory unit='ell'>8</memory>~                            | from 1 to 2^63 - 1",
        "%<memory>-8</memory>~                                      | from 1 to 2^63 - 1",
        "%<memory>0</memory>~                                       | from 1 to 2^63 - 1",
        "%<vcpu>0</vcpu>~                                           | the number of processors",
        "%<vcpu current='3'>2</vcpu>~                               | the number of processors",
        "%<vcpu>99999999999</vcpu>~                                 | the number of processors",
      })
  void refusesWhatIsNoDomainAndSaysWhere(String document, String reason) {
    String text =
        document
            .replace("%", "<domain type='qemu'><name>a</name><os><type>hvm</type></os>")
            .replace("~", "</domain>");

    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IntermodalException.class)
        .hasMessageStartingWith("cannot read doc.xml:")
        .hasMessageContaining(reason)
        .extracting(e -> ((IntermodalException) e).code())
        .isEqualTo(ConvertError.UNREADABLE_DESCRIPTOR);
  }

  @Test
  void refusesADoctype() {
    assertThatThrownBy(() -> read("<!DOCTYPE domain SYSTEM 'file:///etc/passwd'>" + domain("")))
        .isInstanceOf(IntermodalException.class)
        .extracting(e -> ((IntermodalException) e).code())
        .isEqualTo(CommonError.XML_FORBIDDEN);
  }

  @Test
  void boundsWhatItReadsAndKeeps() {
    String comment = "<description>" + "x".repeat(DomainXml.MAX_BYTES) + "</description>";
    assertThatThrownBy(() -> read(domain(comment)))
        .extracting(e -> ((IntermodalException) e).code())
        .isEqualTo(CommonError.XML_LIMIT);

    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 1200; i++) {
      many.append("<x/>");
    }
    Conversion<MachineSpec> read = read(domain(many.toString()));
    assertThat(read.result().extras()).hasSize(1000);
    assertThat(read.losses()).extracting(Loss::rule).contains("libvirt.extra.too-many");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vda", "vdz", "vdaa", "xvdba", "sdzzz", "hdd"})
  void countsTheLettersOfTargets(String target) {
    int index = DomainNumbers.indexOf(target).orElseThrow();

    assertThat(target).endsWith(DomainNumbers.letters(index));
    assertThat(DomainNumbers.indexOf("vd" + DomainNumbers.letters(index))).hasValue(index);
  }

  @Test
  void takesNotesThatWereSpoiledForNone() {
    String notes =
        "<metadata><im:machine xmlns:im='urn:intermodal:machine:1'>"
            + "<im:disk target='vda' key='a' capacityBytes='-3'/></im:machine></metadata>"
            + "<devices><disk type='file'><target dev='vda'/></disk></devices>";

    assertThat(read(domain(notes)).losses())
        .extracting(Loss::rule)
        .containsExactly("libvirt.notes.unreadable", "libvirt.disk.capacity");
  }

  @Test
  void givesEachDeviceAKeyOfItsOwn() {
    String twice =
        "<devices><disk><target dev='vda'/></disk><disk><target dev='vda'/></disk>"
            + "<disk device='cdrom'><target dev='vda'/></disk></devices>";
    MachineSpec spec =
        format
            .readDomain(domain(twice).getBytes(StandardCharsets.UTF_8), "x", LibvirtSamples.sizes())
            .result()
            .spec();

    assertThat(spec.disks()).extracting(DiskSpec::key).containsExactly("vda", "vda-2");
    assertThat(spec.drives()).extracting(RemovableDrive::key).containsExactly("vda-3");
  }

  @Test
  void failsOnlyWithItsOwnErrorForMutatedDocuments() {
    Random random = new Random(Long.getLong("intermodal.fuzz.seed", 1));
    Set<Object> expected =
        Set.of(
            ConvertError.UNREADABLE_DESCRIPTOR,
            CommonError.XML_MALFORMED,
            CommonError.XML_FORBIDDEN,
            CommonError.XML_LIMIT);
    byte[][] samples = {
      LibvirtSamples.bytes("qemu-live.xml"),
      LibvirtSamples.bytes("xen-hvm.xml"),
      format.write(sample("qemu-live.xml").result().spec()).result()
    };
    int rounds = Integer.getInteger("intermodal.fuzz.count", 4000);
    int read = 0;
    for (int round = 0; round < rounds; round++) {
      byte[] bad = LibvirtMutation.of(samples[round % samples.length], random);
      try {
        MachineSpec spec = format.readDomain(bad, "fuzz", LibvirtSamples.sizes()).result().spec();
        assertThat(format.write(spec).result()).isNotEmpty();
        read++;
      } catch (IntermodalException e) {
        assertThat(e.code()).isIn(expected);
      }
    }
    assertThat(read).isBetween(rounds / 20, rounds - 1);
  }

  @Test
  void isFoundAsAPlugin() {
    assertThat(Converters.load().descriptor("libvirt-xml")).isInstanceOf(LibvirtFormat.class);
    assertThat(new Extra(LibvirtFormat.ID, "a", "b").namespace()).isEqualTo("libvirt-xml");
  }
}
