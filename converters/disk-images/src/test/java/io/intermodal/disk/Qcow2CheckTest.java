package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.QCOW2;
import static io.intermodal.disk.DiskFormat.RAW;
import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.IntermodalException;
import io.intermodal.disk.CheckReport.Problem;
import io.intermodal.disk.CheckReport.Severity;
import io.intermodal.disk.internal.ReadSettings;
import io.intermodal.disk.internal.SourceBytes;
import io.intermodal.disk.internal.qcow2.Qcow2Format;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reference counts of qcow2 are held against what refers to clusters, as qemu-img does. */
@Timeout(300)
class Qcow2CheckTest {

  private static final long OFFSET = 0x00FFFFFFFFFFFE00L;

  @TempDir Path folder;

  private static List<Problem> check(Path image) {
    List<Problem> problems = new ArrayList<>();
    try (SourceBytes source = DiskSource.file(image).open()) {
      new Qcow2Format().check(source, ReadSettings.plain(), problems::add);
    }
    return problems;
  }

  private Path image(int cluster, Compression compression) {
    Path raw =
        Sample.of("c", 5 << 20)
            .with(0, Sample.text(1))
            .with(1, Sample.noise(2))
            .with(2, Sample.text(3))
            .with(70, Sample.text(4))
            .raw(folder);
    Path image = folder.resolve("i.qcow2");
    DiskCopy.from(DiskSource.file(raw).as(RAW))
        .to(DiskTarget.replacing(image), QCOW2)
        .options(ImageOptions.none().withClusterBytes(cluster))
        .compress(compression)
        .run();
    return image;
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 4096, 65536, 2 << 20})
  void findsNothingInWhatWeWrite(int cluster) {
    assertThat(check(image(cluster, Compression.NONE))).isEmpty();
    assertThat(check(image(cluster, Compression.FAST))).isEmpty();
  }

  @Tag("qemu-img")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "refcount_bits=1",
        "refcount_bits=2",
        "refcount_bits=4",
        "refcount_bits=8",
        "refcount_bits=16",
        "refcount_bits=32",
        "refcount_bits=64",
        "cluster_size=512",
        "compat=0.10",
        "extended_l2=on",
        "preallocation=metadata",
        "preallocation=full"
      })
  void findsNothingInWhatQemuWrites(String options) throws IOException {
    Qemu.require();
    Path image = folder.resolve("q.qcow2");
    Qemu.ok("create", "-q", "-f", "qcow2", "-o", options, image.toString(), "6M");
    Qemu.io(image, "write -P 7 100k 900k", "write -z 1M 192k", "discard 200k 64k");
    assertThat(check(image)).isEmpty();
    if (!options.contains("bits=1") && !options.contains("compat")) {
      Qemu.ok("bitmap", "--add", image.toString(), "b0");
    }
    if (!options.equals("refcount_bits=1")) {
      Qemu.ok("snapshot", "-c", "s1", image.toString());
      Qemu.io(image, "write -P 9 64k 300k");
      Qemu.ok("snapshot", "-c", "s2", image.toString());
      Qemu.io(image, "write -P 9 3M 300k");
    }
    Qemu.check(image);
    assertThat(check(image)).isEmpty();
  }

  @Tag("qemu-img")
  @Test
  void findsNothingInWhatQemuCompresses() throws IOException {
    Qemu.require();
    Path raw = Sample.random(5).raw(folder);
    for (String cluster : new String[] {"512", "4096", "65536", "2M"}) {
      Path image = folder.resolve("q.qcow2");
      String options = "cluster_size=" + cluster;
      Qemu.ok("convert", "-c", "-O", "qcow2", "-o", options, "-f", "raw", raw + "", image + "");
      assertThat(check(image)).isEmpty();
    }
  }

  /** Each damage is one that qemu-img sees as well: 2 is damage, 3 is lost space. */
  @Tag("qemu-img")
  @ParameterizedTest
  @CsvSource({
    "leak, LEAK, 'counted 1 times, referred to 0 times'",
    "uncounted, DAMAGE, 'counted 0 times, referred to 1 times'",
    "copied, DAMAGE, not marked as unshared",
    "overlap, DAMAGE, structures overlap",
    "far, DAMAGE, a cluster cannot be at byte",
    "block, DAMAGE, a block cannot be at byte",
  })
  void findsDamage(String what, Severity severity, String reason) throws IOException {
    Qemu.require();
    Path image = image(65536, Compression.NONE);
    byte[] bytes = Files.readAllBytes(image);
    ByteBuffer b = ByteBuffer.wrap(bytes);
    int l1 = (int) b.getLong(40);
    int l2 = (int) (b.getLong(l1) & OFFSET);
    int table = (int) b.getLong(48);
    int block = (int) b.getLong(table);
    int data = (int) (b.getLong(l2) & OFFSET);
    switch (what) {
      case "leak" -> {
        bytes = Arrays.copyOf(bytes, bytes.length + 65536);
        ByteBuffer.wrap(bytes).putChar(block + (bytes.length / 65536 - 1) * 2, (char) 1);
      }
      case "uncounted" -> b.putChar(block + data / 65536 * 2, (char) 0);
      case "copied" -> b.putLong(l2, b.getLong(l2) & ~(1L << 63));
      case "overlap" -> b.putLong(l2, l1 | 1L << 63);
      case "far" -> b.putLong(l2, 1L << 40 | 1L << 63);
      default -> b.putLong(table, 0x12345);
    }
    Files.write(image, bytes);
    assertThat(check(image))
        .anySatisfy(
            problem -> {
              assertThat(problem.severity()).isEqualTo(severity);
              assertThat(problem.message()).contains(reason).contains("i.qcow2 at byte");
            });
    String judgement = Qemu.says("check", "-f", "qcow2", image.toString());
    assertThat(judgement).contains(severity == Severity.LEAK ? "leaked" : "errors");
  }

  @Test
  void survivesDamage() throws IOException {
    byte[] bytes = Files.readAllBytes(image(4096, Compression.FAST));
    int rounds = Integer.getInteger("intermodal.fuzz.count", 4000) / 4;
    Random random = new Random(Long.getLong("intermodal.fuzz.seed", 1));
    Path file = folder.resolve("damaged");
    int found = 0;
    for (int i = 0; i < rounds; i++) {
      Files.write(file, MutationTest.mutate(bytes, random, 4096 * 6));
      try {
        found += check(file).isEmpty() ? 0 : 1;
      } catch (IntermodalException e) {
        found++;
      }
    }
    assertThat(found).isGreaterThan(rounds / 8);
  }
}
