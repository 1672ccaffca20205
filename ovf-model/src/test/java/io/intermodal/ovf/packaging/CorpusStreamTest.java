package io.intermodal.ovf.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.intermodal.Cancellation;
import io.intermodal.IntermodalException;
import io.intermodal.Progress;
import io.intermodal.ovf.OvfError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams the packages of real products and their odd relatives, where the folder is given. */
class CorpusStreamTest {

  /** Two verifications are the same only if they are of one time. */
  private static final TrustPolicy NOW =
      TrustPolicy.none().at(Instant.parse("2026-01-01T00:00:00Z"));

  @TempDir private Path scratch;

  private static List<Path> packages() throws IOException {
    Path folder = Path.of(System.getProperty("intermodal.corpus", ""), "ovf", "packages");
    if (!Files.isDirectory(folder)) {
      if (Boolean.getBoolean("intermodal.require")) {
        fail("intermodal.corpus names no folder with real packages, and it is required");
      }
      abort("intermodal.corpus names no folder with real packages");
    }
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> found = all.filter(f -> f.toString().endsWith(".ova")).sorted().toList();
      assertThat(found).hasSizeGreaterThan(30);
      return found;
    }
  }

  private static Verification verify(Path file) {
    return OvfPackage.open(file).verify(NOW, Progress.Listener.none(), Cancellation.none());
  }

  private static Object outcome(Path name, Verified work) throws IOException {
    try {
      return work.verification();
    } catch (IntermodalException e) {
      assertThat(e).as(name.toString()).hasMessageStartingWith("cannot ");
      return e.code();
    }
  }

  /** Is work that ends in a verification or one of our errors. */
  private interface Verified {
    Verification verification() throws IOException;
  }

  @Test
  void aStreamOfAnyPaceGivesWhatTheFileGives() throws IOException {
    Random random = new Random(3);
    for (Path file : packages()) {
      byte[] bytes = Files.readAllBytes(file);
      Object ofFile = outcome(file, () -> verify(file));
      for (int most : new int[] {1, 511, 512, 513, 1 + random.nextInt(70_000), 70_000}) {
        if (most == 1 && bytes.length > 100_000) {
          continue;
        }
        Object ofStream =
            outcome(
                file,
                () -> OvaStream.of("s", new Trickle(bytes, most)).trust(NOW).read().verification());
        assertThat(ofStream).as("%s at %d bytes", file, most).isEqualTo(ofFile);
      }
    }
  }

  @Test
  void findingsOfAStreamAreThoseOfTheFile() throws IOException {
    int compared = 0;
    for (Path file : packages()) {
      OvfPackage pack;
      try {
        pack = OvfPackage.open(file);
      } catch (IntermodalException e) {
        continue;
      }
      byte[] bytes = Files.readAllBytes(file);
      StreamedPackage streamed = OvaStream.of("s", new Trickle(bytes, 70_000)).trust(NOW).read();
      assertThat(streamed.findings()).as(file.toString()).isEqualTo(pack.findings());
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
        gzip.write(bytes);
      }
      assertThat(
              OvaStream.of("s", new Trickle(packed.toByteArray(), 1000))
                  .gunzip(true)
                  .trust(NOW)
                  .read()
                  .verification())
          .as(file.toString())
          .isEqualTo(streamed.verification());
      compared++;
    }
    assertThat(compared).isGreaterThan(25);
  }

  /**
   * Unpacked and packed again, a package is as good as before, and so are its signature's bytes.
   */
  @Test
  void whatVerifiesSurvivesUnpackingAndPacking() throws IOException {
    int signed = 0;
    int refused = 0;
    int round = 0;
    for (Path file : packages()) {
      if (!(outcome(file, () -> SamplePackage.verify(file)) instanceof Verification before)
          || !before.verified()) {
        continue;
      }
      Path folder = scratch.resolve("f" + round);
      Path again = scratch.resolve("a" + round++ + ".ova");
      OvfPackage source = OvfPackage.open(file);
      // A signature that is broken or cannot be checked is copied only for who asks for that.
      boolean accepted = before.accepted();
      if (!accepted) {
        assertThatExceptionOfType(IntermodalException.class)
            .isThrownBy(() -> source.rewrite().toFolder(folder))
            .satisfies(e -> assertThat(e.code()).isEqualTo(OvfError.SIGNATURE_REFUSED));
        refused++;
      }
      source.rewrite().proof(PackageRewrite.Proof.KEEP).verify(accepted).toFolder(folder);
      OvfPackage unpacked = OvfPackage.openFolder(folder);
      unpacked.rewrite().verify(accepted).toOva(again);
      OvfPackage packed = OvfPackage.open(again);
      assertThat(SamplePackage.verify(again).verified()).as(file.toString()).isTrue();
      assertThat(packed.manifest().map(Manifest::entries))
          .isEqualTo(source.manifest().map(Manifest::entries));
      if (source.certificate().isPresent()) {
        assertThat(bytes(packed)).isEqualTo(bytes(source));
        signed++;
      }
    }
    assertThat(round).isGreaterThan(15);
    assertThat(signed).isGreaterThan(3);
    assertThat(refused).isPositive();
  }

  private static byte[] bytes(OvfPackage pack) {
    return pack.source().read(pack.certificate().orElseThrow(), OvfPackage.MOST_MANIFEST);
  }
}
