package io.intermodal.ovf.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.intermodal.Cancellation;
import io.intermodal.CancelledException;
import io.intermodal.CommonError;
import io.intermodal.IntermodalException;
import io.intermodal.Progress;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.FindingCode;
import io.intermodal.ovf.OvfError;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OvaStreamTest {

  @TempDir private Path folder;

  private static OvaStream stream(byte[] bytes) {
    return OvaStream.of("download", new ByteArrayInputStream(bytes))
        .trust(TrustPolicy.none().at(SignatureSamples.NOW));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static void refused(OvaStream stream, OvfError code, String reason) {
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(stream::read)
        .withMessageStartingWith("cannot read ")
        .withMessageContaining(reason)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  /**
   * An archive in the order that DSP0243 allows second: the manifest right after the descriptor.
   */
  private static byte[] manifestSecond(String algorithmLine) {
    SamplePackage sample = SamplePackage.twoDisks();
    List<byte[]> parts = new ArrayList<>();
    parts.add(SamplePackage.member(SamplePackage.OVF, sample.descriptor()));
    parts.add(SamplePackage.member("vm.mf", algorithmLine.getBytes(UTF_8)));
    sample.files().forEach((n, c) -> parts.add(SamplePackage.member(n, c)));
    parts.add(SamplePackage.end());
    return SamplePackage.tar(parts.toArray(byte[][]::new));
  }

  private static String lines(SamplePackage sample, DigestAlgorithm algorithm) {
    List<Manifest.Entry> entries = new ArrayList<>();
    sample
        .files()
        .forEach(
            (name, content) -> {
              DigestSet set = new DigestSet(Set.of(algorithm));
              set.update(content, 0, content.length);
              String hex = set.hex().getOrDefault(algorithm, "");
              entries.add(new Manifest.Entry(name, algorithm, hex));
            });
    return new String(new Manifest("vm.mf", entries, List.of()).toBytes(), UTF_8);
  }

  @Test
  void givesEachMemberAndTheVerificationInOnePass() {
    SamplePackage sample = SamplePackage.twoDisks();
    List<String> seen = new ArrayList<>();
    StreamedPackage result =
        stream(sample.ova())
            .read(
                (member, content) -> {
                  byte[] bytes = content.readAllBytes();
                  assertThat(bytes).hasSize((int) member.sizeBytes());
                  byte[] expected = sample.files().get(member.name());
                  if (expected != null) {
                    assertThat(bytes).isEqualTo(expected);
                    assertThat(member.envelope()).as("the descriptor went by").isNotNull();
                  }
                  seen.add(member.name());
                });
    assertThat(seen).containsExactly("vm.ovf", "disk1.vmdk", "iso/empty.iso", "vm.mf");
    assertThat(result.verification().verified()).isTrue();
    assertThat(SamplePackage.warnings(result.findings())).isEmpty();
    assertThat(result.envelope().files()).hasSize(2);
  }

  @Test
  void digestsWhatTheHandlerDoesNotRead() {
    byte[] ova = SamplePackage.twoDisks().ova();
    InputStream[] kept = new InputStream[1];
    StreamedPackage result =
        stream(ova)
            .read(
                (member, content) -> {
                  if (member.name().equals("disk1.vmdk")) {
                    assertThat(content.read()).isNotNegative();
                    kept[0] = content;
                  }
                });
    assertThat(result.verification().verified()).isTrue();
    assertThat(result).isNotNull();
    assertThatNoByteIsLeft(kept[0]);
  }

  private static void assertThatNoByteIsLeft(InputStream content) {
    try {
      assertThat(content.read()).isEqualTo(-1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void computesOnlyWhatAManifestInFrontAsksFor() {
    SamplePackage sample = SamplePackage.twoDisks();
    // SHA-384 is none of those that are computed unasked.
    byte[] ova = manifestSecond(lines(sample, DigestAlgorithm.SHA384));
    Verification verification =
        stream(ova).digests(Set.of(DigestAlgorithm.SHA1)).read().verification();
    assertThat(verification.verified()).isTrue();
    assertThat(verification.algorithm()).isEqualTo(DigestAlgorithm.SHA384);
  }

  @Test
  void saysWhichDigestWasNotComputed() throws IOException {
    Path ova =
        SamplePackage.twoDisks()
            .writeOva(
                folder.resolve("a.ova"),
                PackageOptions.standard().withDigest(DigestAlgorithm.SHA384));
    byte[] bytes = Files.readAllBytes(ova);
    Verification without = stream(bytes).read().verification();
    assertThat(without.verified()).isFalse();
    assertThat(without.files())
        .containsExactly(
            new Verification.FileResult("vm.ovf", Verification.Status.OK),
            new Verification.FileResult("disk1.vmdk", Verification.Status.UNCHECKED),
            new Verification.FileResult("iso/empty.iso", Verification.Status.UNCHECKED));
    assertThat(without.findings())
        .extracting(Finding::code)
        .containsOnly(FindingCode.DIGEST_NOT_COMPUTED);
    assertThat(
            stream(bytes).digests(Set.of(DigestAlgorithm.SHA384)).read().verification().verified())
        .isTrue();
    assertThat(stream(bytes).digests(Set.of()).read().verification().verified()).isFalse();
  }

  @Test
  void readsWhatIsCompressedAsAWholeWhenAsked() throws IOException {
    byte[] ova = SamplePackage.twoDisks().ova();
    byte[] packed = gzip(ova);
    refused(stream(packed), OvfError.NOT_A_PACKAGE, "gzip data");
    StreamedPackage result = stream(packed).gunzip(true).read();
    assertThat(result.verification().verified()).isTrue();
    assertThat(SamplePackage.warnings(result.findings()))
        .extracting(Finding::code)
        .containsExactly(FindingCode.ARCHIVE_COMPRESSED);
    refused(
        stream(Arrays.copyOf(packed, packed.length - 200)).gunzip(true),
        OvfError.ARCHIVE_TRUNCATED,
        "ends within its gzip data");
    byte[] broken = packed.clone();
    Arrays.fill(broken, 20, 60, (byte) 0x55);
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> stream(broken).gunzip(true).read());
    refused(stream(gzip(packed)).gunzip(true), OvfError.NOT_A_PACKAGE, "gzip data");
  }

  @Test
  void readsGzipOfSeveralMembersFromASourceThatPauses() throws IOException {
    byte[] ova = SamplePackage.twoDisks().ova();
    byte[] packed =
        SamplePackage.tar(
            gzip(Arrays.copyOf(ova, 700)), gzip(Arrays.copyOfRange(ova, 700, ova.length)));
    InputStream slow = new Trickle(packed, 7);
    assertThat(OvaStream.of("slow", slow).gunzip(true).read().verification().verified()).isTrue();
  }

  @Test
  void boundsWhatUnpacks() throws IOException {
    byte[] disk = new byte[4 << 20];
    byte[] bomb = gzip(SamplePackage.of("zeros.img", disk).ova());
    assertThat(bomb.length).isLessThan(20_000);
    refused(
        stream(bomb).gunzip(true).mostBytes(1 << 20),
        OvfError.PACKAGE_LIMIT,
        "over the bound of 1048576 bytes");
  }

  @Test
  void reportsWhatFollowsTheEndAsTheFileReaderDoes() throws IOException {
    byte[] ova = SamplePackage.tar(SamplePackage.twoDisks().ova(), "more".getBytes(UTF_8));
    Path file = folder.resolve("more.ova");
    Files.write(file, ova);
    assertThat(stream(ova).read().findings())
        .isEqualTo(OvfPackage.open(file).findings())
        .extracting(Finding::code)
        .contains(FindingCode.ARCHIVE_TRAILING);
    byte[] zeros = Arrays.copyOf(SamplePackage.twoDisks().ova(), 3 << 20);
    Files.write(file, zeros);
    assertThat(SamplePackage.warnings(stream(zeros).read().findings())).isEmpty();
    assertThat(SamplePackage.warnings(OvfPackage.open(file).findings())).isEmpty();
  }

  @Test
  void reportsProgressWithAndWithoutATotal() {
    byte[] ova = SamplePackage.of("d", new byte[3 << 20]).ova();
    List<Progress> seen = new ArrayList<>();
    stream(ova).progress(seen::add, OptionalLong.empty()).read();
    assertThat(seen).allMatch(p -> p.totalBytes().isEmpty());
    assertThat(seen).extracting(Progress::doneBytes).isSorted().endsWith((long) ova.length);
    seen.clear();
    stream(ova).progress(seen::add, OptionalLong.of(ova.length)).read();
    assertThat(seen).allMatch(p -> p.totalBytes().equals(OptionalLong.of(ova.length)));
  }

  @Test
  void stopsWhenAskedInTheMiddle() {
    Cancellation cancellation = Cancellation.create();
    OvaStream stream =
        stream(SamplePackage.of("d", new byte[3 << 20]).ova()).cancellation(cancellation);
    assertThatExceptionOfType(CancelledException.class)
        .isThrownBy(
            () ->
                stream.read(
                    (member, content) -> {
                      if (member.name().equals("d")) {
                        content.readNBytes(1 << 20);
                        cancellation.cancel();
                      }
                    }));
  }

  @Test
  void tellsAFailingSourceFromAFailingHandler() {
    byte[] ova = SamplePackage.twoDisks().ova();
    InputStream broken =
        new SequenceInputStream(
            new ByteArrayInputStream(ova, 0, 2500),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("connection reset");
              }

              @Override
              public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
              }
            });
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(
            () ->
                OvaStream.of("download", broken)
                    .read(
                        (member, content) -> {
                          try {
                            content.readAllBytes();
                          } catch (IntermodalException swallowed) {
                            // A handler must not be able to hide it.
                          }
                        }))
        .withMessage("cannot read download: connection reset")
        .satisfies(e -> assertThat(e.code()).isEqualTo(CommonError.READ_FAILED));
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(
            () ->
                stream(ova)
                    .read(
                        (member, content) -> {
                          throw new IOException("disk full");
                        }))
        .withMessage("cannot take vm.ovf of download: disk full")
        .satisfies(e -> assertThat(e.code()).isEqualTo(CommonError.WRITE_FAILED));
  }

  @Test
  void isReadOnce() {
    OvaStream stream = stream(SamplePackage.twoDisks().ova());
    stream.read();
    assertThatIllegalStateException().isThrownBy(stream::read);
  }

  @Test
  void saysWhatItIsInstead() {
    refused(stream(new byte[0]), OvfError.NOT_A_PACKAGE, "an empty file");
    refused(stream("<Envelope/>".getBytes(UTF_8)), OvfError.NOT_A_PACKAGE, "an XML document");
    refused(
        stream(SamplePackage.tar(SamplePackage.member("a", new byte[1]), SamplePackage.end())),
        OvfError.DESCRIPTOR_MISSING,
        "no .ovf descriptor");
  }

  /**
   * Cut off anywhere, it ends as a file cut off there does: in the same error, or the same result.
   */
  @Test
  void endsLikeAFileWhereverItIsCutOff() throws IOException {
    byte[] ova =
        SamplePackage.tar(
            SamplePackage.pax("path=vm.ovf"),
            SamplePackage.member("x", SamplePackage.twoDisks().descriptor()),
            SamplePackage.member("disk1.vmdk", SamplePackage.random(1, 1500)),
            SamplePackage.member("n".repeat(130), new byte[30]),
            SamplePackage.end());
    Path file = folder.resolve("cut.ova");
    int errors = 0;
    for (int length = 512; length <= ova.length; length++) {
      // Every boundary of a block, and places around and between them.
      int within = length % 512;
      if (within != 0 && within != 1 && within != 200 && within != 511) {
        continue;
      }
      byte[] cut = Arrays.copyOf(ova, length);
      Files.write(file, cut);
      Object ofFile = outcome(() -> SamplePackage.verify(file));
      Object ofStream = outcome(() -> stream(cut).read().verification());
      assertThat(ofStream).as("cut at %d", length).isEqualTo(ofFile);
      errors += ofFile instanceof OvfError ? 1 : 0;
    }
    assertThat(errors).isGreaterThan(20);
  }

  /** Is work that ends in a result or one of our errors. */
  private interface Outcome {
    Object get();
  }

  private static Object outcome(Outcome work) {
    try {
      return work.get();
    } catch (IntermodalException e) {
      return e.code();
    }
  }

  @Test
  void readsMoreThanEightGibibytesWithoutKeepingThem() {
    long size = (8L << 30) + 5;
    byte[] descriptor =
        SamplePackage.descriptor(SamplePackage.file("big.img", "ovf:size='" + size + "'"));
    byte[] front =
        SamplePackage.tar(
            SamplePackage.member("vm.ovf", descriptor), TarHeader.of("big.img", size));
    InputStream in =
        new SequenceInputStream(
            new ByteArrayInputStream(front),
            new SequenceInputStream(
                new Zeros(size + TarHeader.padding(size)),
                new ByteArrayInputStream(
                    SamplePackage.tar(
                        SamplePackage.member("after.txt", new byte[3]), SamplePackage.end()))));
    List<String> seen = new ArrayList<>();
    StreamedPackage result =
        OvaStream.of("big", in)
            .digests(Set.of())
            .read((member, content) -> seen.add(member.name() + " " + member.sizeBytes()));
    assertThat(seen).containsSubsequence("big.img " + size, "after.txt 3");
    assertThat(result.verification().files())
        .contains(new Verification.FileResult("big.img", Verification.Status.UNLISTED));
  }

  /** Is so many zeros. */
  private static final class Zeros extends InputStream {

    private long left;

    Zeros(long count) {
      left = count;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(length, left);
      left -= count;
      return count;
    }
  }
}
