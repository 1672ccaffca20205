package io.intermodal.migrate;

import io.intermodal.BuildVersion;
import io.intermodal.convert.Converters;
import io.intermodal.convert.spi.DescriptorFormat;
import io.intermodal.convert.spi.DiskConverter;
import io.intermodal.hypervisor.GuestOs;
import io.intermodal.hypervisor.HypervisorInfo;
import io.intermodal.hypervisor.MachineSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists the versions that a result holds for. */
final class Versions {

  private Versions() {}

  static Map<String, String> of(
      @Nullable HypervisorInfo source,
      HypervisorInfo target,
      Converters converters,
      MachineSpec machine) {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("intermodal", BuildVersion.of(Versions.class));
    if (source != null) {
      versions.put("source hypervisor", source.displayName());
    }
    versions.put("target hypervisor", target.displayName());
    for (DiskConverter disk : converters.disks()) {
      versions.put("disk converter " + disk.id(), disk.version());
    }
    for (DescriptorFormat descriptor : converters.descriptors()) {
      versions.put("descriptor format " + descriptor.id(), descriptor.version());
    }
    GuestOs os = machine.guestOs();
    versions.put("guest operating system", os == null ? "not stated" : os.displayName());
    versions.put(
        "java", System.getProperty("java.vendor") + " " + System.getProperty("java.version"));
    versions.put("host", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return versions;
  }
}
