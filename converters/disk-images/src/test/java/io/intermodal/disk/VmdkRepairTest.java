package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.QCOW2;
import static io.intermodal.disk.DiskFormat.RAW;
import static io.intermodal.disk.DiskFormat.VMDK_STREAM_OPTIMIZED;
import static io.intermodal.disk.Failures.assertThatFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.Cancellation;
import io.intermodal.Progress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Images of a wrong layout become right ones, and the report says what was wrong. */
class VmdkRepairTest {

  @TempDir Path folder;

  private final Sample sample =
      Sample.of("small", 70L << 20)
          .with(1, Sample.text(1))
          .with(2, Sample.noise(2))
          .with(600, Sample.text(3));

  static Stream<Sample> samples() {
    return Stream.concat(Sample.tiny().stream(), Stream.of(61L, 62L).map(Sample::random));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void leavesARightImageAsItIs(Sample each) throws Exception {
    byte[] image = each.vmdk();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CopyResult result =
        repair(
            DiskSource.vmdkStream("in", new ByteArrayInputStream(image)),
            DiskTarget.stream("out.vmdk", out));
    assertThat(out.toByteArray()).isEqualTo(image);
    assertThat(result.notes()).singleElement().asString().contains("nothing had to be changed");
    assertThat(result.passedThroughBlocks()).isEqualTo(each.blocks().size());
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(image));
    assertThat(result.targetDigests()).containsEntry("SHA-256", sha256);
  }

  @ParameterizedTest
  @MethodSource("samples")
  @Tag("qemu-img")
  void repairsTheImitationOfQemu(Sample each) throws IOException {
    Qemu.require();
    Path raw = each.raw(folder);
    Path qemu = folder.resolve("qemu.vmdk");
    Qemu.ok(
        "convert",
        "-f",
        "raw",
        "-O",
        "vmdk",
        "-o",
        "subformat=streamOptimized",
        raw.toString(),
        qemu.toString());
    Path fixed = folder.resolve("fixed.vmdk");
    CopyResult result = repair(DiskSource.file(qemu), DiskTarget.replacing(fixed));
    assertThat(result.notes())
        .anyMatch(n -> n.contains("were in front"))
        .anyMatch(n -> n.contains("no footer"))
        .anyMatch(n -> n.contains("flags were 0x30003; they are 0x30001"))
        .anyMatch(n -> n.contains("the adapter ide; it names lsilogic now"));
    assertThat(result.contentDigest())
        .hasValue(DiskImages.contentDigest(DiskSource.file(raw).as(RAW)));
    Qemu.same("raw", raw, "vmdk", fixed);
    Qemu.ok("check", "-q", "-f", "vmdk", fixed.toString());
    String descriptor = descriptor(Files.readAllBytes(fixed));
    assertThat(descriptor)
        .contains("ddb.toolsVersion = \"2147483647\"", "ddb.virtualHWVersion = \"4\"")
        .contains("ddb.adapterType = \"lsilogic\"", "ddb.geometry.heads = \"255\"")
        .doesNotContain("ide");
    String wasCid = line(descriptor(Files.readAllBytes(qemu)), "CID=").substring(4);
    assertThat(line(descriptor, "CID="))
        .isEqualTo("CID=" + "0".repeat(8 - wasCid.length()) + wasCid);
    // From a stream the same comes out, and there is nothing left to repair.
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CopyResult streamed =
        repair(
            DiskSource.vmdkStream("in", new ByteArrayInputStream(Files.readAllBytes(qemu))),
            DiskTarget.stream("fixed.vmdk", out));
    assertThat(out.toByteArray()).isEqualTo(Files.readAllBytes(fixed));
    assertThat(streamed.notes()).isEqualTo(result.notes());
    assertThat(repair(DiskSource.file(fixed), DiskTarget.file(folder.resolve("again"))).notes())
        .singleElement()
        .asString()
        .contains("nothing had to be changed");
    assertThat(Files.mismatch(fixed, folder.resolve("again"))).isEqualTo(-1);
  }

  @Test
  void repairsADescriptorOfAnOddSize() throws IOException {
    VmdkStream.require();
    Path raw = sample.raw(folder);
    Path vmdk = folder.resolve("s.vmdk");
    VmdkStream.write(raw, vmdk);
    Path fixed = folder.resolve("fixed.vmdk");
    CopyResult result = repair(DiskSource.file(vmdk), DiskTarget.file(fixed));
    assertThat(result.notes())
        .containsExactly("the descriptor took 1 sectors from sector 1 on; it takes 20 from 1 on");
    String text = descriptor(Files.readAllBytes(fixed));
    assertThat(text).isEqualTo(descriptor(Files.readAllBytes(vmdk)) + "\n");
    assertThat(text).contains("ddb.longContentID = \"8f15b3d0009d9a3f456ff7b28d324d2a\"");
    assertThat(DiskImages.contentDigest(DiskSource.file(fixed)))
        .isEqualTo(DiskImages.contentDigest(DiskSource.file(raw).as(RAW)));
  }

  @Test
  void addsTheEndMarkerAndTheFooter() throws IOException {
    byte[] image = sample.vmdk();
    byte[] cut = Arrays.copyOf(image, image.length - 512);
    assertThat(repaired(cut, image)).containsExactly("there was no end marker; there is one now");
    cut = Arrays.copyOf(image, image.length - 3 * 512);
    assertThat(repaired(cut, image))
        .containsExactly(
            "there was no footer; there is one now", "there was no end marker; there is one now");
    byte[] older = image.clone();
    for (int at : new int[] {4, image.length - 1024 + 4}) {
      older[at] = 1;
    }
    assertThat(repaired(older, image)).containsExactly("the header said version 1; it says 3");
  }

  @Test
  void correctsWhatTheDescriptorSaysAndKeepsTheRest() throws IOException {
    String right = descriptor(sample.vmdk());
    String wrong =
        right
            .replaceFirst("CID=[0-9a-f]+", "CID=fffffffe")
            .replace("parentCID=ffffffff\n", "")
            .replace("streamOptimized", "monolithicSparse")
            .replace("RDONLY 143360", "RW 7")
            .replace("ddb.adapterType = \"lsilogic\"", "ddb.uuid = \"60 00 C2\"\n# kept\nx = y");
    byte[] image = withDescriptor(wrong.replace("\n", "\r\n"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CopyResult result =
        repair(
            DiskSource.vmdkStream("in", new ByteArrayInputStream(image)),
            DiskTarget.stream("name \"x\".vmdk", out));
    assertThat(result.notes())
        .satisfiesExactly(
            n -> assertThat(n).contains("carriage returns"),
            n -> assertThat(n).contains("the CID fffffffe is none"),
            n -> assertThat(n).contains("no parent"),
            n -> assertThat(n).contains("the type monolithicSparse"),
            n -> assertThat(n).contains("it is RDONLY 143360 SPARSE \"name _x_.vmdk\" now"),
            n -> assertThat(n).contains("named no adapter; it names lsilogic"));
    String text = descriptor(out.toByteArray());
    assertThat(text)
        .contains("ddb.uuid = \"60 00 C2\"\n# kept\nx = y\n")
        .contains("parentCID=ffffffff\n", "createType=\"streamOptimized\"\n")
        .doesNotContain("\r", "fffffffe");
  }

  @Test
  void writesADescriptorWhereThereIsNone() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CopyResult result =
        repair(
            DiskSource.vmdkStream("in", new ByteArrayInputStream(withDescriptor(""))),
            DiskTarget.stream("x.vmdk", out));
    assertThat(result.notes()).singleElement().asString().contains("had no descriptor");
    assertThat(descriptor(out.toByteArray())).contains("RDONLY 143360 SPARSE \"x.vmdk\"");
  }

  @Test
  void compressesGrainsOfAnotherSizeAnew() throws IOException {
    byte[] grain = Arrays.copyOf(Sample.text(4), 8192);
    byte[] image = StreamVmdk.of(16, 400, new TreeMap<>(Map.of(3, grain, 24, grain)), 7);
    byte[] expected = new byte[400 * 512];
    System.arraycopy(grain, 0, expected, 3 * 8192, 8192);
    System.arraycopy(grain, 0, expected, 24 * 8192, 8192);
    Path out = folder.resolve("out.vmdk");
    CopyResult result =
        repair(DiskSource.vmdkStream("in", new ByteArrayInputStream(image)), DiskTarget.file(out));
    assertThat(result.notes())
        .satisfiesExactly(
            n -> assertThat(n).contains("no footer"),
            n -> assertThat(n).contains("version 2; it says 3"),
            n -> assertThat(n).contains("flags were 0x30005"),
            n -> assertThat(n).contains("not closed cleanly"),
            n -> assertThat(n).contains("grains were of 16 sectors; they were compressed anew"),
            n -> assertThat(n).contains("1 grains were marked as zeros"),
            n -> assertThat(n).contains("had no descriptor"));
    Path raw = folder.resolve("out.raw");
    VmdkSparseTest.copy(DiskSource.file(out), raw, RAW);
    assertThat(Files.readAllBytes(raw)).isEqualTo(expected);
  }

  @Test
  void keepsADescriptorThatIsLongerThanUsual() throws IOException {
    String text = descriptor(sample.vmdk()) + "# ".repeat(7000) + "\nddb.x = \"1\"\n";
    byte[] image = sample.vmdk();
    byte[] grown = new byte[image.length + 64 * 1024];
    System.arraycopy(image, 0, grown, 0, 512);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, grown, 512, bytes.length);
    assertThat(bytes.length).isBetween(20 * 512, 60 * 512);
    // Nothing but the header says how long the descriptor is: the grains may stay where they are.
    System.arraycopy(image, 65536, grown, 65536, image.length - 65536);
    byte[] longer = Arrays.copyOf(grown, image.length);
    for (int at : new int[] {36, image.length - 1024 + 36}) {
      ByteBuffer.wrap(longer).order(ByteOrder.LITTLE_ENDIAN).putLong(at, 60);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CopyResult result =
        repair(
            DiskSource.vmdkStream("in", new ByteArrayInputStream(longer)),
            DiskTarget.stream("x.vmdk", out));
    assertThat(result.notes()).singleElement().asString().contains("took 60 sectors");
    assertThat(descriptor(out.toByteArray())).isEqualTo(text);
  }

  @Test
  void refusesOtherFormatsAndDamage() throws IOException {
    Path raw = sample.raw(folder);
    Path qcow2 = folder.resolve("a.qcow2");
    VmdkSparseTest.copy(DiskSource.file(raw).as(RAW), qcow2, QCOW2);
    Path out = folder.resolve("out.vmdk");
    assertThatFails(
        () -> repair(DiskSource.file(qcow2), DiskTarget.file(out)),
        DiskError.FORMAT_UNSUPPORTED,
        "only streamOptimized VMDK has a layout to repair; copy it");
    byte[] image = sample.vmdk();
    image[65536 + 3000] ^= 1;
    DiskSource damaged = DiskSource.file(Files.write(folder.resolve("d.vmdk"), image));
    assertThatFails(
        () -> repair(damaged, DiskTarget.file(out)), DiskError.DAMAGED, "block of the disk's byte");
    assertThat(out).doesNotExist();
  }

  @Test
  void readsByTheTablesWhenAskedTo() throws IOException {
    byte[] image = sample.vmdk();
    Path file = folder.resolve("x.vmdk");
    String digest = DiskImages.contentDigest(DiskSource.file(Files.write(file, image)));
    CopyResult agreed = lenient(file);
    assertThat(agreed.contentDigest()).hasValue(digest);
    assertThat(agreed.notes()).singleElement().asString().contains("the grain tables decided");
    // The second grain's marker says that it is the third.
    ByteBuffer b = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
    int second = 65536;
    while (b.getLong(second) != 2 * 128) {
      second += 512;
    }
    b.putLong(second, 3 * 128);
    Files.write(file, image);
    assertThatFails(
        () -> DiskImages.contentDigest(DiskSource.file(file)),
        DiskError.DAMAGED,
        "a lenient reading of a file lets the tables decide");
    CopyResult result = lenient(file);
    assertThat(result.contentDigest()).hasValue(digest);
    assertThat(result.notes())
        .anyMatch(n -> n.startsWith("1 grains have a marker") && n.endsWith("byte " + second(b)));
  }

  private static int second(ByteBuffer image) {
    int at = 65536;
    while (image.getLong(at) != 3 * 128) {
      at += 512;
    }
    return at;
  }

  private CopyResult lenient(Path file) {
    return VmdkSparseTest.copy(DiskSource.file(file).lenient(), folder.resolve("l.raw"), RAW);
  }

  /** Repairs, expects the image that is right, and returns what was changed. */
  private List<String> repaired(byte[] image, byte[] right) throws IOException {
    Path file = Files.write(folder.resolve("w.vmdk"), image);
    Path fixed = folder.resolve("sample.vmdk");
    CopyResult result = repair(DiskSource.file(file), DiskTarget.replacing(fixed));
    assertThat(Files.readAllBytes(fixed)).isEqualTo(right);
    assertThat(DiskImages.detect(DiskSource.file(fixed))).isEqualTo(VMDK_STREAM_OPTIMIZED);
    return result.notes();
  }

  private byte[] withDescriptor(String text) {
    byte[] image = sample.vmdk();
    Arrays.fill(image, 512, 21 * 512, (byte) 0);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, image, 512, bytes.length);
    return image;
  }

  private static String descriptor(byte[] image) {
    int end = 512;
    while (image[end] != 0) {
      end++;
    }
    return new String(image, 512, end - 512, StandardCharsets.UTF_8);
  }

  private static String line(String text, String start) {
    return text.lines().filter(l -> l.startsWith(start)).findFirst().orElseThrow();
  }

  private static CopyResult repair(DiskSource source, DiskTarget target) {
    return DiskImages.repair(source, target, Progress.Listener.none(), Cancellation.none());
  }
}
