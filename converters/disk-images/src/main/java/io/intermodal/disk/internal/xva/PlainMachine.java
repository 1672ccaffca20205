package io.intermodal.disk.internal.xva;

import io.intermodal.disk.internal.Identifiers;
import io.intermodal.disk.internal.WriteSettings;

/**
 * Describes the plainest machine that can have a disk: one processor, 1 GiB, BIOS, no network. Its
 * records have the keys that imports are known to take.
 */
final class PlainMachine {

  /** How members of the archive call the disk. */
  static final String DISK = "Ref:3";

  private static final String MACHINE = "Ref:0";
  private static final String STORAGE = "Ref:1";
  private static final String ATTACHMENT = "Ref:2";
  private static final long MEMORY = 1L << 30;

  private final WriteSettings settings;
  private final RpcText out = new RpcText();

  private PlainMachine(WriteSettings settings) {
    this.settings = settings;
  }

  static String ovaXml(WriteSettings settings) {
    return new PlainMachine(settings).write();
  }

  private String write() {
    out.open();
    version();
    out.name("objects").startArray();
    machine();
    storage();
    attachment();
    disk();
    out.endArray().end();
    return out.close().toString();
  }

  /** The lowest version of the interface that has all of this, so that no host is too old. */
  private void version() {
    out.name("version")
        .open()
        .text("hostname", "localhost")
        .text("date", "19700101T00:00:00Z")
        .text("product_version", "8.2.1")
        .text("product_brand", "Intermodal")
        .text("build_number", "0")
        .number("xapi_major", 1)
        .number("xapi_minor", 20)
        .number("export_vsn", 2)
        .close()
        .end();
  }

  private void open(String type, String reference) {
    out.open().text("class", type).text("id", reference).name("snapshot").open();
    out.text("uuid", Identifiers.uuid(settings, "xva " + type).toString());
  }

  private void close() {
    out.close().end().close();
  }

  private String name() {
    return settings.diskName().replaceFirst("\\.[Xx][Vv][Aa]$", "");
  }

  private void machine() {
    open("VM", MACHINE);
    out.text("name_label", name()).text("name_description", "");
    out.number("user_version", 1).number("version", 0);
    out.flags(false, "is_a_template", "is_default_template", "is_control_domain");
    out.flags(false, "is_a_snapshot", "is_snapshot_from_vmpp", "is_vmss_snapshot");
    out.text("power_state", "Halted").text("domain_type", "hvm");
    for (String memory : new String[] {"static_max", "static_min", "dynamic_max", "dynamic_min"}) {
      out.number("memory_" + memory, MEMORY);
    }
    out.number("memory_overhead", 0).number("memory_target", 0);
    out.number("VCPUs_max", 1).number("VCPUs_at_startup", 1).emptyMaps("VCPUs_params");
    out.text("actions_after_shutdown", "destroy").text("actions_after_reboot", "restart");
    out.text("actions_after_crash", "restart");
    out.text("HVM_boot_policy", "BIOS order").number("HVM_shadow_multiplier", 1);
    out.map("HVM_boot_params", "firmware", "bios", "order", "cdn");
    out.texts("", "PV_bootloader", "PV_kernel", "PV_ramdisk", "PV_args", "PV_bootloader_args");
    out.texts("", "PV_legacy_args", "PCI_bus", "recommendations", "ha_restart_priority");
    out.texts("", "generation_id", "reference_label", "domarch", "last_booted_record");
    out.texts("", "snapshot_metadata", "transportable_snapshot_id");
    out.map(
        "platform",
        "acpi",
        "1",
        "apic",
        "true",
        "nx",
        "true",
        "pae",
        "true",
        "vga",
        "std",
        "videoram",
        "8",
        "device_id",
        "0001",
        "viridian",
        "false");
    out.map("other_config", "base_template_name", "Other install media");
    out.emptyMaps("NVRAM", "xenstore_data", "last_boot_CPU_flags", "snapshot_info", "blobs");
    out.emptyMaps("current_operations", "blocked_operations");
    out.flags(false, "ha_always_run", "has_vendor_device", "requires_reboot");
    out.number("order", 0).number("start_delay", 0).number("shutdown_delay", 0);
    out.number("hardware_platform_version", 0).number("domid", -1).date("snapshot_time");
    out.set("VBDs", ATTACHMENT);
    out.emptySets("VIFs", "VGPUs", "VUSBs", "VTPMs", "consoles", "crash_dumps", "attached_PCIs");
    out.emptySets("children", "snapshots", "tags", "allowed_operations");
    out.texts(RpcText.NULL, "snapshot_of", "parent", "metrics", "guest_metrics", "affinity");
    out.texts(RpcText.NULL, "resident_on", "suspend_VDI", "suspend_SR");
    close();
  }

  private void storage() {
    open("SR", STORAGE);
    out.text("name_label", "Local storage").text("name_description", "");
    out.text("content_type", "user").text("type", "ext").flag("shared", false);
    out.set("VDIs", DISK).emptySets("PBDs", "tags", "allowed_operations");
    out.emptyMaps("other_config", "sm_config", "current_operations", "blobs");
    close();
  }

  private void attachment() {
    open("VBD", ATTACHMENT);
    out.text("VM", MACHINE).text("VDI", DISK).text("device", "").text("userdevice", "0");
    out.flag("bootable", true).text("mode", "RW").text("type", "Disk");
    out.flags(false, "empty", "currently_attached", "storage_lock").flag("unpluggable", true);
    out.text("qos_algorithm_type", "").emptySets("qos_supported_algorithms");
    out.emptyMaps("qos_algorithm_params", "other_config", "runtime_properties");
    out.number("status_code", 0).text("status_detail", "").text("metrics", RpcText.NULL);
    out.emptySets("allowed_operations").emptyMaps("current_operations");
    close();
  }

  private void disk() {
    open("VDI", DISK);
    out.text("name_label", name()).text("name_description", "").text("SR", STORAGE);
    out.set("VBDs", ATTACHMENT);
    out.number("virtual_size", settings.virtualSizeBytes()).number("physical_utilisation", 0);
    out.text("type", "user").text("on_boot", "persist").text("location", "");
    out.flags(false, "sharable", "read_only", "missing", "storage_lock", "allow_caching");
    out.flags(false, "is_a_snapshot", "cbt_enabled").flag("managed", true);
    out.texts(RpcText.NULL, "snapshot_of", "parent", "metrics", "metadata_of_pool");
    out.date("snapshot_time");
    out.emptySets("snapshots", "crash_dumps", "tags", "allowed_operations");
    out.emptyMaps("other_config", "xenstore_data", "sm_config", "current_operations");
    close();
  }
}
