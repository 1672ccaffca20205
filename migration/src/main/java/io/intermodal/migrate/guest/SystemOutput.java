package io.intermodal.migrate.guest;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a guest says of its kernel, its processors and its memory. */
final class SystemOutput {

  private static final Pattern RELEASE = Pattern.compile("\\d+(\\.\\d+)*[!-~]{0,200}");
  private static final Pattern ARCHITECTURE = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{1,30}");
  private static final Pattern CLOCK =
      Pattern.compile("(?i)(?:cpu MHz|clock)\\s*:\\s*(\\d{1,7})(\\.\\d{1,9})?\\s*(?:MHz)?");
  private static final Pattern TOTAL = Pattern.compile("MemTotal:\\s*(\\d{1,15}) kB");
  private static final Pattern PROCESSOR = Pattern.compile("processor\\s*:\\s*\\d{1,6}");
  private static final int MAX_PROCESSORS = 65_536;

  private SystemOutput() {}

  /** Names a kernel. */
  record Kernel(String release, String architecture) {}

  /**
   * Counts processors.
   *
   * @param mhz clock of the first; null when not told, as on ARM
   */
  record Cpu(int cores, @Nullable Integer mhz) {}

  /** Reads {@code uname -r} and {@code uname -m}, a line each; null when they are not there. */
  static @Nullable Kernel kernel(String output) {
    @Nullable String release = null;
    for (String line : OutputLines.of(output)) {
      String word = line.strip();
      if (release == null) {
        release = RELEASE.matcher(word).matches() ? word : null;
      } else if (ARCHITECTURE.matcher(word).matches()) {
        return new Kernel(release, word);
      }
    }
    return null;
  }

  /** Reads the lines of {@code /proc/cpuinfo} that say processor and clock. */
  static @Nullable Cpu cpu(String output) {
    int cores = 0;
    @Nullable Integer mhz = null;
    for (String line : limited(output)) {
      if (PROCESSOR.matcher(line.strip()).matches()) {
        cores++;
      }
      Matcher clock = CLOCK.matcher(line.strip());
      if (mhz == null && clock.matches()) {
        int whole = Integer.parseInt(clock.group(1));
        String part = clock.group(2);
        int rounded = part != null && part.charAt(1) >= '5' ? whole + 1 : whole;
        mhz = rounded > 0 ? rounded : null;
      }
    }
    return cores == 0 ? null : new Cpu(cores, mhz);
  }

  private static List<String> limited(String output) {
    return output.lines().limit(MAX_PROCESSORS).filter(line -> line.length() < 200).toList();
  }

  /** Reads {@code MemTotal} of {@code /proc/meminfo} in bytes. */
  static @Nullable Long memoryBytes(String output) {
    for (String line : OutputLines.of(output)) {
      Matcher total = TOTAL.matcher(line.strip());
      if (total.matches()) {
        long kib = Long.parseLong(total.group(1));
        return kib > 0 ? Math.multiplyExact(kib, 1024L) : null;
      }
    }
    return null;
  }
}
