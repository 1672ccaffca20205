package io.intermodal.ovf.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.OvfError;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Archives that were made to harm: a file and a stream refuse them for the same reason. */
class HostileArchiveTest {

  @TempDir private Path folder;

  private void refused(byte[] archive, OvfError code, String reason) throws IOException {
    Path file = folder.resolve("bad.ova");
    Files.write(file, archive);
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> OvfPackage.open(file))
        .withMessageContaining(reason)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> OvaStream.of("bad", new ByteArrayInputStream(archive)).read())
        .withMessageContaining(reason)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  private static byte[] after(byte[]... parts) {
    return SamplePackage.tar(
        SamplePackage.member("vm.ovf", SamplePackage.twoDisks().descriptor()),
        SamplePackage.tar(parts),
        SamplePackage.end());
  }

  @Test
  void boundsTheNumberOfMembers() throws IOException {
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    for (int i = 0; i <= TarMembers.MOST_MEMBERS; i++) {
      many.writeBytes(TarHeader.of("f" + i, 0));
    }
    refused(after(many.toByteArray()), OvfError.PACKAGE_LIMIT, "more than 20000 members");
  }

  @Test
  void boundsHeaderRecordsInARow() throws IOException {
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    for (int i = 0; i < 1002; i++) {
      many.writeBytes(SamplePackage.pax("comment=x"));
    }
    refused(after(many.toByteArray()), OvfError.PACKAGE_LIMIT, "too many header records");
  }

  @Test
  void boundsTheSizeOfHeaderRecords() throws IOException {
    for (char type : new char[] {'x', 'L'}) {
      refused(
          after(SamplePackage.typed(type, "bomb", 2 << 20), new byte[2 << 20]),
          OvfError.PACKAGE_LIMIT,
          "over 1 MiB");
    }
  }

  @Test
  void boundsNamesAndAllNamesTogether() throws IOException {
    refused(
        after(SamplePackage.member("n".repeat(4097), new byte[0])),
        OvfError.PACKAGE_LIMIT,
        "over 4096 characters");
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    for (int i = 0; i < 4300; i++) {
      many.writeBytes(SamplePackage.member(String.format("%04000d", i), new byte[0]));
    }
    refused(after(many.toByteArray()), OvfError.PACKAGE_LIMIT, "over 16 MiB");
  }

  @Test
  void refusesSecondMembersOfAName() throws IOException {
    byte[] twice =
        after(
            SamplePackage.member("a", new byte[1]),
            SamplePackage.pax("path=./a"),
            SamplePackage.member("b", new byte[1]));
    refused(twice, OvfError.MEMBER_DUPLICATE, "two members named a");
  }

  @Test
  void refusesNamesThatLeadOutInEveryKindOfHeader() throws IOException {
    byte[] long100 = ("a/".repeat(60) + "../".repeat(70) + "x").getBytes(UTF_8);
    for (byte[] bad :
        new byte[][] {
          SamplePackage.member("../x", new byte[0]),
          SamplePackage.tar(
              SamplePackage.pax("path=/etc/x"), SamplePackage.member("b", new byte[0])),
          SamplePackage.member(new String(long100, UTF_8), new byte[0]),
          SamplePackage.typed('5', "../folder/", 0)
        }) {
      refused(after(bad), OvfError.NAME_UNSAFE, "outside of the package");
    }
  }

  @Test
  void refusesBrokenNumbersAndRecords() throws IOException {
    refused(
        after(SamplePackage.pax("size=12x"), SamplePackage.member("b", new byte[0])),
        OvfError.ARCHIVE_MALFORMED,
        "a pax size");
    byte[] record = "999 path=x\n".getBytes(UTF_8);
    refused(
        after(SamplePackage.typed('x', "p", record.length), Arrays.copyOf(record, 512)),
        OvfError.ARCHIVE_MALFORMED,
        "a pax record");
    refused(
        after(SamplePackage.pax("GNU.sparse.major=1"), SamplePackage.member("b", new byte[0])),
        OvfError.MEMBER_FORBIDDEN,
        "sparse");
    for (long size : new long[] {1L << 40, Long.MAX_VALUE}) {
      refused(after(TarHeader.of("b", size)), OvfError.ARCHIVE_TRUNCATED, "ends within b");
    }
  }

  /** Readers differ in which of two statements holds, and in whether one is for all members. */
  @Test
  void refusesWhatReadersUnderstandDifferently() throws IOException {
    byte[] longName = "other\0".getBytes(UTF_8);
    byte[] gnu =
        SamplePackage.tar(
            SamplePackage.typed('L', "././@LongLink", longName.length),
            longName,
            SamplePackage.padding(longName));
    byte[] member = SamplePackage.member("a", new byte[1]);
    String twice = "contradict others of the same member";
    refused(
        SamplePackage.tar(SamplePackage.pax("path=one"), gnu, member, SamplePackage.end()),
        OvfError.ARCHIVE_MALFORMED,
        twice);
    refused(
        SamplePackage.tar(
            SamplePackage.pax("size=1"), SamplePackage.pax("size=2"), member, SamplePackage.end()),
        OvfError.ARCHIVE_MALFORMED,
        twice);
    for (String record : new String[] {"path=one", "size=0"}) {
      byte[] global = SamplePackage.pax(record);
      long size = TarHeader.number(global, 124, 12);
      System.arraycopy(SamplePackage.typed('g', "global", size), 0, global, 0, TarHeader.BLOCK);
      refused(
          SamplePackage.tar(global, member, SamplePackage.end()),
          OvfError.ARCHIVE_MALFORMED,
          "is for all members");
    }
  }

  /** Each reference alone is harmless: together they would fill any memory. */
  @Test
  @Timeout(60)
  void boundsThePartsOfAllFilesTogether() throws IOException {
    String file = "<File ovf:id='f' ovf:href='d' ovf:chunkSize='1'/>";
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    archive.write(SamplePackage.member("vm.ovf", SamplePackage.descriptor(file.repeat(2000))));
    for (int i = 0; i < 19_000; i++) {
      archive.write(SamplePackage.member(PackageFiles.chunkName("d", i), new byte[0]));
    }
    archive.write(SamplePackage.end());
    refused(archive.toByteArray(), OvfError.PACKAGE_LIMIT, "more than 100000 parts together");
  }

  @Test
  void boundsTheDescriptorAndTheManifest() throws IOException {
    int most = (int) OvfPackage.MOST_DESCRIPTOR;
    refused(
        SamplePackage.tar(SamplePackage.member("a.ovf", new byte[most + 1]), SamplePackage.end()),
        OvfError.PACKAGE_LIMIT,
        "over the bound of " + most);
    most = (int) OvfPackage.MOST_MANIFEST;
    refused(
        after(SamplePackage.member("vm.mf", new byte[most + 1])),
        OvfError.PACKAGE_LIMIT,
        "over the bound of " + most);
  }

  @Test
  void boundsManifestsTogetherInAStream() {
    byte[] large = new byte[12 << 20];
    byte[] archive =
        after(
            SamplePackage.member("a.mf", large),
            SamplePackage.member("b.mf", large),
            SamplePackage.member("c.cert", large));
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> OvaStream.of("bad", new ByteArrayInputStream(archive)).read())
        .withMessageContaining("manifests and certificates are over the bound")
        .satisfies(e -> assertThat(e.code()).isEqualTo(OvfError.PACKAGE_LIMIT));
  }

  /** Whatever a byte is changed to, file and stream come to the same end, and it is one of ours. */
  @Test
  void changedBytesEndTheSameInFileAndStream() throws IOException {
    byte[] sample = SamplePackage.twoDisks().ova();
    Path file = folder.resolve("changed.ova");
    Random random = new Random(5);
    int refused = 0;
    for (int i = 0; i < 2000; i++) {
      byte[] changed = sample.clone();
      int block = random.nextInt(sample.length / 512) * 512;
      int at = i % 2 == 0 ? block + random.nextInt(160) : random.nextInt(sample.length);
      changed[at] = (byte) random.nextInt(256);
      Files.write(file, changed);
      Object ofFile = outcome(() -> SamplePackage.verify(file));
      Object ofStream =
          outcome(
              () ->
                  OvaStream.of("changed", new ByteArrayInputStream(changed))
                      .trust(TrustPolicy.none().at(SignatureSamples.NOW))
                      .read()
                      .verification());
      // Only a file knows before the member that the archive is too short for it.
      if (ofFile != OvfError.ARCHIVE_TRUNCATED) {
        // The two looked at the clock one after the other.
        assertThat(ofStream)
            .as("byte %d", at)
            .usingRecursiveComparison()
            .withStrictTypeChecking()
            .ignoringFieldsOfTypes(Instant.class)
            .isEqualTo(ofFile);
      } else {
        assertThat(ofStream).isInstanceOf(Enum.class);
      }
      refused += ofFile instanceof Enum<?> ? 1 : 0;
    }
    assertThat(refused).isBetween(100, 1900);
  }

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
}
