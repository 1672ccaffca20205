package io.intermodal.benchmark;

import io.intermodal.disk.ByteRange;
import io.intermodal.disk.Compression;
import io.intermodal.disk.DiskCopy;
import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.DiskImages;
import io.intermodal.disk.DiskSource;
import io.intermodal.disk.DiskTarget;
import io.intermodal.disk.Verify;
import io.intermodal.ovf.packaging.Manifest;
import io.intermodal.ovf.packaging.OvfPackage;
import io.intermodal.ovf.packaging.StoredFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Our side of the comparison with qemu-img; {@code disk.sh} runs it, mostly in a fresh JVM. */
public final class DiskRun {

  private DiskRun() {}

  /**
   * Runs one of these.
   *
   * <ul>
   *   <li>{@code formats} names the formats that are written
   *   <li>{@code copy <source> <format> <target> <format> none|fast|small digest|content} copies
   *       once; a source that ends in .ova is its only disk, with the digests of its manifest
   *   <li>{@code warm <runs> <source> <format> <target> <format> none|fast|small digest|content}
   *       copies so often and prints the median of the second half in milliseconds
   * </ul>
   */
  public static void main(String[] arguments) throws IOException {
    List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
    switch (arguments[0]) {
      case "formats" -> DiskImages.writableFormats().forEach(System.out::println);
      case "copy" -> copy(rest);
      case "warm" -> warm(Integer.parseInt(rest.get(0)), rest.subList(1, rest.size()));
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void warm(int runs, List<String> what) throws IOException {
    long[] micros = new long[runs];
    for (int i = 0; i < runs; i++) {
      Files.deleteIfExists(Path.of(what.get(2)));
      long from = System.nanoTime();
      copy(what);
      micros[i] = (System.nanoTime() - from) / 1000;
    }
    long[] warm = Arrays.copyOfRange(micros, runs / 2, runs);
    Arrays.sort(warm);
    System.out.printf(Locale.ROOT, "%.1f%n", warm[warm.length / 2] / 1000.0);
  }

  /** Copies; like the peer it does not force the file to the disk. */
  private static void copy(List<String> what) throws IOException {
    Path source = Path.of(what.get(0));
    boolean content = what.get(5).equals("content");
    DiskCopy copy =
        source.toString().endsWith(".ova")
            ? fromPackage(source)
            : DiskCopy.from(DiskSource.file(source).as(new DiskFormat(what.get(1))));
    try (FileChannel out =
        FileChannel.open(
            Path.of(what.get(2)),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      copy.to(DiskTarget.channel(what.get(2), out), new DiskFormat(what.get(3)))
          .compress(Compression.valueOf(what.get(4).toUpperCase(Locale.ROOT)))
          .verify(content ? Verify.CONTENT : Verify.DIGEST)
          .contentDigest(content)
          .run();
    }
  }

  private static DiskCopy fromPackage(Path ova) {
    OvfPackage opened = OvfPackage.open(ova);
    StoredFile disk = opened.files().get(0).parts().get(0);
    ByteRange range =
        new ByteRange(disk.range().path(), disk.range().offset(), disk.range().length());
    DiskCopy copy = DiskCopy.from(DiskSource.range(disk.name(), range));
    List<Manifest.Entry> digests = opened.digestsOf(disk);
    if (digests.isEmpty()) {
      throw new IllegalStateException("there is no digest for " + disk.name());
    }
    digests.forEach(entry -> copy.expectDigest(entry.algorithm().jdkName(), entry.digest()));
    return copy;
  }
}
