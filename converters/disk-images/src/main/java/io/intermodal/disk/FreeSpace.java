package io.intermodal.disk;

import io.intermodal.CommonError;
import io.intermodal.IntermodalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Looks whether an image will fit where it is to be written. */
final class FreeSpace {

  private FreeSpace() {}

  /**
   * Refuses before the first byte what cannot fit.
   *
   * @param needed the bytes that will be written
   */
  static void check(Path target, long needed) {
    OptionalLong free = of(target);
    if (free.isPresent() && free.getAsLong() < needed) {
      throw new IntermodalException(
          CommonError.WRITE_FAILED,
          "cannot write "
              + target
              + ": about "
              + needed
              + " bytes are needed and "
              + free.getAsLong()
              + " are free; make room, or leave out the look at the free space",
          target.toString(),
          null);
    }
  }

  /** Returns how much may be written beside a file; empty where nobody knows. */
  private static OptionalLong of(Path target) {
    Path folder = target.toAbsolutePath().getParent();
    try {
      return folder == null || !Files.isDirectory(folder)
          ? OptionalLong.empty()
          : OptionalLong.of(Files.getFileStore(folder).getUsableSpace());
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
