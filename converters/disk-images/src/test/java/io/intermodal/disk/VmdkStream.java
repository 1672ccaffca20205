package io.intermodal.disk;

import java.io.IOException;
import java.nio.file.Path;

/** VMDKstream, a writer of VMware's layout that is not ours (Debian: python3-vmdkstream). */
final class VmdkStream {

  private static final String PYTHON = "/usr/bin/python3";

  private VmdkStream() {}

  static void require() {
    ToolRun.require("python3-vmdkstream", PYTHON, "-c", "import VMDKstream");
  }

  static void write(Path raw, Path vmdk) throws IOException {
    String unused =
        ToolRun.ok(
            PYTHON,
            "-c",
            "import sys, VMDKstream; VMDKstream.convert_to_stream(sys.argv[1], sys.argv[2])",
            raw.toString(),
            vmdk.toString());
  }
}
