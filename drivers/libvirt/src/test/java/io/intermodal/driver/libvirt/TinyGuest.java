package io.intermodal.driver.libvirt;

import io.intermodal.hypervisor.GuestConsole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;

/**
 * Writes the domains of tests; the tiny guest of the lab is a kernel and an initrd without disks.
 */
final class TinyGuest {

  private TinyGuest() {}

  static String onQemu(Properties lab, String name, String devices) {
    String images = lab.getProperty("images");
    return """
    <domain type='qemu'>
      <name>%s</name>
      <memory unit='MiB'>192</memory>
      <vcpu current='1'>2</vcpu>
      <os>
        <type arch='x86_64' machine='pc'>hvm</type>
        <kernel>%s/tiny.vmlinuz</kernel>
        <initrd>%s/tiny.initrd</initrd>
        <cmdline>console=ttyS0</cmdline>
      </os>
      <features><acpi/><apic/></features>
      <cpu mode='maximum'/>
      <on_crash>preserve</on_crash>
      <devices>
        <serial type='pty'/>
        <memballoon model='virtio'/>
        %s
      </devices>
    </domain>
    """
        .formatted(name, images, images, devices);
  }

  static String onXen(Properties lab, String name, String devices) {
    String images = lab.getProperty("xen.pool.path");
    return """
    <domain type='xen'>
      <name>%s</name>
      <memory unit='MiB'>192</memory>
      <vcpu current='1'>2</vcpu>
      <os>
        <type>linux</type>
        <kernel>%s/tiny.vmlinuz</kernel>
        <initrd>%s/tiny.initrd</initrd>
        <cmdline>console=hvc0</cmdline>
      </os>
      <on_crash>preserve</on_crash>
      <devices>
        <console type='pty'/>
        %s
      </devices>
    </domain>
    """
        .formatted(name, images, images, devices);
  }

  /** Waits until a guest answers on its console, and returns what it wrote. */
  static String awaitReady(LibvirtMachine machine) {
    StringBuilder all = new StringBuilder();
    boolean ready =
        Waiting.until(
            "the guest",
            Duration.ofMinutes(2),
            () -> {
              all.append(machine.serialOutput());
              return all.indexOf("TINY-GUEST-READY") >= 0 || all.indexOf("/ #") >= 0;
            });
    if (!ready) {
      throw new AssertionError("the guest is not ready: " + all);
    }
    return all.toString();
  }

  /** Runs a command on the guest's console and returns what is written then. */
  static String run(LibvirtMachine machine, String command) {
    try (GuestConsole console = machine.openConsole()) {
      console.output().write((command + "; echo E$((1+1))D\r").getBytes(StandardCharsets.US_ASCII));
      console.output().flush();
      StringBuilder text = new StringBuilder();
      byte[] buffer = new byte[256];
      while (text.indexOf("E2D") < 0) {
        int count = console.input().read(buffer);
        if (count < 0) {
          break;
        }
        text.append(new String(buffer, 0, count, StandardCharsets.US_ASCII));
      }
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
