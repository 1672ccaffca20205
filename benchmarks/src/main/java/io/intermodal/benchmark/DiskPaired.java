package io.intermodal.benchmark;

import io.intermodal.disk.ByteRange;
import io.intermodal.disk.Compression;
import io.intermodal.disk.CopyResult;
import io.intermodal.disk.DiskCopy;
import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.DiskSource;
import io.intermodal.disk.DiskTarget;
import io.intermodal.disk.Verify;
import java.io.IOException;
import java.io.Reader;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;

/**
 * Our side of the comparison with qemu-img; {@code disk-paired.sh} runs it in a fresh JVM each
 * time.
 */
public final class DiskPaired {

  private DiskPaired() {}

  /**
   * Runs {@code make <folder> <virtual MiB> <data MiB>} or {@code copy <folder> <output>
   * digest|content}.
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "make" ->
          DiskInput.make(
              folder, Long.parseLong(arguments[2]) << 20, Long.parseLong(arguments[3]) << 20);
      case "copy" -> copy(folder, Path.of(arguments[2]), arguments[3].equals("content"));
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /**
   * Copies the member of the OVA to a compressed qcow2, its SHA-256 checked. Like the peer it does
   * not force the file to the disk.
   */
  private static void copy(Path folder, Path output, boolean content) throws IOException {
    Properties input = new Properties();
    try (Reader in = Files.newBufferedReader(folder.resolve("input.properties"))) {
      input.load(in);
    }
    ByteRange member =
        new ByteRange(
            folder.resolve("guest.ova"),
            Long.parseLong(input.getProperty("offset")),
            Long.parseLong(input.getProperty("length")));
    try (FileChannel out =
        FileChannel.open(output, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      CopyResult result =
          DiskCopy.from(DiskSource.range("guest-disk1.vmdk", member))
              .to(DiskTarget.channel(output.toString(), out), DiskFormat.QCOW2)
              .compress(Compression.FAST)
              .expectDigest("SHA-256", input.getProperty("sha256"))
              .verify(content ? Verify.CONTENT : Verify.DIGEST)
              .contentDigest(content)
              .run();
      if (!result.passedThrough()) {
        throw new IllegalStateException("nothing was passed through");
      }
    }
  }
}
