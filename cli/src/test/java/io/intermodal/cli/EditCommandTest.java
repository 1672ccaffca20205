package io.intermodal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.Machine;
import io.intermodal.ovf.packaging.OvfPackage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditCommandTest {

  @TempDir Path folder;
  private Path ova;
  private Path out;

  @BeforeEach
  void write() {
    ova = SampleAppliance.small().writeOva(folder.resolve("sample.ova"));
    out = folder.resolve("out.ova");
  }

  private static Machine machine(Path file) {
    return OvfPackage.open(file).envelope().machines(null).get(0);
  }

  private static CommandRun done(Object... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.exitCode()).as(run.all()).isZero();
    return run;
  }

  private void refused(String words, Object... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
    assertThat(run.all()).contains(words);
    assertThat(out).doesNotExist();
  }

  @Test
  void writesAnArchiveThatVerifies() {
    CommandRun run =
        done(
            "edit",
            ova,
            "--memory",
            "4GiB",
            "--cpus",
            "4",
            "--name",
            "mail",
            "--rename-network",
            "VM Network=dmz",
            "--firmware",
            "efi",
            "--set-property",
            "hostname=mail",
            "-o",
            out);
    assertThat(run.out())
        .contains("CHANGED", "sets memory 1 GiB -> 4 GiB", "processors 2 -> 4", "Wrote ");
    Machine machine = machine(out);
    assertThat(machine.memoryBytes()).isEqualTo(4L << 30);
    assertThat(machine.cpus()).isEqualTo(4);
    assertThat(machine.name()).isEqualTo("mail");
    assertThat(machine.nics().get(0).network()).isEqualTo("dmz");
    assertThat(machine.properties().get(0).value()).isEqualTo("mail");
    done("verify", out);
  }

  @Test
  void printsJson() {
    JsonNode json = done("edit", ova, "--cpus", "8", "-o", out, "--json").json();
    assertThat(json.get("schema").textValue()).isEqualTo("io.intermodal.edit/1");
    assertThat(json.get("changed").booleanValue()).isTrue();
    assertThat(json.get("changes")).hasSize(1);
    assertThat(json.get("changes").get(0).get("kind").textValue()).isEqualTo("CHANGED");
    assertThat(json.get("findings").isArray()).isTrue();
    assertThat(json.get("manifest").textValue()).isEqualTo("WRITTEN");
    assertThat(json.get("certificate").textValue()).isEqualTo("ABSENT");
    assertThat(json.get("sourceVerified").booleanValue()).isTrue();
    assertThat(json).hasSize(9);
  }

  @Test
  void unpacksAndPacksAgain() throws IOException {
    Path unpacked = Files.createDirectory(folder.resolve("unpacked")).resolve("sample.ovf");
    refused("--copy-files", "edit", ova, "-o", unpacked);
    assertThat(unpacked).doesNotExist();
    done("edit", ova, "--copy-files", "-o", unpacked);
    done("verify", unpacked);
    done("edit", unpacked, "-o", out);
    done("verify", out);
    Envelope before = OvfPackage.open(ova).envelope();
    assertThat(OvfPackage.open(out).envelope().document().root())
        .isEqualTo(before.document().root());
  }

  @Test
  void writesADescriptorBesideItsFiles() throws IOException {
    Path unpacked = Files.createDirectory(folder.resolve("unpacked")).resolve("sample.ovf");
    done("edit", ova, "--copy-files", "-o", unpacked);
    Path beside = unpacked.resolveSibling("other.ovf");
    done("edit", unpacked, "--cpus", "3", "-o", beside);
    assertThat(machine(beside).cpus()).isEqualTo(3);
    done("verify", beside);
    done("verify", unpacked);
    refused("it exists already", "edit", unpacked, "-o", beside);
    refused("see: --force", "edit", unpacked, "-o", beside);
    Path elsewhere = folder.resolve("elsewhere.ovf");
    refused(
        SampleAppliance.DISK + " of the package is not there", "edit", unpacked, "-o", elsewhere);
    assertThat(elsewhere).doesNotExist();
    Files.createFile(folder.resolve("elsewhere.cert"));
    refused("elsewhere.cert: it exists already", "edit", ova, "--copy-files", "-o", elsewhere);
  }

  @Test
  void replacesWhatIsThereWhenForced() throws IOException {
    done("edit", ova, "--cpus", "3", "-o", ova, "--force");
    assertThat(machine(ova).cpus()).isEqualTo(3);
    done("verify", ova);
    Path unpacked = Files.createDirectory(folder.resolve("unpacked")).resolve("sample.ovf");
    done("edit", ova, "--copy-files", "-o", unpacked);
    done("edit", unpacked, "--cpus", "5", "-o", unpacked, "--force");
    assertThat(machine(unpacked).cpus()).isEqualTo(5);
    done("verify", unpacked);
    CommandRun run = CommandRun.of("edit", ova, "-o", folder.resolve("elsewhere.ovf"));
    assertThat(run.err()).contains("see: --copy-files").doesNotContain("--force");
  }

  @Test
  void tellsFindingsWithPlaceAndRemedy() {
    done("edit", ova, "--add-property", "admin-token:string", "-o", out);
    Path last = folder.resolve("last.ova");
    CommandRun run = done("edit", out, "--set-property-env", "admin-token=PATH", "-o", last);
    assertThat(run.out())
        .containsPattern("WARNING  SECRET_STATED  line [0-9]+:[0-9]+: the property admin-token")
        .containsPattern("\n {9}[a-z]");
    assertThat(CommandRun.of("edit", "--help").out())
        .contains("--to 1.1 --copy-files -o", "--add-property admin-pw:password -o", "--force")
        .doesNotContainPattern("(?m)^  intermodal.{70}");
  }

  @Test
  void copiesOnlyWhatIsNotThere() throws IOException {
    Path unpacked = Files.createDirectory(folder.resolve("unpacked")).resolve("sample.ovf");
    done("edit", ova, "--copy-files", "-o", unpacked);
    Path disk = unpacked.resolveSibling(SampleAppliance.DISK);
    Object before = Files.getAttribute(disk, "basic:fileKey");
    Path readme = Files.writeString(folder.resolve("readme.txt"), "hello");
    Path beside = unpacked.resolveSibling("other.ovf");
    refused("readme.txt of the package", "edit", unpacked, "--add-file", readme, "-o", beside);
    done("edit", unpacked, "--add-file", readme, "--copy-files", "-o", beside);
    assertThat(unpacked.resolveSibling("readme.txt")).hasContent("hello");
    assertThat(Files.getAttribute(disk, "basic:fileKey")).isEqualTo(before);
    done("verify", beside);
    Path third = unpacked.resolveSibling("third.ovf");
    Path other =
        Files.writeString(Files.createDirectory(folder.resolve("o")).resolve("readme.txt"), "x");
    refused(
        "readme.txt: it exists already",
        "edit",
        unpacked,
        "--add-file",
        other,
        "--copy-files",
        "-o",
        third);
    assertThat(third).doesNotExist();
    assertThat(unpacked.resolveSibling("readme.txt")).hasContent("hello");
  }

  @Test
  void aDamagedPackageIsNotWritten() throws IOException {
    Tamper.flipBit(ova, Files.size(ova) / 2);
    refused("is not the file the manifest was made for", "edit", ova, "--cpus", "3", "-o", out);
    CommandRun run = done("edit", ova, "--cpus", "3", "--no-verify", "-o", out, "--json");
    assertThat(run.json().get("sourceVerified").booleanValue()).isFalse();
  }

  @Test
  void leavesOutTheCertificateThatDoesNotFitAnyMore() throws IOException, GeneralSecurityException {
    SignedSample signed =
        SignedSample.write(
            folder.resolve("signed"), SampleAppliance.DESCRIPTOR, SampleAppliance.DISK);
    CommandRun run = done("edit", signed.descriptor(), "--cpus", "3", "-o", out);
    assertThat(run.out()).contains("The old signature was left out");
    assertThat(OvfPackage.open(out).certificate()).isEmpty();
    Path same = folder.resolve("same.ova");
    run = done("edit", signed.descriptor(), "-o", same);
    assertThat(run.out()).contains("Nothing had to be changed", "one it came with");
    done("verify", same, "--trust-store", signed.certificate());
  }

  @Test
  void makesTheManifestAnewWithoutAnEdit() throws IOException {
    CommandRun run = done("edit", ova, "-o", out, "--digest", "sha512");
    assertThat(run.out()).contains("Nothing had to be changed", "The manifest is new (SHA512).");
    done("verify", out);
    Path unpacked = Files.createDirectory(folder.resolve("unpacked")).resolve("sample.ovf");
    done("edit", ova, "--copy-files", "-o", unpacked);
    Files.writeString(unpacked, Files.readString(unpacked).replace("VM Network", "My Network"));
    Path again = folder.resolve("again.ova");
    assertThat(CommandRun.of("edit", unpacked, "-o", again, "--digest", "sha1").all())
        .contains("sample.ovf is not the file", "without verification");
    done("edit", unpacked, "-o", again, "--digest", "sha1", "--no-verify");
    done("verify", again);
    assertThat(CommandRun.of("edit", "--help").out()).contains("made anew", "--digest", "--sign");
  }

  @Test
  void signsWhatItWrites() throws IOException, GeneralSecurityException {
    Path key = SignedSample.writeKey(folder.resolve("key.pem"));
    Path certificate = SignedSample.signer();
    refused("give both --sign KEY and --cert", "edit", ova, "-o", out, "--sign", key);
    CommandRun run = done("edit", ova, "-o", out, "--sign", key, "--cert", certificate);
    assertThat(run.out()).contains("Nothing had to be changed", "The manifest is signed.");
    done("verify", out, "--trust-store", certificate);
  }

  @Test
  void keepsWhatTheArchiveHasBesides() throws IOException {
    Path readme = Files.writeString(folder.resolve("readme.txt"), "hello");
    done("edit", ova, "--add-file", readme, "-o", out);
    assertThat(OvfPackage.open(out).file("readme.txt")).isPresent();
    Path again = folder.resolve("again.ova");
    done("edit", out, "--remove-file", "readme.txt", "-o", again);
    assertThat(OvfPackage.open(again).file("readme.txt")).isEmpty();
    done("verify", again);
  }

  @Test
  void addsReplacesAndRemovesDisks() throws IOException {
    Path image = folder.resolve("data.vmdk");
    try (FileChannel channel =
        FileChannel.open(image, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      SampleAppliance.small().writeDisk(channel);
    }
    CommandRun run = done("edit", ova, "--add-disk", image, "--add-blank-disk", "1GiB", "-o", out);
    assertThat(run.out()).contains("attaches it to the controller");
    assertThat(machine(out).disks()).hasSize(3);
    assertThat(run.out()).containsPattern("adds the disk \\w+ of 1 GiB");
    done("verify", out);
    Path less = folder.resolve("less.ova");
    done("edit", out, "--remove-disk", "vmdisk1", "-o", less);
    assertThat(machine(less).disks()).hasSize(2);
    assertThat(OvfPackage.open(less).file(SampleAppliance.DISK)).isEmpty();
    done("verify", less);
    Path other = folder.resolve("other.ova");
    done("edit", ova, "--replace-disk", "vmdisk1=" + image, "-o", other);
    assertThat(OvfPackage.open(other).file("data.vmdk")).isPresent();
    done("verify", other);
  }

  @Test
  void takesPasswordsFromTheEnvironmentOnly() {
    Path with = folder.resolve("with.ova");
    done("edit", ova, "--add-property", "admin-password:password", "-o", with);
    refused(
        "--set-property-env admin-password=VARIABLE",
        "edit",
        with,
        "--set-property",
        "admin-password=hunter2",
        "-o",
        out);
    refused(
        "--set-property-env x=VARIABLE", "edit", ova, "--add-property", "x:password=h", "-o", out);
    refused(
        "the property client_secret: it is a secret",
        "edit",
        ova,
        "--add-property",
        "client_secret:string=hunter2",
        "-o",
        out);
    refused(
        "there is no environment variable NO_SUCH_VARIABLE; export it first",
        "edit",
        with,
        "--set-property-env",
        "admin-password=NO_SUCH_VARIABLE",
        "-o",
        out);
    CommandRun run = done("edit", with, "--set-property-env", "admin-password=PATH", "-o", out);
    assertThat(run.all()).doesNotContain(System.getenv("PATH"));
    assertThat(machine(out).properties()).anyMatch(p -> System.getenv("PATH").equals(p.value()));
  }

  @Test
  void convertsToTwoAndBack() {
    done("edit", ova, "--to", "2.0", "-o", out);
    assertThat(OvfPackage.open(out).envelope().namespace()).endsWith("/2");
    Path back = folder.resolve("back.ova");
    done("edit", out, "--to", "1.1", "--foreign", "where-allowed", "-o", back);
    assertThat(machine(back))
        .usingRecursiveComparison()
        .ignoringFields("disks", "nics", "controllers")
        .isEqualTo(machine(ova));
  }

  @Test
  void saysWhatIsWrong() {
    refused("did you mean vmdisk1", "edit", ova, "--remove-disk", "vmdisk2", "-o", out);
    refused("did you mean hostname", "edit", ova, "--set-property", "hostnam=x", "-o", out);
    refused("the envelope has none", "edit", ova, "--cpus", "4@large", "-o", out);
    refused("takes 1.1 or 2.0", "edit", ova, "--to", "0.9", "-o", out);
    refused("--foreign is drop; it takes --to beside it", "edit", ova, "--foreign=drop", "-o", out);
    refused("it takes keep, ", "edit", ova, "--to=2.0", "--foreign=none", "-o", out);
    refused("as in 4GiB or 4GiB@large", "edit", ova, "--memory", "4GiB@", "-o", out);
    refused("as in 4 or 4@large", "edit", ova, "--cpus", "4@", "-o", out);
    refused("is not a size", "edit", ova, "--memory", "much", "-o", out);
    refused("takes a number", "edit", ova, "--cpus", "many", "-o", out);
    refused("--output", "edit", ova);
    refused("name it .ova or .ovf", "edit", ova, "-o", folder.resolve("out.xml"));
    refused(
        "secure boot needs EFI",
        "edit",
        ova,
        "--firmware",
        "bios",
        "--secure-boot",
        "true",
        "-o",
        out);
  }
}
