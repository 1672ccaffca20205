package io.intermodal.disk.internal.engine;

import io.intermodal.IntermodalException;
import io.intermodal.disk.DiskError;
import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.internal.Format;
import io.intermodal.disk.internal.Head;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.StoredBytes;
import io.intermodal.disk.internal.qcow2.Qcow2Format;
import io.intermodal.disk.internal.raw.RawFormat;
import io.intermodal.disk.internal.vhdx.VhdxFormat;
import io.intermodal.disk.internal.vmdk.StreamOptimizedFormat;
import io.intermodal.disk.internal.xva.XvaFormat;
import java.util.List;
import java.util.Optional;

/** Holds the formats that are read and written, and tells an image's format by its content. */
public final class Formats {

  /** In the order in which they are listed, and in which an image is offered to them. */
  private static final List<Format> ALL =
      List.of(
          new RawFormat(),
          new StreamOptimizedFormat(),
          new Qcow2Format(),
          new VhdxFormat(),
          new XvaFormat());

  private Formats() {}

  /** Lists the names of those that are read. */
  public static List<DiskFormat> readable() {
    return ALL.stream().map(Format::id).toList();
  }

  /** Lists the names of those that are written. */
  public static List<DiskFormat> writable() {
    return ALL.stream().filter(Format::isWritable).map(Format::id).toList();
  }

  /** Finds a format that is written. */
  public static Format writable(DiskFormat format, String name) {
    Format known = get(format, name);
    if (!known.isWritable()) {
      throw Problems.cannotWrite(
          DiskError.FORMAT_UNSUPPORTED, name, "the format " + format + " is read only");
    }
    return known;
  }

  /** Finds a format that is read. */
  public static Format get(DiskFormat format, String name) {
    for (Format known : ALL) {
      if (known.id().equals(format)) {
        return known;
      }
    }
    throw new IntermodalException(
        DiskError.FORMAT_UNSUPPORTED,
        "cannot convert " + name + ": the format " + format + " is not read or written yet",
        name,
        null);
  }

  /** Tells the format by the content; never says raw, for a guest decides what raw starts with. */
  public static Format detect(StoredBytes bytes) {
    Head head = Head.of(bytes);
    for (Format known : ALL) {
      if (known.recognises(head)) {
        return known;
      }
    }
    Optional<String> other = Signatures.name(head);
    if (other.isPresent()) {
      throw Problems.refuse(
          DiskError.FORMAT_UNSUPPORTED,
          bytes.name(),
          "it is " + other.get() + ", which is not read yet");
    }
    throw Problems.refuse(
        DiskError.FORMAT_UNKNOWN,
        bytes.name(),
        "its content is no disk format that is known; a raw disk has to be named as raw");
  }
}
