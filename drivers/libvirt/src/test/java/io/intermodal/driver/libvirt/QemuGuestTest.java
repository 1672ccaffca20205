package io.intermodal.driver.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intermodal.hypervisor.GuestAddress;
import io.intermodal.hypervisor.GuestResult;
import io.intermodal.hypervisor.GuestShell;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.HypervisorUri;
import io.intermodal.hypervisor.MachineState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A Debian guest with an agent on the QEMU host of the lab, booted once for all of it. */
@Tag("long")
final class QemuGuestTest {

  private static final String NAME = "d-qemu-guest";
  private static final String MAC = "52:54:00:0d:00:11";
  private static final Duration BOOT = Duration.ofMinutes(4);

  private static LibvirtHypervisor host;
  private static Properties lab;

  @BeforeAll
  static void open() {
    lab = Hosts.lab();
    host =
        (LibvirtHypervisor)
            new LibvirtDriver().connect(HypervisorUri.parse(lab.getProperty("qemu.uri")));
    removeAll();
  }

  @AfterAll
  static void close() {
    if (host != null) {
      removeAll();
      host.close();
    }
  }

  private static void removeAll() {
    Hosts.removeLeftover(host, NAME);
    Hosts.removeVolumes(host, lab.getProperty("qemu.pool"), NAME);
  }

  private static LibvirtMachine define() {
    String volume =
        """
        <volume><name>%s.qcow2</name><capacity>1258291200</capacity>
          <target><format type='qcow2'/></target>
          <backingStore><path>%s/guest.qcow2</path><format type='qcow2'/></backingStore>
        </volume>
        """
            .formatted(NAME, lab.getProperty("images"));
    String path =
        host.session()
            .change(
                "make an overlay",
                null,
                connect ->
                    connect
                        .storagePoolLookupByName(lab.getProperty("qemu.pool"))
                        .storageVolCreateXML(volume, 0)
                        .getPath());
    return Hosts.define(
        host,
        """
        <domain type='qemu'>
          <name>%s</name>
          <memory unit='MiB'>384</memory>
          <vcpu>1</vcpu>
          <os><type arch='x86_64' machine='pc'>hvm</type><boot dev='hd'/></os>
          <features><acpi/><apic/></features>
          <cpu mode='maximum'/>
          <devices>
            <disk type='file' device='disk'>
              <driver name='qemu' type='qcow2'/><source file='%s'/><target dev='vda' bus='virtio'/>
            </disk>
            <interface type='network'>
              <mac address='%s'/><source network='default'/><model type='virtio'/>
            </interface>
            <channel type='unix'>
              <target type='virtio' name='org.qemu.guest_agent.0'/>
            </channel>
            <serial type='pty'/>
            <rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
          </devices>
        </domain>
        """
            .formatted(NAME, path, MAC));
  }

  private static GuestShell awaitAgent(LibvirtMachine machine) {
    boolean[] there = new boolean[1];
    Waiting.until("the agent", BOOT, () -> there[0] = machine.guestAgent().isPresent());
    assertThat(there[0]).as("the agent answers").isTrue();
    return machine.guestAgent().orElseThrow();
  }

  @Test
  void reachesTheGuestByItsAgent() {
    LibvirtMachine machine = define();
    assertThat(machine.spec().disk("vda").orElseThrow().capacityBytes()).isEqualTo(1258291200L);
    machine.start();
    GuestShell shell = awaitAgent(machine);
    assertThat(shell.via()).isEqualTo("guest agent");
    runsCommands(shell);
    writesFiles(machine, shell);

    assertThat(Waiting.until("an address", BOOT, () -> hasIpv4(machine))).isTrue();
    GuestAddress first = machine.addresses().get(0);
    assertThat(first.mac()).isEqualTo(MAC);
    assertThat(first.origin()).isEqualTo("guest agent");

    Optional<String> before = machine.bootId();
    assertThat(before).isPresent();
    assertThat(machine.bootId()).isEqualTo(before);
    machine.reboot();
    awaitAgent(machine);
    assertThat(machine.bootId()).isPresent().isNotEqualTo(before);

    machine.stop(Duration.ofMinutes(3));
    assertThat(machine.state()).isEqualTo(MachineState.STOPPED);
    assertThatThrownBy(() -> machine.injectFile("/root/x", new byte[1]))
        .isInstanceOfSatisfying(
            HypervisorException.class,
            e -> assertThat(e.code()).isEqualTo(HypervisorError.ILLEGAL_STATE));
    machine.delete();
    assertThat(
            new DiskVolumes(host.session()).exists(lab.getProperty("qemu.pool"), NAME + ".qcow2"))
        .isFalse();
  }

  private static boolean hasIpv4(LibvirtMachine machine) {
    return machine.addresses().stream()
        .anyMatch(address -> address.mac().equals(MAC) && !address.address().contains(":"));
  }

  private static void runsCommands(GuestShell shell) {
    Duration patience = Duration.ofSeconds(30);
    GuestResult result =
        shell.run("cat; echo grün >&2; exit 7", "hello".getBytes(StandardCharsets.UTF_8), patience);
    assertThat(result).isEqualTo(new GuestResult(7, "hello", "grün\n", false));
    assertThat(shell.run("kill -TERM $$", patience).exitStatus()).isEqualTo(143);
    GuestResult large = shell.run("head -c 3000000 /dev/zero | tr '\\0' x", patience);
    assertThat(large.truncated()).isTrue();
    assertThat(large.output()).hasSize(GuestShell.MAX_OUTPUT_BYTES);
    assertThatThrownBy(() -> shell.run("sleep 60", Duration.ofSeconds(1)))
        .isInstanceOfSatisfying(
            HypervisorException.class,
            e -> assertThat(e.code()).isEqualTo(HypervisorError.GUEST_TIMEOUT));
  }

  private static void writesFiles(LibvirtMachine machine, GuestShell shell) {
    byte[] content = new byte[100_000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) ('a' + i % 26);
    }
    machine.injectFile("/root/it's here", content);
    assertThat(shell.run("wc -c < \"/root/it's here\"; ls /root", Duration.ofSeconds(30)).output())
        .isEqualTo("100000\nit's here\n");
    assertThatThrownBy(() -> machine.injectFile("/nowhere/x", new byte[1]))
        .isInstanceOfSatisfying(
            HypervisorException.class,
            e -> assertThat(e.code()).isEqualTo(HypervisorError.OPERATION_FAILED));
  }
}
