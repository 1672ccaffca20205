package io.intermodal.disk;

import io.intermodal.disk.internal.ByteTarget;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.ExtentWriter;
import io.intermodal.disk.internal.WriteSettings;
import io.intermodal.disk.internal.engine.Formats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Writes samples that would take minutes to read as raw disks. */
final class SparseImage {

  private SparseImage() {}

  static Path write(Sample sample, DiskFormat format, ImageOptions options, Path file) {
    try {
      Files.deleteIfExists(file);
      try (FileChannel channel = FileChannel.open(file, Set.copyOf(Samples.NEW))) {
        ExtentWriter writer =
            Formats.get(format, "sample")
                .create(
                    ByteTarget.of("sample", channel, List.of()),
                    new WriteSettings(sample.size(), Compression.NONE, options, "sample", 0));
        sample
            .blocks()
            .forEach(
                (i, b) -> {
                  long at = i * Sample.BLOCK;
                  int length = (int) Math.min(Sample.BLOCK, sample.size() - at);
                  writer.write(Extent.raw(at, b, 0, length, 0));
                });
        writer.finish();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** Returns the digest of a sample's content, from an image of another format. */
  static String digest(Sample sample, Path folder) {
    Path qcow2 =
        write(sample, DiskFormat.QCOW2, ImageOptions.none(), folder.resolve("digest.qcow2"));
    return DiskImages.contentDigest(DiskSource.file(qcow2));
  }
}
