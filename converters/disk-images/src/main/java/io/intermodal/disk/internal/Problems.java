package io.intermodal.disk.internal;

import io.intermodal.CommonError;
import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.disk.DiskError;
import java.io.IOException;

/** Words the errors of images alike: file, position, structure, reason. */
public final class Problems {

  private Problems() {}

  /** Makes the error for a structure that cannot be right. */
  public static IntermodalException damaged(String name, long at, String structure, String why) {
    return at(DiskError.DAMAGED, name, at, structure, why);
  }

  /** Makes the error for a file that ends inside a structure. */
  public static IntermodalException truncated(String name, long at, String structure) {
    return at(DiskError.TRUNCATED, name, at, structure, "the image ends here, it is not complete");
  }

  /** Makes an error that has a position. */
  public static IntermodalException at(
      DiskError code, String name, long at, String structure, String why) {
    String location = name + " at byte " + at;
    return new IntermodalException(
        code, "cannot read " + location + ", " + structure + ": " + why, location, null);
  }

  /** Makes an error about an image as a whole. */
  public static IntermodalException refuse(DiskError code, String name, String why) {
    return new IntermodalException(code, "cannot read " + name + ": " + why, name, null);
  }

  /** Makes an error about the image that would be written. */
  public static IntermodalException cannotWrite(DiskError code, String name, String why) {
    return new IntermodalException(code, "cannot write " + name + ": " + why, name, null);
  }

  /** Makes the error for an image that is based on another one, which nobody asked to follow. */
  public static IntermodalException refersTo(String name, long at, String reference) {
    return at(
        DiskError.REFERS_TO_ANOTHER_FILE,
        name,
        at,
        "reference to another file",
        "it is based on "
            + reference
            + ", which is not followed unless asked for; flatten it on its host, or name the folder"
            + " that holds its base");
  }

  /** Makes the error for an image whose data is said to be where nobody may be sent. */
  public static IntermodalException notBeside(String name, long at, String reference) {
    return at(
        DiskError.REFERS_TO_ANOTHER_FILE,
        name,
        at,
        "reference to another file",
        "it has data in "
            + reference
            + ", and only the plain name of a regular file in the same folder is followed; put the"
            + " file there and name it so");
  }

  /** Makes the error for a read that the operating system refused. */
  public static IntermodalException readFailed(String name, long at, IOException e) {
    String location = name + " at byte " + at;
    return new IntermodalException(
        CommonError.READ_FAILED, "cannot read " + location + ": " + Errors.reason(e), location, e);
  }

  /** Makes the error for a write that the operating system refused. */
  public static IntermodalException writeFailed(String name, long at, IOException e) {
    String location = name + " at byte " + at;
    return new IntermodalException(
        CommonError.WRITE_FAILED,
        "cannot write " + location + ": " + Errors.reason(e),
        location,
        e);
  }

  /** Refuses a disk that is larger than the cap. */
  public static void checkVirtualSize(String name, long at, long bytes) {
    if (bytes < 0 || bytes > Geometry.MAX_VIRTUAL_BYTES) {
      throw at(
          DiskError.TOO_LARGE,
          name,
          at,
          "virtual size",
          "it says " + Long.toUnsignedString(bytes) + " bytes, the cap is 64 TiB");
    }
  }
}
