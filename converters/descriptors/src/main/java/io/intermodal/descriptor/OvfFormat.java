package io.intermodal.descriptor;

import io.intermodal.BuildVersion;
import io.intermodal.IntermodalException;
import io.intermodal.convert.Conversion;
import io.intermodal.convert.ConvertError;
import io.intermodal.convert.spi.DescriptorFormat;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.Machine;
import java.util.List;

/**
 * Reads OVF descriptors of every dialect and writes OVF 1.1 (DSP0243). A descriptor with several
 * machines is read through {@link OvfPackageExport}, which lets one choose. Stateless and
 * thread-safe.
 */
public final class OvfFormat implements DescriptorFormat {

  /** Makes the plugin; called by {@code ServiceLoader}. */
  public OvfFormat() {}

  @Override
  public String id() {
    return "ovf";
  }

  @Override
  public String description() {
    return "Open Virtualization Format: reads 0.9 to 2.x, writes 1.1";
  }

  @Override
  public String version() {
    return BuildVersion.of(OvfFormat.class);
  }

  @Override
  public Conversion<MachineSpec> read(byte[] descriptor, String source) {
    Envelope envelope = Envelope.read(source, descriptor);
    List<Machine> machines = envelope.machines(null);
    if (machines.size() != 1) {
      throw new IntermodalException(
          ConvertError.UNREADABLE_DESCRIPTOR,
          "cannot read " + source + " as one machine: it describes " + machines.size(),
          source,
          null);
    }
    Conversion<OvfReading.Result> reading = OvfReading.read(envelope, machines.get(0));
    return new Conversion<>(reading.result().spec(), reading.losses());
  }

  @Override
  public Conversion<byte[]> write(MachineSpec machine) {
    return OvfWriting.write(machine);
  }
}
