package io.intermodal.disk;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A third reader of VHD: {@code vhdiinfo}. It accepts wrong checksums, so it judges only what is
 * right.
 */
final class Vhdi {

  private Vhdi() {}

  /** Skips the test where it is not installed, or fails it where it must be. */
  static void require() {
    ToolRun.require("vhdiinfo", "vhdiinfo", "-V");
  }

  /** Returns what it says about an image. */
  static String info(Path image) throws IOException {
    return ToolRun.of("vhdiinfo", image.toString()).output();
  }
}
