package io.intermodal.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.intermodal.IntermodalException;
import io.intermodal.ovf.Envelope;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntBiFunction;
import java.util.stream.Stream;

/** Reads descriptors, findings and machines included; {@code ovf.sh} starts it. */
public final class OvfReading {

  private static final int ROUNDS = 15;

  private OvfReading() {}

  /**
   * Runs {@code make <file> <bytes>}, {@code first <file>}, {@code warm <file>}, {@code read
   * <file>}, which is warm without findings and machines, or {@code all <folder>}.
   */
  public static void main(String[] arguments) throws IOException {
    Path path = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "make" -> Files.write(path, DescriptorInput.ofBytes(Integer.parseInt(arguments[2])));
      case "first" -> first(path);
      case "warm" -> warm(path, OvfReading::read);
      case "read" -> warm(path, (name, bytes) -> Envelope.read(name, bytes).files().size());
      case "all" -> all(path);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  static int read(String name, byte[] bytes) {
    Envelope envelope = Envelope.read(name, bytes);
    return envelope.machines(null).size() + envelope.findings().size();
  }

  /** Prints the milliseconds of the first read of this JVM; nothing is loaded before. */
  private static void first(Path file) throws IOException {
    long from = System.nanoTime();
    int seen = read(file.toString(), Files.readAllBytes(file));
    System.out.printf(Locale.ROOT, "%.1f %d%n", (System.nanoTime() - from) / 1e6, seen);
  }

  /** Prints microseconds of CPU, of all threads, and of wall for one read: medians of rounds. */
  private static void warm(Path file, ToIntBiFunction<String, byte[]> work) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int reads = Math.max(5, (40 << 20) / bytes.length);
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    double[] cpu = new double[ROUNDS];
    double[] wall = new double[ROUNDS];
    long seen = 0;
    for (int round = -ROUNDS; round < ROUNDS; round++) {
      long cpuFrom = system.getProcessCpuTime();
      long wallFrom = System.nanoTime();
      for (int i = 0; i < reads; i++) {
        seen += work.applyAsInt("a", bytes);
      }
      if (round >= 0) {
        cpu[round] = (system.getProcessCpuTime() - cpuFrom) / 1e3 / reads;
        wall[round] = (System.nanoTime() - wallFrom) / 1e3 / reads;
      }
    }
    System.out.printf(
        Locale.ROOT, "%d %.0f %.0f %d%n", bytes.length, median(cpu), median(wall), seen);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /** Prints milliseconds for all descriptors of a folder, from a cold start, and how many. */
  private static void all(Path folder) throws IOException {
    long from = System.nanoTime();
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.filter(f -> f.toString().endsWith(".ovf")).sorted().toList();
    }
    int refused = 0;
    long length = 0;
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      length += bytes.length;
      try {
        read(file.toString(), bytes);
      } catch (IntermodalException e) {
        refused++;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%.0f %d %d %d%n",
        (System.nanoTime() - from) / 1e6,
        files.size(),
        refused,
        length);
  }
}
