package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.QCOW2;
import static io.intermodal.disk.DiskFormat.RAW;
import static io.intermodal.disk.DiskFormat.VMDK_STREAM_OPTIMIZED;
import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.disk.internal.ByteTarget;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.ExtentWriter;
import io.intermodal.disk.internal.WriteSettings;
import io.intermodal.disk.internal.engine.Formats;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Memory is bounded by the number of threads, not by the size of a disk or how its data lies. */
class MemoryTest {

  @Test
  @Timeout(180)
  void twoThreadsNeedNoMoreThan128MebibytesOfHeap(@TempDir Path folder) throws Exception {
    String unused = runs("-Xmx128m", Child.class, folder);
  }

  @Test
  @Timeout(180)
  void memoryStaysTheSameWhileDisksGrowToTwoTebibytes(@TempDir Path folder) throws Exception {
    String output = runs("-Xmx256m", Spread.class, folder);
    long[] live =
        output
            .lines()
            .filter(line -> line.startsWith("live "))
            .mapToLong(line -> Long.parseLong(line.substring(5)))
            .toArray();
    assertThat(live).hasSize(3);
    // Tables of one place at a time, and the directory: 16 KiB of L1 per 8 TiB.
    assertThat(live[1]).as("4 times the disk: %s", output).isLessThan(live[0] + (24 << 20));
    assertThat(live[2]).as("16 times the disk: %s", output).isLessThan(live[0] + (24 << 20));
  }

  private static String runs(String heap, Class<?> child, Path folder) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                child.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }

  /** Copies disks of 128 GiB, 512 GiB and 2 TiB with a block of data in each GiB. */
  static final class Spread {

    private Spread() {}

    /** Prints the most memory that was in use while each of them was copied to and fro. */
    public static void main(String[] arguments) throws IOException {
      Path folder = Path.of(arguments[0]);
      for (int times : new int[] {1, 4, 16}) {
        long size = times * (128L << 30) - (1 << 20);
        Path qcow2 = folder.resolve(times + ".qcow2");
        byte[] block = Sample.text(times);
        try (FileChannel out = FileChannel.open(qcow2, Samples.NEW)) {
          ExtentWriter writer =
              Formats.get(QCOW2, "spread")
                  .create(
                      ByteTarget.of("spread", out, List.of()),
                      new WriteSettings(size, Compression.NONE, ImageOptions.none(), "s", 0));
          for (long at = 5L << 20; at < size; at += 1 << 30) {
            writer.write(Extent.raw(at, block, 0, block.length, 0));
          }
          writer.finish();
        }
        Path vmdk = folder.resolve(times + ".vmdk");
        long first = copy(DiskSource.file(qcow2), vmdk, VMDK_STREAM_OPTIMIZED);
        long second = copy(DiskSource.file(vmdk), folder.resolve("back"), QCOW2);
        long live = Math.max(first, second);
        System.out.println("live " + live);
        Files.delete(qcow2);
        Files.delete(vmdk);
      }
    }

    private static long copy(DiskSource source, Path to, DiskFormat format) {
      long[] most = new long[1];
      DiskCopy.from(source)
          .to(DiskTarget.replacing(to), format)
          .compress(Compression.FAST)
          .threads(2)
          .force(false)
          .progress(
              progress -> {
                System.gc();
                most[0] = Math.max(most[0], inUseAfterCollection());
              })
          .run();
      return most[0];
    }

    /** What the last collection left; what was allocated since then is not counted. */
    private static long inUseAfterCollection() {
      return ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .map(MemoryPoolMXBean::getCollectionUsage)
          .filter(Objects::nonNull)
          .mapToLong(MemoryUsage::getUsed)
          .sum();
    }
  }

  /** What runs in the small heap: 100 MB of data through all formats, verified and digested. */
  static final class Child {

    private Child() {}

    /** Copies to and fro in the folder named. */
    public static void main(String[] arguments) throws IOException {
      Path folder = Path.of(arguments[0]);
      Sample sample = Sample.of("large", 8L << 30);
      for (int i = 0; i < 400; i++) {
        sample.with(i * 4L, Sample.noise(i));
        sample.with(i * 300L + 1, Sample.text(i));
      }
      Path raw = sample.raw(folder);
      sample.blocks().clear();
      Path vmdk = folder.resolve("a.vmdk");
      Path qcow2 = folder.resolve("b.qcow2");
      Path back = folder.resolve("c.raw");
      copy(DiskSource.file(raw).as(RAW), vmdk, VMDK_STREAM_OPTIMIZED);
      copy(DiskSource.file(vmdk), qcow2, QCOW2);
      copy(DiskSource.file(qcow2), back, RAW);
    }

    private static void copy(DiskSource source, Path to, DiskFormat format) {
      DiskCopy.from(source)
          .to(DiskTarget.file(to), format)
          .compress(Compression.FAST)
          .threads(2)
          .run();
    }
  }
}
