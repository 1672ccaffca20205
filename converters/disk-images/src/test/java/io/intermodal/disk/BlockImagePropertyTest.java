package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.RAW;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever was written to a disk is read back from its VHD or VDI. */
class BlockImagePropertyTest {

  private static final Map<DiskFormat, List<ImageOptions>> FORMATS =
      Map.of(
          DiskFormat.VHD_FIXED, List.of(ImageOptions.none()),
          DiskFormat.VHD_DYNAMIC,
              List.of(ImageOptions.none(), ImageOptions.none().withClusterBytes(512 << 10)),
          DiskFormat.VDI, List.of(ImageOptions.none()));

  /** A write of the guest; what goes over the disk's end is cut off. */
  record Write(int sector, int sectors, int seed) {

    void to(byte[] disk) {
      int from = Math.min(disk.length, sector * 512);
      int length = Math.min(disk.length - from, sectors * 512);
      byte[] data = new byte[length];
      if (seed % 4 != 0) {
        new Random(seed).nextBytes(data);
      }
      System.arraycopy(data, 0, disk, from, length);
    }
  }

  @Provide
  Arbitrary<List<Write>> writes() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 14_000),
            Arbitraries.integers().between(1, 3_000),
            Arbitraries.integers())
        .as(Write::new)
        .list()
        .ofMaxSize(6);
  }

  @Provide
  Arbitrary<Integer> sectors() {
    return Arbitraries.integers().between(1, 14_000);
  }

  @Property(tries = 25)
  void readsBackWhatWasWritten(@ForAll("sectors") int sectors, @ForAll("writes") List<Write> writes)
      throws IOException {
    byte[] disk = new byte[sectors * 512];
    writes.forEach(write -> write.to(disk));
    Path folder = Files.createTempDirectory("block-image");
    Path raw = Files.write(folder.resolve("raw"), disk);
    Path image = folder.resolve("image");
    Path back = folder.resolve("back");
    try {
      for (Map.Entry<DiskFormat, List<ImageOptions>> format : FORMATS.entrySet()) {
        for (ImageOptions options : format.getValue()) {
          DiskCopy.from(DiskSource.file(raw).as(RAW))
              .to(DiskTarget.replacing(image), format.getKey())
              .options(options)
              .run();
          DiskCopy.from(DiskSource.file(image)).to(DiskTarget.replacing(back), RAW).run();
          assertThat(Arrays.mismatch(Files.readAllBytes(back), disk))
              .as("first difference by %s", format.getKey())
              .isEqualTo(-1);
        }
      }
    } finally {
      for (Path file : List.of(raw, image, back)) {
        Files.deleteIfExists(file);
      }
      Files.delete(folder);
    }
  }
}
