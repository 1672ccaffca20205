package io.intermodal.ovf.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Reads the same documents with the oldest and the newest JDK that there is: samples, real ones,
 * broken ones, those at the bounds. Values, findings and refusals are the same, to the byte.
 */
class JdkDifferenceTest {

  private static final Path JDKS = Path.of("/usr/lib/jvm");

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void everyJdkReadsTheSame() throws Exception {
    Map<Integer, Path> jdks = jdks();
    boolean two = jdks.size() > 1;
    if (Boolean.getBoolean("intermodal.require")) {
      assertThat(two).as("two JDKs of different versions are in %s", JDKS).isTrue();
    }
    assumeTrue(two, "there are no two JDKs of different versions in " + JDKS);
    List<Path> homes = List.copyOf(jdks.values());
    List<String> oldest = dump(homes.get(0));
    List<String> newest = dump(homes.get(homes.size() - 1));
    assertThat(oldest).hasSizeGreaterThan(3000);
    assertThat(newest).as("JDKs %s", jdks.keySet()).isEqualTo(oldest);
  }

  @Test
  void boundsHoldWhereTheyAreSaidTo() throws Exception {
    List<String> lines = dump(Path.of(System.getProperty("java.home")));
    for (String bound :
        List.of("depth", "attributes", "declarations", "scope", "elements", "text", "attribute")) {
      assertThat(lines).anyMatch(line -> line.startsWith(bound + " 0: UTF-8 "));
      assertThat(lines).anyMatch(line -> line.startsWith(bound + " 1: XML_LIMIT "));
    }
    assertThat(lines).anyMatch(line -> line.startsWith("references: UTF-8 "));
    assertThat(lines).anyMatch(line -> line.startsWith("name: UTF-8 "));
    assertThat(lines).anyMatch(line -> line.startsWith("entity: XML_"));
    assertThat(lines).anyMatch(line -> line.startsWith("doctype: XML_FORBIDDEN "));
    assertThat(lines).anyMatch(line -> line.startsWith("billion: XML_FORBIDDEN "));
  }

  /** Returns the JDKs of this machine by their version, this one among them. */
  private static Map<Integer, Path> jdks() throws IOException {
    Map<Integer, Path> found = new TreeMap<>();
    if (Files.isDirectory(JDKS)) {
      try (Stream<Path> homes = Files.list(JDKS)) {
        for (Path home : homes.sorted().toList()) {
          Path java = home.resolve("bin").resolve("java");
          if (Files.isExecutable(java)) {
            version(
                run(List.of(java.toString(), "-XshowSettings:properties", "-version")),
                found,
                home);
          }
        }
      }
    }
    found.put(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
    return found;
  }

  private static void version(List<String> settings, Map<Integer, Path> found, Path home) {
    settings.stream()
        .map(String::strip)
        .filter(line -> line.startsWith("java.specification.version = "))
        .map(line -> line.substring(line.indexOf('=') + 2))
        // Before 9 it was 1.8, which is too old for us anyway.
        .filter(version -> version.matches("[0-9]+") && Integer.parseInt(version) >= 17)
        .forEach(version -> found.put(Integer.parseInt(version), home));
  }

  private static List<String> dump(Path home) throws Exception {
    String corpus = System.getProperty("intermodal.corpus", "");
    boolean real = !corpus.isBlank() && Files.isDirectory(Path.of(corpus, "ovf"));
    return run(
        List.of(
            home.resolve("bin").resolve("java").toString(),
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            ReadingDump.class.getName(),
            real ? corpus : ""));
  }

  private static List<String> run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertThat(process.waitFor()).as(output.lines().limit(50).toList().toString()).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return output.lines().toList();
  }
}
