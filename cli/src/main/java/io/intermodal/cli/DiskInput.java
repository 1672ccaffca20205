package io.intermodal.cli;

import io.intermodal.IntermodalException;
import io.intermodal.descriptor.OvfDiskFormats;
import io.intermodal.disk.ByteRange;
import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.DiskImages;
import io.intermodal.disk.DiskSource;
import io.intermodal.disk.XvaArchive;
import io.intermodal.ovf.Disk;
import io.intermodal.ovf.packaging.Manifest;
import io.intermodal.ovf.packaging.OvfPackage;
import io.intermodal.ovf.packaging.PackageFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Is a disk that a command was told to read: an image, or a disk of an OVF package where it lies.
 *
 * @param source where its bytes are
 * @param digests what the manifest of its package says about them, by the JDK's names; empty for an
 *     image, and for a disk in chunks
 * @param chunks reads the chunks of a disk and compares each with the manifest; does nothing for a
 *     disk in one piece
 * @param fromPackage whether it is a disk of a package
 */
record DiskInput(
    DiskSource source, Map<String, String> digests, Runnable chunks, boolean fromPackage) {

  private static final int TAR_MAGIC_AT = 257;

  /**
   * Finds a disk.
   *
   * @param place a file, a folder with a package, a URL, or {@code -} for the standard input
   * @param disk which one of a package; null when it has only one
   * @param format what the image is; null when its content is to tell
   */
  static DiskInput of(String place, @Nullable String disk, @Nullable DiskFormat format) {
    if (place.equals("-") || place.matches("(?i)https?://.*")) {
      refuseDisk(place, disk);
      return new DiskInput(elsewhere(place, format), Map.of(), DiskInput::compareNothing, false);
    }
    Path file = Path.of(place);
    if (isPackage(file)) {
      return ofPackage(file, disk, format);
    }
    DiskSource source = DiskSource.file(file);
    if (disk != null && isXva(source, format)) {
      return new DiskInput(
          XvaArchive.open(source).disk(disk), Map.of(), DiskInput::compareNothing, true);
    }
    refuseDisk(place, disk);
    return new DiskInput(
        format == null ? source : source.as(format), Map.of(), DiskInput::compareNothing, false);
  }

  private static void compareNothing() {}

  private static boolean isXva(DiskSource source, @Nullable DiskFormat format) {
    return DiskFormat.XVA.equals(format == null ? DiskImages.detect(source) : format);
  }

  private static void refuseDisk(String place, @Nullable String disk) {
    if (disk != null) {
      throw new IntermodalException(
          CliError.WRONG_USAGE,
          "cannot use --disk: " + place + " is an image, not a package of disks; leave it out");
    }
  }

  private static DiskSource elsewhere(String place, @Nullable DiskFormat format) {
    if (!place.equals("-")) {
      try {
        DiskSource source = DiskSource.http(URI.create(place));
        return format == null ? source : source.as(format);
      } catch (IllegalArgumentException e) {
        throw new IntermodalException(
            CliError.WRONG_USAGE, "cannot read the URL: " + reason(e, place), e);
      }
    }
    if (format == null) {
      throw new IntermodalException(
          CliError.WRONG_USAGE, "cannot tell the format of the input; say it with -f");
    }
    return DiskSource.stream("input", System.in, format, OptionalLong.empty());
  }

  /** What is wrong with a URL, without the URL: its query may hold a secret. */
  private static String reason(IllegalArgumentException e, String place) {
    String text = String.valueOf(e.getMessage());
    return text.contains(place) ? "it is not written as one" : text;
  }

  /** Tells a package by its name, or an archive of another name by its content. */
  static boolean isPackage(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".ova")
        || name.endsWith(".ovf")
        || Files.isDirectory(file)
        || startsLikeOva(file);
  }

  private static boolean startsLikeOva(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(TAR_MAGIC_AT + 5);
      String text = new String(head, StandardCharsets.ISO_8859_1);
      return text.startsWith("ustar", TAR_MAGIC_AT)
          && text.substring(0, 100).split("\0", 2)[0].toLowerCase(Locale.ROOT).endsWith(".ovf");
    } catch (IOException e) {
      return false; // Whoever opens it as an image gives the better message.
    }
  }

  private static DiskInput ofPackage(
      Path file, @Nullable String wanted, @Nullable DiskFormat format) {
    OvfPackage pack = Files.isDirectory(file) ? OvfPackage.openFolder(file) : OvfPackage.open(file);
    Disk disk = choose(pack, wanted);
    PackageFile stored = pack.fileOf(disk).orElse(null);
    String name = pack.path() + ", disk " + disk.id();
    if (stored == null || !stored.complete() || stored.parts().isEmpty()) {
      throw unreadable(name, "its file is not in the package; get the whole package again");
    }
    Map<String, String> digests = new LinkedHashMap<>();
    if (stored.parts().size() == 1) {
      for (Manifest.Entry entry : pack.digestsOf(stored.parts().get(0))) {
        digests.put(entry.algorithm().jdkName(), entry.digest());
      }
    }
    // The digests of chunks are not those of the disk, so they are compared beforehand.
    boolean chunked = stored.parts().size() > 1;
    Runnable chunks =
        chunked ? () -> stored.parts().forEach(pack::requireIntact) : DiskInput::compareNothing;
    List<ByteRange> ranges =
        stored.ranges().stream()
            .map(range -> new ByteRange(range.path(), range.offset(), range.length()))
            .toList();
    DiskSource source = DiskSource.ranges(name, ranges);
    Optional<DiskFormat> named =
        format != null
            ? Optional.of(format)
            : OvfDiskFormats.namesRaw(disk.format())
                ? Optional.of(DiskFormat.RAW)
                : Optional.empty();
    if (stored.gzip()) {
      return new DiskInput(unpacked(source, disk, named), digests, chunks, true);
    }
    return new DiskInput(named.map(source::as).orElse(source), digests, chunks, true);
  }

  /** A stream's format has to be known before it is read: the descriptor says it. */
  private static DiskSource unpacked(DiskSource packed, Disk disk, Optional<DiskFormat> named) {
    boolean vmdk = disk.format() != null && disk.format().endsWith("#streamOptimized");
    DiskFormat format =
        named
            .or(() -> vmdk ? Optional.of(DiskFormat.VMDK_STREAM_OPTIMIZED) : Optional.empty())
            .orElseThrow(
                () ->
                    unreadable(
                        packed.name(),
                        "its file is a gzip stream, and the descriptor does not say of what; say it"
                            + " with -f"));
    OptionalLong length = OptionalLong.empty();
    if (format.equals(DiskFormat.RAW) && disk.capacityBytes() != null) {
      length = OptionalLong.of(disk.capacityBytes());
    }
    return DiskSource.gzip(packed, format, length);
  }

  private static Disk choose(OvfPackage pack, @Nullable String wanted) {
    List<Disk> disks =
        pack.envelope().disks().stream().filter(disk -> disk.fileRef() != null).toList();
    String names =
        disks.stream().map(disk -> String.valueOf(disk.id())).collect(Collectors.joining(", "));
    if (disks.isEmpty()) {
      throw unreadable(pack.path().toString(), "it has no disk with a file");
    }
    if (wanted == null) {
      if (disks.size() > 1) {
        throw unreadable(
            pack.path().toString(), "it has several disks; choose one with --disk: " + names);
      }
      return disks.get(0);
    }
    return disks.stream()
        .filter(disk -> wanted.equals(disk.id()) || wanted.equals(href(pack, disk)))
        .findFirst()
        .orElseThrow(
            () ->
                unreadable(
                    pack.path().toString(), "it has no disk " + wanted + "; it has " + names));
  }

  private static @Nullable String href(OvfPackage pack, Disk disk) {
    return pack.fileOf(disk).map(file -> file.reference().href()).orElse(null);
  }

  private static IntermodalException unreadable(String what, String reason) {
    return new IntermodalException(
        CliError.WRONG_USAGE, "cannot read " + what + ": " + reason, what, null);
  }
}
