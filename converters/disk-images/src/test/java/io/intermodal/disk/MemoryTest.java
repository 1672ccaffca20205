package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.QCOW2;
import static io.intermodal.disk.DiskFormat.RAW;
import static io.intermodal.disk.DiskFormat.VMDK_STREAM_OPTIMIZED;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A heap of 128 MiB is enough for two threads. */
class MemoryTest {

  @Test
  @Timeout(180)
  void twoThreadsNeedNoMoreThan128MebibytesOfHeap(@TempDir Path folder) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
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
