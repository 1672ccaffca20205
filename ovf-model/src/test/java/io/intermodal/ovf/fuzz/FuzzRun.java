package io.intermodal.ovf.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Breaks and reads document after document in a JVM of its own, with a small heap. */
final class FuzzRun {

  /** More time of a processor for one input is a failure; others may use the machine as well. */
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** What waits uses no processor, so that a clock has to find it. */
  private static final long HANGS_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final Path KEPT = Path.of("target", "fuzz");

  private final Mutator mutator;
  private final ReadingSurface surface;
  private volatile long seed;
  private volatile long started;
  private long worstSeed;
  private long worstNanos;

  private FuzzRun(List<FuzzInput> inputs, Path folder) {
    this.mutator = new Mutator(inputs);
    this.surface = new ReadingSurface(folder);
  }

  /** Runs {@code <folder> <first seed> <count> <address> [<corpus>]}; exits with 1 on a failure. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    long first = Long.parseLong(arguments[1]);
    long count = Long.parseLong(arguments[2]);
    String corpus = arguments.length > 4 ? arguments[4] : "";
    List<FuzzInput> inputs = FuzzInputs.all(corpus, arguments[3]);
    System.exit(new FuzzRun(inputs, folder).run(inputs.size(), first, count) ? 0 : 1);
  }

  private boolean run(int inputs, long first, long count) throws IOException {
    watch();
    long begin = System.nanoTime();
    int failures = 0;
    for (long at = first; at < first + count && failures < 10; at++) {
      FuzzInput input = mutator.broken(at);
      Throwable failure = read(at, input);
      if (failure != null) {
        failures++;
        System.out.println(describe(at, input));
        failure.printStackTrace(System.out);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%d broken documents made of %d in %d ms, taken %d times, told in %d characters; worst %d ms, seed %d (%s); peak of the heap %d"
            + " MiB; failures: %d%n",
        count,
        inputs,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin),
        surface.taken(),
        surface.told(),
        TimeUnit.NANOSECONDS.toMillis(worstNanos),
        worstSeed,
        mutator.broken(worstSeed),
        peakBytes() >> 20,
        failures);
    // Were nearly all refused by the XML parser, the rest of the reader would be unproved.
    boolean enough = count < 1000 || surface.taken() > count / 4;
    if (!enough) {
      System.out.println("too few were taken");
    }
    return failures == 0 && enough;
  }

  private Throwable read(long at, FuzzInput input) {
    try {
      long nanos = timed(at, input);
      // A collection, or code that is compiled, makes an input slow once; a slow one is so always.
      for (int again = 0; again < 3 && nanos > MOST_NANOS; again++) {
        nanos = Math.min(nanos, timed(at, input));
      }
      if (nanos > worstNanos) {
        worstNanos = nanos;
        worstSeed = at;
      }
      return nanos > MOST_NANOS
          ? new IllegalStateException(nanos + " ns of a processor are too long")
          : null;
    } catch (IOException | RuntimeException | Error e) {
      return e;
    } finally {
      started = 0;
    }
  }

  private long timed(long at, FuzzInput input) throws IOException {
    seed = at;
    started = System.nanoTime();
    long before = THREADS.getCurrentThreadCpuTime();
    surface.read(input);
    return THREADS.getCurrentThreadCpuTime() - before;
  }

  /** Ends the JVM, naming the seed, when one input takes for ever. */
  private void watch() {
    Thread watchdog =
        new Thread(
            () -> {
              while (true) {
                long since = started;
                if (since != 0 && System.nanoTime() - since > HANGS_NANOS) {
                  System.out.println("hangs: " + describe(seed, mutator.broken(seed)));
                  System.out.flush();
                  Runtime.getRuntime().halt(3);
                }
                try {
                  Thread.sleep(500);
                } catch (InterruptedException e) {
                  return;
                }
              }
            },
            "watchdog");
    watchdog.setDaemon(true);
    watchdog.start();
  }

  private String describe(long at, FuzzInput input) {
    Path kept = KEPT.resolve("seed-" + at);
    try {
      Files.createDirectories(KEPT);
      Files.write(kept, input.text().getBytes(ISO_8859_1));
    } catch (IOException e) {
      System.out.println("cannot keep the input: " + e);
    }
    return "seed "
        + at
        + ", made of "
        + input
        + ", kept as "
        + kept
        + "; again with -Dintermodal.fuzz.seed="
        + at
        + " -Dintermodal.fuzz.count=1";
  }

  private static long peakBytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(p -> p.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(u -> u.getUsed())
        .sum();
  }
}
