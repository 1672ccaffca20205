package io.intermodal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {

  @TempDir Path folder;
  private Path ova;

  @BeforeEach
  void write() {
    ova = SampleAppliance.small().writeOva(folder.resolve("sample.ova"));
  }

  /** Writes a descriptor whose NIC names a network that is not listed: an error to strict only. */
  private Path descriptor(String name) throws IOException {
    String text = new String(SampleAppliance.small().descriptor(7), StandardCharsets.UTF_8);
    Path file = folder.resolve(name);
    Files.createDirectories(file.toAbsolutePath().getParent());
    return Files.writeString(
        file, text.replaceFirst("<rasd:Connection>[^<]*<", "<rasd:Connection>none<"));
  }

  @Test
  void acceptsAGoodPackage() {
    CommandRun run = CommandRun.of("validate", ova, "--strict");
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).contains("ACCEPTED  " + ova + ": 0 errors, 0 warnings to a strict");
  }

  @Test
  void saysOfOneFileWhatIsWrongWhereAndWhatToDo() throws IOException {
    Path file = descriptor("a.ovf");
    assertThat(CommandRun.of("validate", file, "--descriptor").exitCode()).isZero();
    CommandRun run = CommandRun.of("validate", file, "--descriptor", "--strict");
    assertThat(run.exitCode()).as(run.all()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "ERROR (1)",
            "  NETWORK_UNKNOWN  the network section does not list none",
            "/Envelope/VirtualSystem/VirtualHardwareSection/Item",
            "    do  add the network to the NetworkSection",
            "REJECTED  " + file + ": 1 error, ")
        .containsPattern("    at  \\d+:\\d+  /Envelope");
  }

  @Test
  void lookingAtAPackageMindsItsFiles() throws IOException {
    CommandRun run = CommandRun.of("validate", descriptor("a.ovf"));
    assertThat(run.exitCode()).as(run.all()).isEqualTo(1);
    assertThat(run.out()).contains("FILE_MISSING");
    Tamper.flipBit(ova, Files.size(ova) / 2);
    assertThat(CommandRun.of("validate", ova).out()).contains("DIGEST_MISMATCH");
  }

  @Test
  void countsNothingInWhatCannotBeRead() throws IOException {
    Path page = Files.writeString(folder.resolve("page.ovf"), "<html>no</html>");
    assertThat(CommandRun.of("validate", page).out())
        .contains("REJECTED  " + page + ": it cannot be read")
        .doesNotContain("0 errors");
    Path alone = Files.createDirectory(folder.resolve("alone"));
    Files.move(ova, alone.resolve("sample.ova"));
    assertThat(CommandRun.of("validate", alone).out())
        .contains("1 file: 1 accepted, 0 rejected; 0 errors, 0 warnings");
  }

  @Test
  void showsSeveralFilesInATable() throws IOException {
    descriptor("deep/down/b.OVF");
    Files.writeString(folder.resolve("page.ovf"), "<html>no</html>");
    Files.writeString(folder.resolve("other.txt"), "no package");
    CommandRun run = CommandRun.of("validate", folder, "--descriptor", "--strict");
    assertThat(run.exitCode()).as(run.all()).isEqualTo(1);
    assertThat(run.out().lines().toList())
        .hasSize(5)
        .satisfies(
            lines -> {
              assertThat(lines.get(0)).startsWith("Verdict");
              assertThat(lines.get(1)).contains("REJECTED", "b.OVF", "NETWORK_UNKNOWN");
              assertThat(lines.get(2))
                  .contains("REJECTED", "page.ovf", "neither an OVF descriptor");
              assertThat(lines.get(3)).contains("ACCEPTED", "sample.ova");
              assertThat(lines.get(4))
                  .startsWith("3 files: 1 accepted, 2 rejected, 1 of them unreadable; 1 error, ");
            });
  }

  @Test
  void writesJson() throws IOException {
    Path broken = Files.writeString(folder.resolve("page.ovf"), "<html>no</html>");
    CommandRun run = CommandRun.of("validate", ova, broken, "--for", "virtualbox", "--json");
    assertThat(run.exitCode()).as(run.all()).isEqualTo(1);
    JsonNode json = run.json();
    assertThat(json.get("schema").textValue()).isEqualTo("io.intermodal.validate/1");
    assertThat(json.get("reader").textValue()).isEqualTo("lenient");
    assertThat(json.get("consumer").textValue()).isEqualTo("virtualbox");
    assertThat(json.get("totals").toString())
        .isEqualTo("{\"files\":2,\"accepted\":1,\"rejected\":1}");
    assertThat(json.get("files").get(0).get("verdict").textValue()).isEqualTo("ACCEPTED");
    assertThat(json.get("files").get(0).get("refusal").isNull()).isTrue();
    JsonNode refusal = json.get("files").get(1).get("refusal");
    assertThat(refusal.get("code").textValue()).isEqualTo("NOT_A_PACKAGE");
    assertThat(refusal.get("message").textValue()).startsWith("cannot read " + broken);
  }

  @Test
  void saysWhatAProductWouldRefuse() throws IOException {
    Path file = descriptor("a.ovf");
    Files.writeString(file, Files.readString(file).replaceAll("vmx-\\d+", "virtualbox-2.2"));
    CommandRun run = CommandRun.of("validate", "--descriptor", "--for", "VMware", file);
    assertThat(run.exitCode()).as(run.all()).isEqualTo(1);
    assertThat(run.out()).contains("TARGET_FAMILY", "VMware has no hardware of the family");
    assertThat(CommandRun.of("validate", "--descriptor", "--for", "ovirt", file).exitCode())
        .isZero();
  }

  @Test
  void refusesWrongUse() throws IOException {
    assertThat(CommandRun.of("validate").exitCode()).isEqualTo(2);
    assertThat(CommandRun.of("validate", ova, "--for", "bochs").exitCode()).isEqualTo(2);
    CommandRun none = CommandRun.of("validate", folder.resolve("none.ova"), "--json");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.json().get("code").textValue()).isEqualTo("FILE_NOT_FOUND");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    CommandRun run = CommandRun.of("validate", empty);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("the folder holds no .ovf or .ova file");
  }
}
