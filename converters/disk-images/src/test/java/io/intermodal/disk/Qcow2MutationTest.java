package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.QCOW2;
import static io.intermodal.disk.DiskFormat.RAW;
import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.IntermodalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damaged qcow2 of every kind gives our errors and nothing else, soon and in little memory. */
@Timeout(value = 3600)
class Qcow2MutationTest {

  @TempDir Path folder;

  private final Sample sample =
      Sample.of("m", 6 << 16)
          .with(0, Sample.text(1))
          .with(1, Sample.noise(2))
          .with(5, Sample.text(3));

  @Test
  void survivesDamageToWhatWeWrite() throws IOException {
    Path raw = sample.raw(folder);
    List<byte[]> seeds = new ArrayList<>();
    for (int cluster : new int[] {512, 4096, 65536, 2 << 20}) {
      for (Compression compression : List.of(Compression.NONE, Compression.FAST)) {
        Path image = folder.resolve("seed");
        DiskCopy.from(DiskSource.file(raw).as(RAW))
            .to(DiskTarget.replacing(image), QCOW2)
            .options(
                ImageOptions.none().withClusterBytes(cluster).withVersion(2 + seeds.size() % 2))
            .compress(compression)
            .run();
        if (Files.size(image) < 2 << 20) {
          seeds.add(Files.readAllBytes(image));
        }
      }
    }
    assertOnlyOurErrors(seeds);
  }

  @Test
  @Tag("qemu-img")
  void survivesDamageToOverlaysAndSubclusters() throws IOException {
    Qemu.require();
    sample.raw(folder);
    List<byte[]> seeds = new ArrayList<>();
    for (String options : new String[] {"extended_l2=on,cluster_size=16k", "cluster_size=4k"}) {
      Path image = folder.resolve("seed");
      Qemu.ok(
          "create",
          "-q",
          "-f",
          "qcow2",
          "-o",
          options,
          "-b",
          "sample.raw",
          "-F",
          "raw",
          image.toString(),
          "500k");
      Qemu.io(image, "write -P 4 1k 90k", "write -z 120k 33k", "write -P 5 300k 1k");
      seeds.add(Files.readAllBytes(image));
    }
    assertOnlyOurErrors(seeds);
  }

  private void assertOnlyOurErrors(List<byte[]> seeds) throws IOException {
    int rounds = Integer.getInteger("intermodal.fuzz.count", 4000) / 10;
    Random random = new Random(Long.getLong("intermodal.fuzz.seed", 1));
    Path file = folder.resolve("damaged");
    int refused = 0;
    for (int i = 0; i < rounds; i++) {
      Files.write(file, MutationTest.mutate(seeds.get(i % seeds.size()), random, 5 * 65536));
      try {
        DiskSource source =
            DiskSource.file(file).as(QCOW2).withBackingFilesIn(folder).withoutSnapshots();
        String unused = DiskImages.contentDigest(source);
      } catch (IntermodalException e) {
        assertThat(e).hasMessageStartingWith("cannot read");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(rounds / 20);
  }
}
