package io.intermodal.ovf.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads documents broken in every way one can think of, in a JVM with a heap of 256 MiB: nothing
 * but an {@code IntermodalException} comes out, none takes a second of a processor, none reaches
 * out of its package. {@code -Dintermodal.fuzz.count} says how many, {@code -Dintermodal.fuzz.seed}
 * which first.
 */
class MutationFuzzTest {

  private static final long FEW = 4000;

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void brokenDocumentsEndInOurErrorsOnly(@TempDir Path folder) throws Exception {
    String corpus = System.getProperty("intermodal.corpus", "");
    boolean real = !corpus.isBlank() && Files.isDirectory(Path.of(corpus, "ovf"));
    Path own = Files.createDirectory(folder.resolve("package"));
    try (CountingServer server = new CountingServer()) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-XX:+UseSerialGC",
                  "-ea",
                  "-cp",
                  System.getProperty("java.class.path"),
                  FuzzRun.class.getName(),
                  own.toString(),
                  String.valueOf(Long.getLong("intermodal.fuzz.seed", 1)),
                  String.valueOf(Long.getLong("intermodal.fuzz.count", FEW)),
                  server.address(),
                  real ? corpus : "")
              .redirectErrorStream(true)
              .start();
      String report = report(process);
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      System.Logger log = System.getLogger(MutationFuzzTest.class.getName());
      log.log(System.Logger.Level.INFO, report);
      assertThat(process.exitValue()).as(report).isZero();
      assertThat(report).contains("failures: 0");
      assertThat(server.connections()).as("what was fetched").isZero();
    }
  }

  private static String report(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
