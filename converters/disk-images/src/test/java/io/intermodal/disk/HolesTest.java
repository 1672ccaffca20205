package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.QCOW2;
import static io.intermodal.disk.DiskFormat.RAW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.intermodal.Cancellation;
import io.intermodal.Progress;
import io.intermodal.disk.internal.FileBytes;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holes of files are passed over by the class that the jar has for JDK 22 and newer. Classes in
 * folders have no versions, so the test puts that one in front in a JVM of its own.
 */
@Timeout(120)
class HolesTest {

  @TempDir Path folder;

  @Test
  void passesOverHolesOnNewerJdks() throws Exception {
    assumeTrue(
        Runtime.version().feature() >= 22, "holes are known on JDK 22 and newer, this is older");
    assumeTrue(System.getProperty("os.name").equals("Linux"), "holes are known on Linux");
    Path classes = classes();
    Path versioned = classes.resolve("META-INF/versions/22");
    assertThat(versioned.resolve("io/intermodal/disk/internal/HoleMaps.class")).exists();
    Outcome outcome =
        child(versioned + File.pathSeparator + System.getProperty("java.class.path"), "all");
    assertThat(outcome.status).as(outcome.output).isZero();
    assertThat(outcome.output).contains("all is well").doesNotContain("WARNING");
  }

  @Test
  void readsEverythingWhenHolesAreNotWanted() throws Exception {
    Outcome outcome = child(System.getProperty("java.class.path"), "unknown");
    assertThat(outcome.status).as(outcome.output).isZero();
  }

  private record Outcome(int status, String output) {}

  private Outcome child(String classPath, String what) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-Xmx256m", "-cp", classPath, Child.class.getName()));
    command.addAll(List.of(folder.toString(), what));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), output);
  }

  private static Path classes() throws URISyntaxException {
    return Path.of(DiskImages.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** What runs in a JVM of its own. */
  static final class Child {

    private Child() {}

    /** Reads sparse files in the folder named. */
    public static void main(String[] arguments) throws IOException {
      Path folder = Path.of(arguments[0]);
      boolean known = arguments[1].equals("all");
      listsRunsOfData(folder, known);
      readsRandomSparseFiles(folder);
      if (known) {
        readsOneTebibyte(folder);
      }
      System.out.println("all is well");
    }

    private static void listsRunsOfData(Path folder, boolean known) throws IOException {
      Path file = sparse(folder.resolve("runs.raw"), 64L << 20, Map.of(8L << 20, 1 << 20));
      try (FileBytes bytes = FileBytes.open("runs", new ByteRange(file, 4L << 20, 60L << 20))) {
        assertThat(bytes.nextData(0)).isEqualTo(known ? 4L << 20 : 0);
        assertThat(bytes.nextData((4L << 20) + 5)).isEqualTo((4L << 20) + 5);
        assertThat(bytes.nextHole(4L << 20)).isEqualTo(known ? 5L << 20 : 60L << 20);
        // The file ends with a byte that was written, and so with a page of data.
        long last = (60L << 20) - 1;
        assertThat(bytes.nextData(6L << 20)).isBetween(known ? last - 65_535 : 6L << 20, last);
        assertThat(bytes.nextData(60L << 20)).isEqualTo(60L << 20);
      }
    }

    private static void readsRandomSparseFiles(Path folder) throws IOException {
      Random random = new Random(1);
      for (int i = 0; i < 20; i++) {
        long size = 512L * (1 + random.nextInt(40_000));
        Map<Long, Integer> runs = new TreeMap<>();
        for (int n = random.nextInt(8); n > 0; n--) {
          long at = (long) (random.nextDouble() * size);
          runs.put(at, (int) Math.min(size - at, 1 + random.nextInt(300_000)));
        }
        Path file = sparse(folder.resolve("random.raw"), size, runs);
        byte[] bytes = Files.readAllBytes(file);
        try (FileChannel channel = FileChannel.open(file)) {
          // A channel has no holes that one could ask for: all of it is read.
          String all = DiskImages.contentDigest(DiskSource.channel("all", channel).as(RAW));
          assertThat(DiskImages.contentDigest(DiskSource.file(file).as(RAW))).isEqualTo(all);
          Path back = folder.resolve("back.raw");
          DiskCopy.from(DiskSource.file(file).as(RAW)).to(DiskTarget.replacing(back), RAW).run();
          assertThat(Files.readAllBytes(back)).isEqualTo(bytes);
        }
      }
    }

    private static void readsOneTebibyte(Path folder) throws IOException {
      long size = 1L << 40;
      Map<Long, Integer> runs = Map.of(7L << 30, 100_000, 800L << 30, 70_000, size - 512, 512);
      Path file = sparse(folder.resolve("large.raw"), size, runs);
      Path to = folder.resolve("large.qcow2");
      List<Progress> told = new ArrayList<>();
      long start = System.nanoTime();
      CopyResult result =
          DiskCopy.from(DiskSource.file(file).as(RAW))
              .to(DiskTarget.file(to), QCOW2)
              .progress(told::add)
              .run();
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(20));
      assertThat(result.bytesRead()).isBetween(170_512L, 300_000L);
      long total = result.bytesRead();
      assertThat(told).allMatch(p -> p.totalBytes().orElse(0) == total);
      assertThat(told.get(told.size() - 1).doneBytes()).isEqualTo(total);
      Comparison comparison =
          DiskImages.compare(
              DiskSource.file(file).as(RAW),
              DiskSource.file(to),
              Progress.Listener.none(),
              Cancellation.none());
      assertThat(comparison.identical()).isTrue();
    }

    private static Path sparse(Path file, long size, Map<Long, Integer> runs) throws IOException {
      Files.deleteIfExists(file);
      try (FileChannel out =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        for (Map.Entry<Long, Integer> run : runs.entrySet()) {
          byte[] bytes = new byte[run.getValue()];
          new Random(run.getKey()).nextBytes(bytes);
          out.write(ByteBuffer.wrap(bytes), run.getKey());
        }
        if (out.size() < size) {
          out.write(ByteBuffer.allocate(1), size - 1);
        }
      }
      return file;
    }
  }
}
