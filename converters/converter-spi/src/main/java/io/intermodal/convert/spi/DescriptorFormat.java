package io.intermodal.convert.spi;

import io.intermodal.convert.Conversion;
import io.intermodal.hypervisor.MachineSpec;

/**
 * Reads and writes one format of machine descriptors. A plugin is a jar with one class that
 * implements this and has a public constructor without parameters, named in {@code
 * META-INF/services/io.intermodal.convert.spi.DescriptorFormat}. Stateless and thread-safe.
 *
 * <p>What a reader does not understand and what a writer cannot express is a {@link
 * io.intermodal.convert.Loss}; neither guesses. A machine that is read and written back by the same
 * format keeps its extras.
 */
public interface DescriptorFormat {

  /** Returns its id, lower case, unique among all descriptor formats: {@code ovf}. */
  String id();

  /** Returns a line about it, for people. */
  String description();

  /** Returns the version of the plugin, for reports. */
  String version();

  /**
   * Reads a machine.
   *
   * @param descriptor the document, in the format's own encoding
   * @param source name of the document for messages
   * @throws io.intermodal.IntermodalException with the place when it cannot be read at all
   */
  Conversion<MachineSpec> read(byte[] descriptor, String source);

  /** Writes a machine; the same machine gives the same bytes. */
  Conversion<byte[]> write(MachineSpec machine);
}
