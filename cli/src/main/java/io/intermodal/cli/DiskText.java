package io.intermodal.cli;

import io.intermodal.disk.CopyResult;
import java.io.PrintWriter;
import java.nio.file.Path;

/** Says to a person what a copy of a disk did. */
final class DiskText {

  private DiskText() {}

  static void print(
      Console console, DiskInput from, Path target, CopyResult result, boolean readBack) {
    PrintWriter out = console.out();
    out.println(
        from.source().name()
            + " ("
            + result.sourceFormat()
            + ") is now "
            + target
            + " ("
            + result.targetFormat()
            + ").");
    out.println("  virtual size  " + DiskInfoCommand.exact(result.virtualSizeBytes()));
    out.println("  read          " + Sizes.text(result.bytesRead()) + proof(from, result));
    out.println("  written       " + Sizes.text(result.bytesWritten()) + passed(result));
    result
        .contentDigest()
        .ifPresent(
            digest ->
                out.println(
                    "  content       "
                        + digest
                        + (readBack ? ", " + console.toned("OK", "read back and equal") : "")));
    result.notes().forEach(note -> out.println("  note: " + note));
  }

  private static String proof(DiskInput from, CopyResult result) {
    if (result.sourceDigests().isEmpty()) {
      return from.fromPackage() ? ", not listed in a manifest" : "";
    }
    return ", "
        + String.join(", ", result.sourceDigests().keySet())
        + (from.digests().isEmpty() ? " as expected" : " as the manifest says");
  }

  private static String passed(CopyResult result) {
    return result.passedThrough()
        ? ", " + result.passedThroughBlocks() + " compressed blocks passed on as they were"
        : "";
  }
}
