package io.intermodal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.intermodal.ovf.packaging.OvaWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Feeds {@code move} what it must refuse, and looks at what that leaves behind. */
class BadInputTest {

  private static final long MIB = 1L << 20;

  @TempDir Path folder;

  private Path sources;
  private Path ova;
  private Path target;

  @BeforeEach
  void layOut() throws IOException {
    sources = Files.createDirectory(folder.resolve("sources"));
    ova = sources.resolve("sample.ova");
    target = folder.resolve("target");
  }

  private CommandRun move(Path source, String profile) {
    return CommandRun.of(
        "move",
        source,
        "--to",
        "local:" + target + "?profile=" + profile,
        "--report",
        folder.resolve("report"));
  }

  /** Moves what is to be refused; the target must be as before, the source byte for byte. */
  private void refused(Path source, String profile, int exitCode, String... reasons) {
    SortedMap<String, String> sourceBefore = Tree.of(sources);
    SortedMap<String, String> targetBefore = Tree.of(target);
    CommandRun run = move(source, profile);
    assertThat(run.exitCode()).as(run.all()).isEqualTo(exitCode);
    assertThat(run.err()).startsWith("error: ").contains(reasons).doesNotContain("\tat ");
    assertThat(Tree.of(sources)).isEqualTo(sourceBefore);
    if (targetBefore.isEmpty()) {
      assertThat(Tree.debris(target)).isEmpty();
    } else {
      assertThat(Tree.of(target)).isEqualTo(targetBefore);
    }
    assertThat(Tree.of(folder).keySet()).noneMatch(name -> name.endsWith(".part"));
  }

  /** Refuses it before the target is touched at all. */
  private void refusedAtOnce(Path source, String profile, String... reasons) {
    refused(source, profile, 2, reasons);
    assertThat(target).doesNotExist();
    assertThat(folder.resolve("report")).doesNotExist();
  }

  @Test
  void refusesATruncatedArchive() throws IOException {
    SampleAppliance.small().writeOva(ova);
    Tamper.truncate(ova, 0.5);
    refusedAtOnce(
        ova,
        "kvm",
        "cannot read " + ova,
        "it ends within " + SampleAppliance.DISK,
        "copy it again");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kvm", "vsphere", "xen"})
  void refusesADiskThatIsNotTheOneListed(String profile) throws IOException {
    SampleAppliance.small().writeOva(ova);
    Tamper.changeListedDigest(ova, SampleAppliance.DISK);
    refused(ova, profile, 2, "SHA-256", "nothing is left at the target");
  }

  @Test
  void tellsAFailureOnTheWayAsJson() throws IOException {
    SampleAppliance.small().writeOva(ova);
    Tamper.changeListedDigest(ova, SampleAppliance.DISK);
    CommandRun run =
        CommandRun.of(
            "move",
            ova,
            "--to",
            "local:" + target + "?profile=kvm",
            "--report",
            folder.resolve("report"),
            "--json");
    assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
    assertThat(run.err()).isEmpty();
    JsonNode json = run.json();
    assertThat(json.get("schema").textValue()).isEqualTo("io.intermodal.report/1");
    assertThat(json.get("outcome").textValue()).isEqualTo("FAILED");
    assertThat(json.get("machineId").isNull()).isTrue();
    JsonNode failure = json.get("failure");
    assertThat(failure.get("code").textValue()).isEqualTo("DIGEST_MISMATCH");
    assertThat(failure.get("category").textValue()).isEqualTo("USER_INPUT");
    assertThat(failure.get("step").textValue()).isEqualTo("IMPORT");
    assertThat(failure.get("aftermath").textValue())
        .isEqualTo("nothing is left at the target; the package is as it was");
    assertThat(CommandRun.json(Files.readString(folder.resolve("report/report.json"))))
        .isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kvm", "vsphere", "hyperv"})
  void refusesADiskWithAFlippedBit(String profile) throws IOException {
    SampleAppliance.small().writeOva(ova);
    Tamper.flipBit(ova, Files.size(ova) / 2);
    refused(ova, profile, 2, "disk", "nothing is left at the target");
  }

  @Test
  void refusesADescriptorThatIsNotTheOneListed() throws IOException {
    SampleAppliance.small().writeOva(ova);
    Tamper.changeListedDigest(ova, SampleAppliance.DESCRIPTOR);
    refusedAtOnce(
        ova,
        "kvm",
        "cannot trust " + ova,
        SampleAppliance.DESCRIPTOR + " is not the file the manifest was made for",
        "get the whole package again");
  }

  @Test
  void refusesADescriptorThatWasChanged() throws IOException {
    SampleAppliance.small().writeOva(ova);
    Tamper.replace(ova, "VM Network", "My Network");
    refusedAtOnce(ova, "kvm", "cannot trust " + ova);
    CommandRun plan =
        CommandRun.of("move", ova, "--to", "local:" + target + "?profile=kvm", "--plan");
    assertThat(plan.exitCode()).isEqualTo(2);
  }

  @Test
  void refusesAnArchiveWithoutItsDisk() {
    SampleAppliance.small().withoutDisk().writeOva(ova);
    refusedAtOnce(
        ova,
        "kvm",
        "its file " + SampleAppliance.DISK + " is not in the package",
        "get the whole package again");
  }

  @Test
  void refusesADescriptorWithoutItsDisk() throws IOException {
    Path descriptor = sources.resolve(SampleAppliance.DESCRIPTOR);
    Files.write(descriptor, SampleAppliance.small().descriptor(MIB));
    refusedAtOnce(descriptor, "kvm", SampleAppliance.DISK + " is not in the package");
  }

  @Test
  void refusesADiskLargerThanDeclared() {
    SampleAppliance.small().declaring(2 * MIB).writeOva(ova);
    refused(
        ova,
        "kvm",
        2,
        "its image holds " + 4 * MIB + " bytes",
        "declares only " + 2 * MIB,
        "correct the capacity in the descriptor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../escape.vmdk", "/tmp/escape.vmdk", "a/../../escape.vmdk"})
  void refusesAMemberThatLeavesTheFolder(String name) throws IOException {
    SampleAppliance.small().writeOva(ova);
    Tamper.renameMember(ova, SampleAppliance.DISK, name);
    refusedAtOnce(ova, "kvm", "cannot read " + ova, name);
    assertThat(folder.resolve("escape.vmdk")).doesNotExist();
    assertThat(folder.resolveSibling("escape.vmdk")).doesNotExist();
  }

  @Test
  void refusesADoctype() {
    String descriptor =
        new String(SampleAppliance.small().descriptor(0), StandardCharsets.UTF_8)
            .replaceFirst("\\?>", "?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>");
    try (OvaWriter writer =
        OvaWriter.create(
            ova, SampleAppliance.DESCRIPTOR, descriptor.getBytes(StandardCharsets.UTF_8))) {
      writer.addFile(SampleAppliance.DISK, SampleAppliance.small()::writeDisk);
      writer.finish();
    }
    refusedAtOnce(ova, "kvm", "DOCTYPE");
  }

  @Test
  void refusesANameThatIsTaken() {
    SampleAppliance.small().writeOva(ova);
    assertThat(move(ova, "xen").exitCode()).isZero();
    refused(ova, "xen", 2, "web", "--name");
  }

  @Test
  void refusesAnUnknownDriverOnBothSides() {
    SampleAppliance.small().writeOva(ova);
    CommandRun to = CommandRun.of("move", ova, "--to", "teleport://there");
    assertThat(to.exitCode()).isEqualTo(2);
    assertThat(to.err()).contains("no driver knows the scheme teleport", "local");
    CommandRun from = CommandRun.of("move", "teleport://there", "--to", "local:" + target);
    assertThat(from.exitCode()).isEqualTo(2);
    assertThat(from.err()).contains("no driver knows the scheme teleport", "local");
    assertThat(target).doesNotExist();
  }

  @Test
  void refusesATargetThatIsAFile() throws IOException {
    SampleAppliance.small().writeOva(ova);
    Files.writeString(target, "mine");
    CommandRun run = move(ova, "kvm");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains(target + " is no folder");
    assertThat(target).hasContent("mine");
  }

  @Test
  void refusesAReportFolderThatIsAFileBeforeAnythingIsMoved() throws IOException {
    SampleAppliance.small().writeOva(ova);
    Files.writeString(folder.resolve("report"), "mine");
    CommandRun run = move(ova, "kvm");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("is no folder; name another folder with --report");
    assertThat(target).doesNotExist();
  }

  @Test
  void saysWhoHoldsALockedTarget() throws IOException {
    SampleAppliance.small().writeOva(ova);
    Path locks = Files.createDirectories(target.resolve(".locks"));
    try (FileChannel held =
        FileChannel.open(
            locks.resolve("names.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThat(held.lock(Long.MAX_VALUE - 1, 1, false).isValid()).isTrue();
      CommandRun run = move(ova, "kvm");
      assertThat(run.exitCode()).as(run.all()).isEqualTo(3);
      assertThat(run.err()).contains("is at work on it", "wait until that is done");
    }
    assertThat(Tree.debris(target)).isEmpty();
    assertThat(move(ova, "kvm").exitCode()).isZero();
  }

  @Test
  void refusesAChunkThatIsNotTheOneListed() throws Exception {
    Path descriptor = writeChunked();
    Path chunk = sources.resolve(SampleAppliance.DISK + ".000000001");
    Tamper.flipBit(chunk, Files.size(chunk) / 2);
    refused(
        descriptor,
        "kvm",
        2,
        chunk.getFileName() + " is not the file the manifest was made for",
        "get the whole package again");
    refused(descriptor, "vsphere", 2, chunk.getFileName().toString());
  }

  @Test
  void movesChunksThatAreAsListed() throws Exception {
    CommandRun run = move(writeChunked(), "kvm");
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).contains("identical").doesNotContain("ovf.manifest.");
  }

  @Test
  void warnsOfADiskThatTheManifestDoesNotList() throws Exception {
    Path descriptor = writeChunked();
    Path manifest = sources.resolve("sample.mf");
    Files.write(
        manifest,
        Files.readAllLines(manifest).stream().filter(line -> !line.contains("0001")).toList());
    CommandRun run = move(descriptor, "kvm");
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out())
        .containsPattern("ovf\\.manifest\\.unlisted +WARNING +disks\\[\\S+] +\\S+\\.000000001 ");
  }

  @Test
  void warnsOfAPackageWithoutManifest() throws Exception {
    Path descriptor = writeChunked();
    Files.delete(sources.resolve("sample.mf"));
    CommandRun run = move(descriptor, "kvm");
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).containsPattern("ovf\\.manifest\\.absent +WARNING +package ");
  }

  /** Writes a descriptor with a manifest beside it and a disk in three chunks. */
  private Path writeChunked() throws Exception {
    SampleAppliance sample = SampleAppliance.small();
    Path whole = folder.resolve(SampleAppliance.DISK);
    try (OutputStream out = Files.newOutputStream(whole)) {
      sample.writeDisk(Channels.newChannel(out));
    }
    byte[] image = Files.readAllBytes(whole);
    Files.delete(whole);
    int chunkBytes = image.length / 3 + 1;
    String descriptor =
        new String(sample.descriptor(image.length), StandardCharsets.UTF_8)
            .replace(
                "ovf:href=\"" + SampleAppliance.DISK + "\"",
                "ovf:href=\"" + SampleAppliance.DISK + "\" ovf:chunkSize=\"" + chunkBytes + "\"");
    assertThat(descriptor).contains("ovf:chunkSize");
    StringBuilder manifest = new StringBuilder();
    write(SampleAppliance.DESCRIPTOR, descriptor.getBytes(StandardCharsets.UTF_8), manifest);
    for (int i = 0; i < 3; i++) {
      int end = Math.min(image.length, (i + 1) * chunkBytes);
      write(
          SampleAppliance.DISK + ".00000000" + i,
          Arrays.copyOfRange(image, i * chunkBytes, end),
          manifest);
    }
    Files.writeString(sources.resolve("sample.mf"), manifest);
    return sources.resolve(SampleAppliance.DESCRIPTOR);
  }

  private void write(String name, byte[] bytes, StringBuilder manifest) throws Exception {
    Files.write(sources.resolve(name), bytes);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
    manifest.append("SHA256(" + name + ")= " + HexFormat.of().formatHex(digest) + "\n");
  }
}
