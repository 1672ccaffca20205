package io.intermodal.disk.internal;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Asks the operating system for the holes of files. The JDK cannot before version 22, so that here
 * none is known; {@code META-INF/versions/22} of the jar has a class of the same name that can.
 */
final class HoleMaps {

  private HoleMaps() {}

  /**
   * Opens the map of a file; empty where there is no way to know.
   *
   * @param size the size that the file must have
   */
  static Optional<HoleMap> open(Path file, long size) {
    return Optional.empty();
  }
}
