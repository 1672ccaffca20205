package io.intermodal.ovf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.intermodal.Cancellation;
import io.intermodal.IntermodalException;
import io.intermodal.Progress;
import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Hrefs;
import io.intermodal.ovf.packaging.Manifest;
import io.intermodal.ovf.packaging.OvfPackage;
import io.intermodal.ovf.packaging.Verification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads descriptors that are made to cost much; the time must grow as their length does. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class HostileDescriptorTest {

  private static final String OVF = "http://schemas.dmtf.org/ovf/envelope/1";

  private static String text(String namespace, String content) {
    return "<Envelope xmlns='"
        + namespace
        + "' xmlns:ovf='"
        + namespace
        + "' xmlns:rasd='"
        + Dialect.RASD
        + "'>"
        + content
        + "</Envelope>";
  }

  private static Envelope envelope(String namespace, String content) {
    return Envelope.read("a", text(namespace, content).getBytes(StandardCharsets.UTF_8));
  }

  private static String times(int number, IntFunction<String> part) {
    return IntStream.range(0, number).mapToObj(part).collect(Collectors.joining());
  }

  private static String machine(String items) {
    return "<VirtualSystem ovf:id='vm'><Info/><VirtualHardwareSection><Info/>"
        + items
        + "</VirtualHardwareSection></VirtualSystem>";
  }

  private static String properties(int number, String value) {
    return "<ProductSection><Info/>"
        + times(number, i -> "<Property ovf:key='k" + i + "' ovf:value='" + value + "'/>")
        + "</ProductSection>";
  }

  private static void refuses(Envelope envelope) {
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> envelope.machines(null))
        .satisfies(e -> assertThat(e.code()).isEqualTo(OvfError.PACKAGE_LIMIT))
        .withMessageContaining("properties");
  }

  @Test
  void manyDevicesOfOneInstanceId() {
    String items =
        times(
            50_000,
            i ->
                "<Item ovf:configuration='c"
                    + i
                    + "'><rasd:InstanceID>1</rasd:InstanceID>"
                    + "<rasd:ResourceType>10</rasd:ResourceType></Item>");
    assertThat(envelope(OVF, machine(items)).machines(null).get(0).nics()).isEmpty();
  }

  @Test
  void manyDisksOnTheLastOfManyControllers() {
    String item =
        "<Item><rasd:InstanceID>%s</rasd:InstanceID><rasd:Parent>c49999</rasd:Parent>"
            + "<rasd:ResourceType>%d</rasd:ResourceType></Item>";
    String items =
        times(50_000, i -> item.formatted("c" + i, 6))
            + times(50_000, i -> item.formatted("d" + i, 17));
    assertThat(envelope(OVF, machine(items)).machines(null).get(0).disks())
        .hasSize(50_000)
        .allMatch(disk -> "scsi".equals(disk.bus()));
  }

  @Test
  void manyDisksThatNameThePlacesOfTheirFiles() {
    int most = 50_000;
    Envelope envelope =
        envelope(
            Dialect.OVIRT,
            "<References>"
                + times(most, i -> "<File ovf:id='f" + i + "' ovf:href='h" + i + "'/>")
                + "</References><DiskSection>"
                + times(most, i -> "<Disk ovf:diskId='d" + i + "' ovf:fileRef='h" + i + "'/>")
                + "</DiskSection>");
    assertThat(envelope.disks()).allMatch(disk -> envelope.fileOf(disk).isPresent());
  }

  @Test
  void manyMachinesThatSeeManyProperties() {
    refuses(
        envelope(
            OVF,
            properties(5000, "x")
                + "<VirtualSystemCollection>"
                + times(1000, i -> machine(""))
                + "</VirtualSystemCollection>"));
  }

  @Test
  void manyCollectionsThatSeeManyProperties() {
    refuses(
        envelope(OVF, properties(20_000, "x") + times(20_000, i -> "<VirtualSystemCollection/>")));
  }

  @Test
  void valuesThatHoldALongOneManyTimes() {
    String longOne = "x".repeat(10_000);
    refuses(
        envelope(
            OVF,
            properties(1, longOne)
                + "<VirtualSystem><ProductSection><Info/><Property ovf:key='all' ovf:value='"
                + "${k0}".repeat(10_000)
                + "'/></ProductSection></VirtualSystem>"));
  }

  @Test
  void manifestOfManyAbsentFiles(@TempDir Path folder) throws IOException {
    Path descriptor = folder.resolve("a.ovf");
    Files.writeString(descriptor, text(OVF, "<References/>" + machine("")));
    Files.writeString(
        folder.resolve("a.mf"), times(50_000, i -> "SHA1(f" + i + ")= " + "0".repeat(40) + "\n"));
    Verification result =
        OvfPackage.open(descriptor).verify(Progress.Listener.none(), Cancellation.none());
    assertThat(result.verified()).isFalse();
    assertThat(result.files())
        .hasSize(50_001)
        .filteredOn(file -> file.status() == Verification.Status.MISSING)
        .hasSize(50_000);
    assertThat(result.findings())
        .hasSize(1001)
        .last()
        .extracting(Finding::code)
        .isEqualTo(FindingCode.TOO_MANY);
  }

  @Test
  void manifestOfManyBrokenLines() {
    byte[] lines = "x\n".repeat(5_000_000).getBytes(StandardCharsets.UTF_8);
    assertThat(Manifest.parse("a.mf", lines).findings()).hasSize(100);
  }

  @ParameterizedTest
  @CsvSource({
    "./a, a",
    "././a, a",
    "a/./b, a/b",
    "a/././b, a/b",
    "a//b///c, a/b/c",
    "//a, /a",
    "a/., a/.",
    "a./b, a./b",
    ".a/b, .a/b",
    "../a, ../a",
    "a, a"
  })
  void namesLoseWhatHasNoMeaning(String name, String normal) {
    assertThat(Hrefs.normal(name)).isEqualTo(normal);
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../a", "a/..", "a/../b", "a\\..\\b", "/a", "\\a", "C:a"})
  void namesThatLeadOutAreUnsafe(String name) {
    assertThat(Hrefs.unsafe(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a..b", "..a", "a../b", "...", ".", "a/.../b"})
  void namesWithDotsAreSafe(String name) {
    assertThat(Hrefs.unsafe(name)).isFalse();
  }

  @Test
  void namesOfDotsOnly() {
    String name = "./".repeat(5_000_000) + "a";
    assertThat(Hrefs.unsafe(name)).isFalse();
    assertThat(Hrefs.normal(name)).isEqualTo("a");
  }
}
