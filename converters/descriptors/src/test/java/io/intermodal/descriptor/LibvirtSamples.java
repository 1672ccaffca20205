package io.intermodal.descriptor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.OptionalLong;

/** Gives the domains that tests read, and the sizes of their disks. */
final class LibvirtSamples {

  static final long GIB = 1L << 30;

  private LibvirtSamples() {}

  static byte[] bytes(String name) {
    try (InputStream in =
        LibvirtSamples.class.getResourceAsStream("/io/intermodal/descriptor/libvirt/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every disk has as many GiB as its target's letter has a place in the alphabet. */
  static DiskCapacities sizes() {
    return disk -> OptionalLong.of((DomainNumbers.indexOf(disk.target()).orElse(0) + 1) * GIB);
  }
}
