package io.intermodal.migrate.guest;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** A real Debian guest on a host of the lab, made and removed with virsh. */
public final class LabGuest implements AutoCloseable {

  private final String name;
  private final String uri;
  private final String pool;
  private final List<String> volumes = new ArrayList<>();

  private LabGuest(String name, String uri, String pool) {
    this.name = name;
    this.uri = uri;
    this.pool = pool;
  }

  /** Returns the domain's name. */
  public String name() {
    return name;
  }

  /** Reads the lab's addresses; skips the test where there is none, or fails it. */
  public static Properties lab() throws IOException {
    String file = System.getProperty("intermodal.lab", "");
    if (file.isBlank()) {
      if (Boolean.getBoolean("intermodal.require")) {
        fail("-Dintermodal.lab names no lab.properties of a running lab");
      }
      assumeTrue(false, "-Dintermodal.lab names no lab.properties of a running lab");
    }
    Properties lab = new Properties();
    try (Reader in = Files.newBufferedReader(Path.of(file))) {
      lab.load(in);
    }
    return lab;
  }

  /** Boots the guest on the QEMU host; returns before it is up. */
  static LabGuest onQemu(Properties lab, String name, Path folder) throws IOException {
    LabGuest guest = definedOnQemu(lab, name, folder);
    guest.virsh("start", name);
    return guest;
  }

  /** Defines the guest on the QEMU host. */
  public static LabGuest definedOnQemu(Properties lab, String name, Path folder)
      throws IOException {
    LabGuest guest = new LabGuest(name, lab.getProperty("qemu.uri"), lab.getProperty("qemu.pool"));
    guest.remove();
    Path images = Path.of(lab.getProperty("images"));
    guest.upload(name + ".qcow2", images.resolve("guest.qcow2"), images.resolve("guest.raw"));
    guest.define(
        folder,
        """
        <domain type='qemu'>
          <name>%1$s</name><memory unit='MiB'>384</memory><vcpu>1</vcpu>
          <os><type arch='x86_64' machine='pc'>hvm</type><boot dev='hd'/></os>
          <features><acpi/><apic/></features><cpu mode='maximum'/>
          <devices>
            <disk type='volume' device='disk'><driver name='qemu' type='qcow2'/>
              <source pool='%2$s' volume='%1$s.qcow2'/><target dev='vda' bus='virtio'/></disk>
            <interface type='network'><source network='default'/><model type='virtio'/></interface>
            <serial type='pty'/>
            <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
            <rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
          </devices>
        </domain>
        """
            .formatted(name, guest.pool));
    return guest;
  }

  /** Boots the guest on the Xen host, paravirtualised; returns before it is up. */
  static LabGuest onXen(Properties lab, String name, Path folder) throws IOException {
    LabGuest guest = new LabGuest(name, lab.getProperty("xen.uri"), lab.getProperty("xen.pool"));
    guest.remove();
    Path images = Path.of(lab.getProperty("images"));
    for (String part : List.of("vmlinuz", "initrd", "raw")) {
      Path file = images.resolve("guest." + part);
      guest.upload(name + "." + part, file, file);
    }
    guest.define(
        folder,
        """
        <domain type='xen'>
          <name>%1$s</name><memory unit='MiB'>320</memory><vcpu>1</vcpu>
          <os><type>linux</type><kernel>%2$s/%1$s.vmlinuz</kernel>
            <initrd>%2$s/%1$s.initrd</initrd>
            <cmdline>root=LABEL=lab-root ro console=hvc0 quiet mitigations=off</cmdline></os>
          <devices>
            <disk type='file' device='disk'><driver name='phy' type='raw'/>
              <source file='%2$s/%1$s.raw'/><target dev='xvda' bus='xen'/></disk>
            <interface type='network'><source network='default'/></interface>
            <console type='pty'/>
          </devices>
        </domain>
        """
            .formatted(name, lab.getProperty("xen.pool.path")));
    guest.virsh("start", name);
    return guest;
  }

  private void upload(String volume, Path file, Path sizedAs) throws IOException {
    String format = volume.endsWith(".qcow2") ? "qcow2" : "raw";
    volumes.add(volume);
    virsh(
        "vol-create-as",
        pool,
        volume,
        String.valueOf(Files.size(sizedAs)),
        "--format",
        format,
        "--allocation",
        "0");
    virsh("vol-upload", "--pool", pool, volume, file.toString(), "--sparse");
  }

  private void define(Path folder, String xml) throws IOException {
    Path file = Files.writeString(folder.resolve(name + ".xml"), xml);
    virsh("define", file.toString());
  }

  private String virsh(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("virsh", "-q", "-c", uri));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IOException(String.join(" ", command) + ": " + output);
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return output;
  }

  private void remove() {
    quietly("destroy", name);
    quietly("undefine", name);
    for (String part : List.of("qcow2", "vmlinuz", "initrd", "raw")) {
      quietly("vol-delete", "--pool", pool, name + "." + part);
    }
  }

  private void quietly(String... arguments) {
    try {
      virsh(arguments);
    } catch (IOException e) {
      // It is not there.
    }
  }

  @Override
  public void close() {
    remove();
  }
}
