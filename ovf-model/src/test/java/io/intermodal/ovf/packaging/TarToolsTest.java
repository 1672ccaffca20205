package io.intermodal.ovf.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What we write other programs read, and what they write we read. */
class TarToolsTest {

  @TempDir private Path folder;

  /** Names that fit, that go to the prefix, that need a record of their own, that are not ASCII. */
  private static SamplePackage everyName() {
    SamplePackage sample = SamplePackage.of("plain.vmdk", SamplePackage.random(1, 1000));
    sample.with("n".repeat(100), new byte[1]);
    sample.with("p/".repeat(30) + "q".repeat(90), new byte[511]);
    sample.with("x".repeat(101), new byte[512]);
    sample.with("y".repeat(200), new byte[513]);
    sample.with("d".repeat(155) + "/" + "e".repeat(100), new byte[2]);
    sample.with("d".repeat(156) + "/" + "e".repeat(100), new byte[3]);
    sample.with("Datenträger/größe 1 (kopie).vmdk", new byte[4]);
    sample.with("ディスク".repeat(9) + ".vmdk", new byte[5]);
    return sample;
  }

  private static Map<String, byte[]> everything(Path folder) throws IOException {
    Map<String, byte[]> all = new TreeMap<>();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"tar", "bsdtar"})
  void othersReadWhatWeWrite(String tool) throws IOException {
    Tools.require(tool);
    SamplePackage sample = everyName();
    Path ova = sample.writeOva(folder.resolve("ours.ova"), PackageOptions.standard());
    String listed = Tools.run(folder, List.of(tool, "-tvf", ova.toString()));
    assertThat(listed.lines()).hasSize(sample.files().size() + 2);
    assertThat(listed).contains("-rw-r--r--").doesNotContain("LongLink");
    Path out = Files.createDirectory(folder.resolve("out"));
    Tools.run(folder, List.of(tool, "-C", out.toString(), "-xf", ova.toString()));
    Map<String, byte[]> extracted = everything(out);
    assertThat(extracted.get("vm.ovf")).isEqualTo(sample.descriptor());
    sample
        .files()
        .forEach((name, content) -> assertThat(extracted.get(name)).as(name).isEqualTo(content));
    assertThat(extracted).hasSize(sample.files().size() + 2);
    assertThat(SamplePackage.verify(ova).verified()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "tar, gnu",
    "tar, pax",
    "tar, ustar",
    "tar, oldgnu",
    "bsdtar, gnutar",
    "bsdtar, pax",
    "bsdtar, ustar"
  })
  void weReadWhatOthersWrite(String tool, String format) throws IOException {
    Tools.require(tool);
    SamplePackage sample = format.equals("ustar") ? fitsUstar() : everyName();
    Path package1 = folder.resolve("package");
    sample.writeFolder(package1);
    List<String> command =
        new ArrayList<>(
            List.of(tool, "--format=" + format, "-C", package1.toString(), "-cf", "theirs.ova"));
    command.add("vm.ovf");
    command.addAll(sample.files().keySet());
    command.add("vm.mf");
    Tools.run(folder, command);
    Path theirs = folder.resolve("theirs.ova");
    assertThat(SamplePackage.verify(theirs).verified()).as("file").isTrue();
    StreamedPackage streamed =
        OvaStream.of("theirs", new ByteArrayInputStream(Files.readAllBytes(theirs))).read();
    assertThat(SamplePackage.withoutTime(streamed.verification()))
        .isEqualTo(SamplePackage.withoutTime(SamplePackage.verify(theirs)));
    assertThat(streamed.findings()).isEqualTo(OvfPackage.open(theirs).findings());
    assertThat(SamplePackage.warnings(streamed.findings())).isEmpty();
  }

  private static SamplePackage fitsUstar() {
    SamplePackage sample = everyName();
    sample.files().remove("x".repeat(101));
    sample.files().remove("y".repeat(200));
    sample.files().remove("d".repeat(156) + "/" + "e".repeat(100));
    sample.files().remove("ディスク".repeat(9) + ".vmdk");
    return sample;
  }

  /** The headers are theirs; the content, which would be gibibytes, is a hole. */
  @ParameterizedTest
  @ValueSource(strings = {"gnu", "pax"})
  void weReadTheirHeadersOfLargeFiles(String format) throws IOException {
    Tools.require("tar");
    long size = (8L << 30) + 77;
    Path big = folder.resolve("big.img");
    try (var channel =
        Files.newByteChannel(big, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.position(size - 1).write(ByteBuffer.wrap(new byte[1]));
    }
    Path headers = folder.resolve("headers");
    Tools.run(
        folder,
        List.of("sh", "-c", "tar --format=" + format + " -cf - big.img | head -c 4096 > headers"));
    byte[] front = Files.readAllBytes(headers);
    int content = format.equals("pax") ? 3 * 512 : 512;
    Path ova = folder.resolve("large.ova");
    try (var channel =
        Files.newByteChannel(ova, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(front, 0, content));
      channel.position(content + size + TarHeader.padding(size));
      channel.write(ByteBuffer.wrap(SamplePackage.end()));
    }
    TarIndex.Result index = TarIndex.read(ova);
    assertThat(index.members()).containsExactly(new TarMember("big.img", content, size));
    assertThat(index.endMark()).isTrue();
  }

  @Test
  void gzipReadsWhatWeCompress() throws IOException {
    Tools.require("gzip");
    byte[] disk = SamplePackage.random(3, 100_000);
    byte[] descriptor =
        SamplePackage.descriptor(
            SamplePackage.file("d.gz", "ovf:compression='gzip' ovf:chunkSize='30000'"));
    Path target = folder.resolve("package");
    try (FolderWriter writer = FolderWriter.create(target, "vm.ovf", PackageOptions.standard())) {
      writer.addFile("d.gz", StoredForm.gzipped().chunked(30_000), SamplePackage.bytes(disk));
      writer.finish(descriptor);
    }
    Tools.run(target, List.of("sh", "-c", "cat d.gz.0* | gzip -dc > ../d.img"));
    assertThat(folder.resolve("d.img")).hasBinaryContent(disk);
  }
}
