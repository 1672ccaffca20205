package io.intermodal.ovf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.intermodal.IntermodalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Works out what sections mean together. */
class MeaningTest {

  private static final String HEAD =
      "<Envelope xmlns='http://schemas.dmtf.org/ovf/envelope/1'"
          + " xmlns:ovf='http://schemas.dmtf.org/ovf/envelope/1'"
          + " xmlns:rasd='http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/"
          + "CIM_ResourceAllocationSettingData'><References/>";

  private static Envelope envelope(String body) {
    return Envelope.read("a", (HEAD + body + "</Envelope>").getBytes(StandardCharsets.UTF_8));
  }

  private static Envelope read() throws IOException {
    return Envelope.read("newsections.ovf", EnvelopeTest.sample("newsections.ovf"));
  }

  private static ResourceRange range(
      String id, int type, @Nullable Long min, @Nullable Long normal, @Nullable Long max) {
    return new ResourceRange(id, type, ResourceRange.Property.QUANTITY, min, normal, max);
  }

  @Test
  void boundsResourcesInTheChosenConfiguration() throws IOException {
    Envelope envelope = read();
    assertThat(envelope.machines("one").get(0).ranges())
        .containsExactly(range("1", 3, 2L, 4L, 8L), range("2", 4, 256L << 20, 512L << 20, null));
    Machine many = envelope.machines("many").get(0);
    ResourceRange cpus = many.rangeOf(many.items().get(0)).orElseThrow();
    assertThat(cpus).isEqualTo(range("1", 3, 2L, 4L, 16L));
    assertThat(cpus.allows(1)).isFalse();
    assertThat(cpus.allows(16)).isTrue();
    assertThat(cpus.allows(17)).isFalse();
    assertThat(many.rangeOf(many.items().get(2))).isEmpty();
  }

  @Test
  void aMarkerWithoutUnitHasThatOfItsDevice() {
    String item = "<rasd:InstanceID>1</rasd:InstanceID><rasd:ResourceType>4</rasd:ResourceType>";
    Machine machine =
        envelope(
                "<VirtualSystem ovf:id='a'><Info/><VirtualHardwareSection><Info/><Item>"
                    + item
                    + "<rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits>"
                    + "<rasd:VirtualQuantity>512</rasd:VirtualQuantity></Item>"
                    + "<Item ovf:bound='max'>"
                    + item
                    + "<rasd:VirtualQuantity>1024</rasd:VirtualQuantity></Item>"
                    + "</VirtualHardwareSection></VirtualSystem>")
            .machines(null)
            .get(0);
    assertThat(machine.memoryBytes()).isEqualTo(512L << 20);
    assertThat(machine.ranges()).containsExactly(range("1", 4, null, 512L << 20, 1L << 30));
  }

  @Test
  void addressesDisksByBusAndUnit() throws IOException {
    Machine machine = read().machines(null).get(0);
    assertThat(machine.addressOf(machine.disks().get(0)))
        .isEqualTo(new DeviceAddress("scsi", 1, 2));
  }

  @Test
  void choosesHardwareByFamily() throws IOException {
    Envelope envelope = read();
    assertThat(envelope.machines(null).get(0).cpus()).isEqualTo(4);
    assertThat(envelope.machines(null, List.of("XEN-3")).get(0).cpus()).isEqualTo(1);
    assertThat(envelope.machines(null, List.of("xen-3", "vmx-15")).get(0).cpus()).isEqualTo(4);
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> envelope.machines(null, List.of("virtualbox-2.2")))
        .satisfies(e -> assertThat(e.code()).isEqualTo(OvfError.HARDWARE_UNSUPPORTED))
        .withMessageContaining("it is for vmx-14, vmx-15, xen-3 only");
    Envelope any =
        envelope(
            "<VirtualSystem ovf:id='a'><Info/><VirtualHardwareSection><Info/></VirtualHardwareSection></VirtualSystem>");
    assertThat(any.machines(null, List.of("xen-3")).get(0).hardware()).isNotNull();
  }

  @Test
  void listsAChainOfDisksFromItsBase() throws IOException {
    Envelope envelope = read();
    assertThat(envelope.chain(envelope.disk("d-top").orElseThrow()))
        .extracting(Disk::id)
        .containsExactly("d-base", "d-top");
    assertThat(envelope.chain(envelope.disk("d-base").orElseThrow())).hasSize(1);
  }

  @Test
  void refusesChainsWithoutBase() {
    Envelope envelope =
        envelope(
            "<DiskSection><Info/><Disk ovf:diskId='a' ovf:capacity='1' ovf:parentRef='b'/>"
                + "<Disk ovf:diskId='b' ovf:capacity='1' ovf:parentRef='a'/>"
                + "<Disk ovf:diskId='c' ovf:capacity='1' ovf:parentRef='gone'/></DiskSection>"
                + "<VirtualSystem ovf:id='v'><Info/></VirtualSystem>");
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> envelope.chain(envelope.disk("a").orElseThrow()))
        .satisfies(e -> assertThat(e.code()).isEqualTo(OvfError.DISK_CHAIN))
        .withMessageContaining("in a circle at a");
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> envelope.chain(envelope.disk("c").orElseThrow()))
        .withMessageContaining("the parent gone is not there");
  }

  @Test
  void plansStartsByOrderWithDefaultsPutIn() {
    Envelope envelope =
        envelope(
            "<VirtualSystemCollection ovf:id='top'><Info/><StartupSection><Info/>"
                + "<Item ovf:id='web' ovf:order='2' ovf:startAction='none' ovf:stopAction='suspend'/>"
                + "<Item ovf:id='db' ovf:order='1' ovf:startDelay='30' ovf:stopDelay='9'"
                + " ovf:waitingForGuest='true' ovf:stopAction='guestShutdown'/>"
                + "<Item ovf:id='inner' ovf:order='1' ovf:startDelay='40'/>"
                + "<Item ovf:id='ghost' ovf:order='5'/></StartupSection>"
                + "<VirtualSystem ovf:id='web'><Info/></VirtualSystem>"
                + "<VirtualSystem ovf:id='db'><Info/></VirtualSystem>"
                + "<VirtualSystem ovf:id='free'><Info/></VirtualSystem>"
                + "<VirtualSystemCollection ovf:id='inner'><Info/><StartupSection><Info/>"
                + "<Item ovf:id='y' ovf:order='1'/><Item ovf:id='x' ovf:order='7'/>"
                + "</StartupSection><VirtualSystem ovf:id='x'><Info/></VirtualSystem>"
                + "<VirtualSystem ovf:id='y'><Info/></VirtualSystem></VirtualSystemCollection>"
                + "</VirtualSystemCollection>");
    StartupPlan plan = envelope.startupPlan();
    assertThat(plan.groups()).extracting(StartupPlan.Group::order).containsExactly(0, 1, 2);
    assertThat(ids(plan.groups().get(0))).containsExactly("free");
    StartupPlan.Group first = plan.groups().get(1);
    assertThat(ids(first)).containsExactly("db", "inner");
    assertThat(first.startDelay()).isEqualTo(Duration.ofSeconds(40));
    assertThat(first.stopDelay()).isEqualTo(Duration.ofSeconds(9));
    StartupPlan.Step db = first.steps().get(0);
    assertThat(db.stop()).isEqualTo(StartupPlan.StopAction.GUEST_SHUTDOWN);
    assertThat(db.waitingForGuest()).isTrue();
    assertThat(db.inner()).isNull();
    StartupPlan inner = Objects.requireNonNull(first.steps().get(1).inner());
    assertThat(inner.groups()).extracting(StartupPlan.Group::order).containsExactly(1, 7);
    assertThat(ids(inner.groups().get(0))).containsExactly("y");
    StartupPlan.Step web = plan.groups().get(2).steps().get(0);
    assertThat(web.start()).isFalse();
    assertThat(web.stop()).isEqualTo(StartupPlan.StopAction.SUSPEND);
  }

  private static List<String> ids(StartupPlan.Group group) {
    return group.steps().stream().map(s -> s.member().id()).toList();
  }

  @Test
  void plansStartsThatAreStatedBesideTheContent() {
    Envelope envelope =
        envelope(
            "<StartupSection><Info/><Item ovf:id='v' ovf:order='3' ovf:stopAction='none'/>"
                + "</StartupSection><VirtualSystem ovf:id='v'><Info/></VirtualSystem>");
    StartupPlan.Group group = envelope.startupPlan().groups().get(0);
    assertThat(group.order()).isEqualTo(3);
    assertThat(group.steps().get(0).stop()).isEqualTo(StartupPlan.StopAction.NONE);
    assertThat(group.steps().get(0).start()).isTrue();
  }
}
