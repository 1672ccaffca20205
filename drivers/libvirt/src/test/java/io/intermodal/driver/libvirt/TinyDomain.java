package io.intermodal.driver.libvirt;

import io.intermodal.hypervisor.MachineSpec;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Writes the document of a machine that runs the lab's tiny guest, which needs no disk. */
final class TinyDomain {

  private TinyDomain() {}

  static String xml(HypervisorKind kind, MachineSpec spec, @Nullable Properties lab) {
    return switch (kind) {
      case QEMU ->
          document(
              "qemu",
              spec,
              kernel("<type arch='x86_64' machine='pc'>hvm</type>", images(lab), "ttyS0")
                  + "<features><acpi/><apic/></features><cpu mode='maximum'/>",
              "<serial type='pty'/>");
      case XEN ->
          document(
              "xen",
              spec,
              kernel("<type arch='x86_64' machine='xenpv'>linux</type>", pool(lab), "hvc0"),
              "<console type='pty'><target type='xen'/></console>");
      default -> document("test", spec, "<os><type>hvm</type></os>", "");
    };
  }

  private static String document(String type, MachineSpec spec, String boot, String devices) {
    int cpus = spec.cpu() == null ? 1 : spec.cpu().count();
    long kib = Objects.requireNonNull(spec.memoryBytes(), "memory") / 1024;
    return "<domain type='"
        + type
        + "'><name>"
        + escape(spec.name())
        + "</name><memory>"
        + kib
        + "</memory><vcpu current='"
        + cpus
        + "'>2</vcpu>"
        + boot
        + "<devices>"
        + devices
        + "</devices></domain>";
  }

  private static String kernel(String type, String folder, String console) {
    return "<os>"
        + type
        + "<kernel>"
        + folder
        + "/tiny.vmlinuz</kernel><initrd>"
        + folder
        + "/tiny.initrd</initrd><cmdline>console="
        + console
        + "</cmdline></os>";
  }

  private static String images(@Nullable Properties lab) {
    return Objects.requireNonNull(lab, "lab").getProperty("images");
  }

  private static String pool(@Nullable Properties lab) {
    return Objects.requireNonNull(lab, "lab").getProperty("xen.pool.path");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
