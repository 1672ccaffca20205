package io.intermodal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {

  @TempDir Path folder;
  private Path ova;

  @BeforeEach
  void write() {
    ova = SampleAppliance.small().writeOva(folder.resolve("sample.ova"));
  }

  private static String status(JsonNode json, String name) {
    for (JsonNode file : json.get("files")) {
      if (file.get("name").textValue().equals(name)) {
        return file.get("status").textValue();
      }
    }
    return "none";
  }

  private JsonNode refused(Path file) {
    CommandRun run = CommandRun.of("verify", file, "--json");
    assertThat(run.exitCode()).as(run.all()).isEqualTo(1);
    assertThat(run.json().get("trusted").booleanValue()).isFalse();
    assertThat(run.json().get("findings")).isNotEmpty();
    CommandRun text = CommandRun.of("verify", file);
    assertThat(text.exitCode()).isEqualTo(1);
    assertThat(text.out()).contains("The package is NOT verified.");
    return run.json();
  }

  @Test
  void trustsWhatIsAsListed() {
    CommandRun run = CommandRun.of("verify", ova, "--json");
    assertThat(run.exitCode()).as(run.all()).isZero();
    JsonNode json = run.json();
    assertThat(json.get("schema").textValue()).isEqualTo("io.intermodal.verify/1");
    assertThat(json.get("trusted").booleanValue()).isTrue();
    assertThat(json.get("manifest").toString())
        .isEqualTo("{\"present\":true,\"algorithm\":\"SHA256\",\"verified\":true}");
    assertThat(json.get("files").toString())
        .isEqualTo(
            "[{\"name\":\"sample.ovf\",\"status\":\"OK\"},"
                + "{\"name\":\"sample-disk1.vmdk\",\"status\":\"OK\"}]");
    assertThat(json.get("findings").isArray()).isTrue();
    assertThat(json.get("signature").get("outcome").textValue()).isEqualTo("NOT_SIGNED");
    assertThat(json).hasSize(6);
    assertThat(CommandRun.of("verify", ova).out())
        .contains("The package is as its manifest (SHA256) says.");
  }

  @Test
  void findsAChangedDisk() throws IOException {
    Tamper.flipBit(ova, Files.size(ova) / 2);
    JsonNode json = refused(ova);
    assertThat(status(json, SampleAppliance.DISK)).isEqualTo("MISMATCH");
    assertThat(status(json, SampleAppliance.DESCRIPTOR)).isEqualTo("OK");
  }

  @Test
  void findsAChangedDescriptor() throws IOException {
    Tamper.replace(ova, "VM Network", "My Network");
    assertThat(status(refused(ova), SampleAppliance.DESCRIPTOR)).isEqualTo("MISMATCH");
  }

  @Test
  void findsAMissingDisk() {
    Path without = SampleAppliance.small().withoutDisk().writeOva(folder.resolve("without.ova"));
    assertThat(status(refused(without), SampleAppliance.DISK)).isEqualTo("MISSING");
  }

  @Test
  void findsADiskThatIsNotListed() throws IOException {
    Tamper.replace(ova, "SHA256(sample-disk1.vmdk)", "SHA256(simple-disk1.vmdk)");
    JsonNode json = refused(ova);
    assertThat(status(json, SampleAppliance.DISK)).isEqualTo("UNLISTED");
    assertThat(status(json, "simple-disk1.vmdk")).isEqualTo("MISSING");
  }

  @Test
  void doesNotTrustAPackageWithoutManifest() throws IOException {
    Path ovf = folder.resolve("bare.ovf");
    Files.write(ovf, SampleAppliance.small().descriptor(7));
    Files.write(folder.resolve(SampleAppliance.DISK), new byte[8]);
    JsonNode json = refused(ovf);
    assertThat(json.get("manifest").toString())
        .isEqualTo("{\"present\":false,\"algorithm\":null,\"verified\":false}");
    assertThat(status(json, SampleAppliance.DISK)).isEqualTo("SIZE_MISMATCH");
  }

  @Test
  void namesEveryAlgorithmOfTheManifest() throws Exception {
    Path unpacked = folder.resolve("unpacked");
    assertThat(CommandRun.of("unpack", ova, "-o", unpacked).exitCode()).isZero();
    Path manifest = unpacked.resolve("sample.mf");
    byte[] disk = Files.readAllBytes(unpacked.resolve(SampleAppliance.DISK));
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(disk));
    Files.writeString(
        manifest,
        Files.readString(manifest) + "SHA1(" + SampleAppliance.DISK + ")= " + digest + "\n");
    assertThat(CommandRun.of("verify", unpacked).out())
        .contains("The package is as its manifest (SHA256, SHA1) says.");
  }

  @Test
  void refusesWhatIsNoPackage() {
    CommandRun run = CommandRun.of("verify", folder.resolve("none.ova"), "--json");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.json().get("code").textValue()).isEqualTo("FILE_NOT_FOUND");
  }
}
