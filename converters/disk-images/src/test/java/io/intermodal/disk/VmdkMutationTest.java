package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.VMDK_MONOLITHIC_FLAT;
import static io.intermodal.disk.DiskFormat.VMDK_MONOLITHIC_SPARSE;
import static io.intermodal.disk.DiskFormat.VMDK_STREAM_OPTIMIZED;
import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.Cancellation;
import io.intermodal.IntermodalException;
import io.intermodal.Progress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged VMDK gives our errors and nothing else. A tenth of {@code -Dintermodal.fuzz.count} images
 * of each kind are read, at least 200; {@code -Dintermodal.fuzz.seed} starts elsewhere.
 */
@Timeout(3600)
class VmdkMutationTest {

  private static final long ROUNDS = Math.max(200, Long.getLong("intermodal.fuzz.count", 0) / 10);

  private final Random random = new Random(Long.getLong("intermodal.fuzz.seed", 1));

  private final Sample sample =
      Sample.of("m", 40L << 20)
          .with(0, Sample.text(1))
          .with(1, Sample.noise(2))
          .with(515, Sample.text(3));

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("damaged.vmdk");
  }

  private interface Reading {
    void read(byte[] damaged) throws IOException;
  }

  /** Tells how many images were refused. */
  private int refused(byte[] image, int structure, Reading reading) throws IOException {
    int refused = 0;
    for (long i = 0; i < ROUNDS; i++) {
      byte[] damaged = MutationTest.mutate(image, random, structure);
      try {
        reading.read(damaged);
      } catch (IntermodalException e) {
        assertThat(e).hasMessageStartingWith("cannot ");
        refused++;
      }
    }
    return refused;
  }

  private String digest(byte[] damaged, DiskFormat format) throws IOException {
    return DiskImages.contentDigest(DiskSource.file(Files.write(file, damaged)).as(format));
  }

  @Test
  void sparse() throws IOException {
    SparseVmdk image =
        new SparseVmdk(16, 20_000)
            .grain(0, Arrays.copyOf(Sample.text(1), 8192))
            .grain(600, Arrays.copyOf(Sample.noise(2), 8192))
            .zero(7);
    int refused =
        refused(image.bytes(1), 30 * 512, damaged -> digest(damaged, VMDK_MONOLITHIC_SPARSE));
    assertThat(refused).isGreaterThan((int) (ROUNDS / 5));
  }

  @Test
  void descriptors() throws IOException {
    Files.write(folder.resolve("f.vmdk"), Sample.text(1));
    Files.write(folder.resolve("s.vmdk"), new SparseVmdk(8, 30).bytes(0));
    byte[] text =
        """
        # Disk DescriptorFile
        version=1
        encoding="UTF-8"
        parentCID=ffffffff
        createType="monolithicFlat"
        RW 20 FLAT "f.vmdk" 0
        RW 5 ZERO
        RW 30 SPARSE "s.vmdk"
        RW 30 FLAT "f.vmdk" 20
        """
            .getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(text, 8192);
    int refused = refused(padded, text.length, damaged -> digest(damaged, VMDK_MONOLITHIC_FLAT));
    assertThat(refused).isGreaterThan((int) (ROUNDS / 5));
  }

  @Test
  void lenientReading() throws IOException {
    int refused =
        refused(
            inFront(sample.vmdk()),
            70_000,
            damaged -> {
              String unused =
                  DiskImages.contentDigest(
                      DiskSource.file(Files.write(file, damaged))
                          .as(VMDK_STREAM_OPTIMIZED)
                          .lenient());
            });
    assertThat(refused).isGreaterThan((int) (ROUNDS / 20));
  }

  @Test
  void repair() throws IOException {
    int refused =
        refused(
            sample.vmdk(),
            66_000,
            damaged -> {
              CopyResult unused =
                  DiskImages.repair(
                      DiskSource.vmdkStream("damaged", new ByteArrayInputStream(damaged)),
                      DiskTarget.stream("out", OutputStream.nullOutputStream()),
                      Progress.Listener.none(),
                      Cancellation.none());
            });
    assertThat(refused).isGreaterThan((int) (ROUNDS / 20));
  }

  /** Says in the header, too, where the directory is. */
  private static byte[] inFront(byte[] image) {
    ByteBuffer b = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
    return b.putLong(56, b.getLong(image.length - 1024 + 56)).array();
  }
}
