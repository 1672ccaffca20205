package io.intermodal.ovf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.intermodal.IntermodalException;
import io.intermodal.xml.XmlDocument;
import io.intermodal.xml.XmlReader;
import io.intermodal.xml.XmlWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

  static byte[] sample(String name) throws IOException {
    try (InputStream in = EnvelopeTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  private static Envelope read(String name) throws IOException {
    return Envelope.read(name, sample(name));
  }

  @Test
  void readsWhatIsWritten() throws IOException {
    Envelope envelope = read("options.ovf");
    assertThat(envelope.version()).contains(OvfVersion.V1_1);
    assertThat(envelope.language()).contains("en-US");
    assertThat(envelope.defaultDeploymentOption()).contains("large");
    assertThat(envelope.propertyCount()).isEqualTo(2);
    assertThat(envelope.sectionNames())
        .containsExactly(
            "DeploymentOptionSection",
            "DiskSection",
            "FooSection",
            "NetworkSection",
            "OperatingSystemSection",
            "ProductSection",
            "VirtualHardwareSection");
    assertThat(envelope.disks()).extracting(Disk::capacityBytes).containsExactly(8L << 30, null);
  }

  @Test
  void givesTheMachineOfTheDefaultOption() throws IOException {
    Machine machine = read("options.ovf").machines(null).get(0);
    assertThat(machine.name()).isEqualTo("web");
    assertThat(machine.collectionPath()).containsExactly("outer", "inner");
    assertThat(machine.cpus()).isEqualTo(4);
    assertThat(machine.coresPerSocket()).isEqualTo(2);
    assertThat(machine.memoryBytes()).isEqualTo(512L << 20);
    assertThat(machine.firmware()).isEqualTo(Firmware.EFI);
    assertThat(machine.guestOs()).isEqualTo(new GuestOs("94", "22.04", "Ubuntu", "ubuntu64Guest"));
    assertThat(machine.virtualSystemTypes()).containsExactly("vmx-13", "vmx-14");
    assertThat(machine.transports()).containsExactly("iso", "com.vmware.guestInfo");
    assertThat(machine.removableDrives()).isEqualTo(1);
    Machine.AttachedDisk disk = machine.disks().get(0);
    assertThat(disk.capacityBytes()).isEqualTo(8L << 30);
    assertThat(disk.bus()).isEqualTo("scsi");
    assertThat(disk.unit()).isEqualTo(2);
    assertThat(machine.nics().get(0).mac()).isEqualTo("00:50:56:aa:bb:cc");
  }

  @Test
  void givesTheMachineOfAChosenOption() throws IOException {
    Machine machine = read("options.ovf").machines("small").get(0);
    assertThat(machine.cpus()).isEqualTo(1);
    assertThat(machine.coresPerSocket()).isNull();
    assertThat(machine.disks().get(0).capacityBytes()).isEqualTo(4L << 30);
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> read("options.ovf").machines("huge"))
        .withMessageContaining("there are small, large");
  }

  @Test
  void reportsWhatACarefulReaderSees() throws IOException {
    assertThat(read("options.ovf").findings())
        .extracting(Finding::code)
        .containsExactlyInAnyOrder(
            FindingCode.PLACEHOLDER,
            FindingCode.NETWORK_UNKNOWN,
            FindingCode.SECTION_REQUIRED_UNKNOWN,
            FindingCode.SECRET_STATED,
            FindingCode.DISK_UNUSED,
            FindingCode.ATTRIBUTE_UNQUALIFIED);
    Finding finding = read("options.ovf").findings().get(0);
    assertThat(finding.line()).isEqualTo(12);
    assertThat(finding.path()).isEqualTo("/Envelope/DiskSection/Disk[2]");
  }

  @Test
  void readsTheFirstDialect() throws IOException {
    Envelope envelope = read("draft09.ovf");
    assertThat(envelope.version()).contains(OvfVersion.V0_9);
    assertThat(envelope.sectionNames()).containsExactly("DiskSection", "VirtualHardwareSection");
    Machine machine = envelope.machines(null).get(0);
    assertThat(machine.cpus()).isEqualTo(2);
    assertThat(machine.memoryBytes()).isNull();
    assertThat(machine.guestOs()).isNull();
    assertThat(machine.firmware()).isNull();
    assertThat(machine.disks().get(0).bus()).isEqualTo("ide");
    assertThat(machine.disks().get(0).capacityBytes()).isEqualTo(1L << 20);
    assertThat(machine.controllers().get(0).busNumber()).isEqualTo(1);
  }

  @Test
  void keepsSecretsToItself() throws IOException {
    Envelope envelope = read("options.ovf");
    String all =
        envelope
            + ""
            + envelope.products()
            + envelope.contents()
            + envelope.machines(null)
            + envelope.findings()
            + envelope.document();
    assertThat(all).doesNotContain("s3cret");
    assertThat(envelope.machines(null).get(0).properties().get(1).value()).isEqualTo("s3cret");
  }

  @Test
  void losesNothing() throws IOException {
    XmlDocument document = read("options.ovf").document();
    XmlDocument back = XmlReader.standard().read("again", XmlWriter.exact().toBytes(document));
    assertThat(back.root()).isEqualTo(document.root());
  }

  @Test
  void refusesOtherXml() {
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> Envelope.read("a", "<domain/>".getBytes(StandardCharsets.UTF_8)))
        .satisfies(e -> assertThat(e.code()).isEqualTo(OvfError.NOT_AN_ENVELOPE));
  }

  @Test
  void brokenDescriptorsEndInOurErrorsOnly() throws IOException {
    for (String name : new String[] {"options.ovf", "draft09.ovf"}) {
      byte[] sample = sample(name);
      Random random = new Random(7);
      for (int i = 0; i < 1500; i++) {
        byte[] broken = sample.clone();
        for (int n = random.nextInt(6); n >= 0; n--) {
          int at = random.nextInt(broken.length);
          int from = random.nextInt(broken.length);
          int length = Math.min(random.nextInt(12), broken.length - Math.max(at, from));
          System.arraycopy(sample, from, broken, at, length);
        }
        broken = i % 5 == 0 ? Arrays.copyOf(broken, random.nextInt(broken.length)) : broken;
        try {
          Envelope.read("a", broken).machines(null);
        } catch (IntermodalException expected) {
          assertThat(expected.getMessage()).startsWith("cannot read");
        }
      }
    }
  }
}
