package io.intermodal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.intermodal.ovf.packaging.OvfPackage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@code pack} and {@code unpack}. */
class PackCommandTest {

  private static final String PASSWORD = "changeit";

  @TempDir Path folder;
  private Path ova;

  @BeforeEach
  void write() {
    ova = SampleAppliance.small().writeOva(folder.resolve("sample.ova"));
  }

  private Path unpacked() {
    Path target = folder.resolve("unpacked");
    CommandRun run = CommandRun.of("unpack", ova, "-o", target);
    assertThat(run.exitCode()).as(run.all()).isZero();
    return target;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void unpacksAndPacksToTheSameArchive() throws IOException {
    Path target = unpacked();
    assertThat(names(target)).containsExactly(SampleAppliance.DISK, "sample.mf", "sample.ovf");
    assertThat(CommandRun.of("verify", target.resolve("sample.ovf")).exitCode()).isZero();
    for (Path source : List.of(target, target.resolve("sample.ovf"))) {
      Path again = folder.resolve("again.ova");
      CommandRun run = CommandRun.of("pack", source, "-o", again, "--force");
      assertThat(run.exitCode()).as(run.all()).isZero();
      assertThat(run.out())
          .contains("Wrote " + again + ": sample.ovf and 1 file.")
          .contains("The files match the manifest they came with (SHA256).");
      assertThat(again).hasSameBinaryContentAs(ova);
    }
  }

  @Test
  void tellsProgramsWhatWasWritten() {
    Path target = folder.resolve("t");
    CommandRun run = CommandRun.of("unpack", ova, "-o", target, "--json");
    assertThat(run.exitCode()).as(run.all()).isZero();
    JsonNode json = run.json();
    assertThat(json.get("schema").textValue()).isEqualTo("io.intermodal.package/1");
    assertThat(json.get("target").textValue()).isEqualTo(target.toString());
    assertThat(json.get("kind").textValue()).isEqualTo("ovf");
    assertThat(json.get("descriptor").textValue()).isEqualTo("sample.ovf");
    assertThat(json.get("files")).hasSize(2);
    assertThat(json.get("files").get(0).get("algorithm").textValue()).isEqualTo("SHA256");
    assertThat(json.get("files").get(0).get("digest").textValue()).hasSize(64);
    assertThat(json.get("manifest").textValue()).isEqualTo("KEPT");
    assertThat(json.get("certificate").textValue()).isEqualTo("ABSENT");
    assertThat(json.get("sourceVerified").booleanValue()).isTrue();
    assertThat(json.get("findings")).isEmpty();
    assertThat(json).hasSize(9);
  }

  @Test
  void aDamagedArchiveLeavesNoFile() throws IOException {
    Tamper.flipBit(ova, Files.size(ova) / 2);
    Path target = folder.resolve("t");
    CommandRun run = CommandRun.of("unpack", ova, "-o", target, "--json");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.json().get("code").textValue()).isEqualTo("DIGEST_MISMATCH");
    assertThat(run.json().get("message").textValue()).contains(SampleAppliance.DISK);
    assertThat(target).doesNotExist();
    assertThat(names(folder)).containsExactly("sample.ova");
    run = CommandRun.of("unpack", ova, "-o", target, "--no-verify");
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).contains("they are NOT verified: MISMATCH " + SampleAppliance.DISK);
    assertThat(CommandRun.of("verify", target.resolve("sample.ovf")).exitCode()).isEqualTo(1);
  }

  @Test
  void anEditedDescriptorNeedsANewManifest() throws IOException {
    Path target = unpacked();
    Path ovf = target.resolve("sample.ovf");
    Files.writeString(ovf, Files.readString(ovf).replace("VM Network", "My Network"));
    Path again = folder.resolve("again.ova");
    CommandRun run = CommandRun.of("pack", target, "-o", again);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("sample.ovf is not the file", "see: --no-verify");
    run = CommandRun.of("pack", target, "-o", again, "--no-verify", "--digest", "sha512");
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).contains("The manifest is new (SHA512).");
    assertThat(CommandRun.of("verify", again).exitCode()).isZero();
  }

  @Test
  void refusesToReplaceUnlessForced() {
    Path target = unpacked();
    CommandRun run = CommandRun.of("pack", target, "-o", ova);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("it exists already", "see: --force");
    run = CommandRun.of("unpack", ova, "-o", target);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("it exists already", "see: --force");
    run = CommandRun.of("unpack", ova, "-o", target, "--force");
    assertThat(run.exitCode()).as(run.all()).isZero();
  }

  @Test
  void namesNoOptionThatWouldNotHelp() throws IOException {
    Files.createFile(folder.resolve("x.ova.part"));
    CommandRun run = CommandRun.of("pack", ova, "-o", folder.resolve("x.ova"));
    assertThat(run.err()).contains("another writer is at work").doesNotContain("see:");
    run = CommandRun.of("pack", ova, "-o", ova.resolveSibling("none").resolve("x.ova"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("its folder does not exist; create it").doesNotContain("see:");
    run = CommandRun.of("unpack", ova, "-o", folder.resolve("none/out"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("its folder does not exist; create it").doesNotContain("see:");
  }

  @Test
  void namesTheWayOutWhenAListedFileIsMissing() throws IOException {
    Tamper.replace(ova, "SHA256(sample-disk1.vmdk)", "SHA256(simple-disk1.vmdk)");
    CommandRun run = CommandRun.of("unpack", ova, "-o", folder.resolve("t"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("simple-disk1.vmdk is listed in the manifest and not in the package")
        .contains("see: --no-verify");
  }

  @Test
  void packsIntoAnArchiveOnly() {
    CommandRun run = CommandRun.of("pack", ova, "-o", folder.resolve("x.zip"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("it is no name of an archive; let it end in .ova");
    assertThat(folder.resolve("x.zip")).doesNotExist();
  }

  @Test
  void refusesAPackageWithoutItsDisk() throws IOException {
    Path target = unpacked();
    Files.delete(target.resolve(SampleAppliance.DISK));
    CommandRun run = CommandRun.of("pack", target, "-o", folder.resolve("x.ova"), "--no-verify");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(SampleAppliance.DISK, "get the whole package again");
    assertThat(folder.resolve("x.ova")).doesNotExist();
  }

  @Test
  void correctsSizesWhenAsked() throws IOException {
    Path target = Files.createDirectory(folder.resolve("wrong"));
    Files.write(target.resolve("sample.ovf"), SampleAppliance.small().descriptor(7));
    Files.write(target.resolve(SampleAppliance.DISK), new byte[99]);
    Path again = folder.resolve("x.ova");
    CommandRun run = CommandRun.of("pack", target, "-o", again);
    assertThat(run.out())
        .contains("WARNING", "SIZE_DIFFERS", "has 99 bytes; the descriptor says 7");
    assertThat(CommandRun.of("verify", again).exitCode()).isEqualTo(1);
    run = CommandRun.of("pack", target, "-o", again, "--fix-sizes", "--force");
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(CommandRun.of("verify", again).exitCode()).isZero();
  }

  @Test
  void unpacksNoDescriptor() {
    CommandRun run = CommandRun.of("unpack", unpacked().resolve("sample.ovf"), "-o", "x");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("it is a descriptor with its files beside it already");
  }

  @Test
  void signsWithKeyAndCertificateInPem()
      throws IOException, GeneralSecurityException, InterruptedException {
    Path store = folder.resolve("keys.p12");
    String line =
        "-genkeypair -alias a -keyalg RSA -keysize 2048 -dname CN=Test -storetype PKCS12"
            + " -storepass changeit -keystore "
            + store;
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process made =
        new ProcessBuilder(
                Stream.concat(Stream.of(keytool.toString()), Stream.of(line.split(" "))).toList())
            .redirectErrorStream(true)
            .start();
    made.getInputStream().readAllBytes();
    assertThat(made.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    byte[] secret = keys.getKey("a", PASSWORD.toCharArray()).getEncoded();
    Path key = pem("PRIVATE KEY", secret);
    Path certificate = pem("CERTIFICATE", keys.getCertificate("a").getEncoded());
    Path signed = folder.resolve("signed.ova");
    CommandRun run = CommandRun.of("pack", ova, "-o", signed, "--sign", key, "--cert", certificate);
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).contains("The manifest is signed.");
    assertThat(OvfPackage.open(signed).certificate()).isPresent();
    assertThat(CommandRun.of("verify", signed).exitCode()).isZero();

    run = CommandRun.of("unpack", signed, "-o", folder.resolve("s"), "--json");
    assertThat(run.json().get("certificate").textValue()).isEqualTo("KEPT");
    run = CommandRun.of("pack", folder.resolve("s"), "-o", ova, "--force", "--digest", "sha384");
    assertThat(run.out()).contains("The old signature was left out");

    Path old = pem("RSA PRIVATE KEY", secret);
    run = CommandRun.of("pack", ova, "-o", signed, "--force", "--sign", old, "--cert", certificate);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("openssl pkcs8 -topk8");
    run =
        CommandRun.of(
            "pack",
            ova,
            "-o",
            signed,
            "--force",
            "--sign",
            pem("ENCRYPTED PRIVATE KEY", secret),
            "--cert",
            certificate,
            "--key-password-env",
            "INTERMODAL_TEST_NO_SUCH_VARIABLE");
    assertThat(run.err()).contains("there is no environment variable INTERMODAL_TEST_NO_SUCH");

    Path locked = pem("ENCRYPTED PRIVATE KEY", locked(secret));
    Object[] sign = {"pack", ova, "-o", signed, "--force", "--sign", locked, "--cert", certificate};
    run = CommandRun.of(sign);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("the key is encrypted", "see: --key-password-env");
    Object[] wrong = Arrays.copyOf(sign, sign.length + 2);
    wrong[sign.length] = "--key-password-env";
    wrong[sign.length + 1] = "PATH";
    run = CommandRun.of(wrong);
    assertThat(run.err())
        .contains("the password does not open the key", "see: --key-password-env")
        .doesNotContain(System.getenv("PATH"));
  }

  private static byte[] locked(byte[] key) throws IOException, GeneralSecurityException {
    // Of a newer scheme not every JDK makes this form.
    String scheme = "PBEWithSHA1AndDESede";
    Cipher cipher = Cipher.getInstance(scheme);
    PBEKeySpec password = new PBEKeySpec(PASSWORD.toCharArray());
    cipher.init(
        Cipher.ENCRYPT_MODE,
        SecretKeyFactory.getInstance(scheme).generateSecret(password),
        new PBEParameterSpec(new byte[8], 1000));
    return new EncryptedPrivateKeyInfo(cipher.getParameters(), cipher.doFinal(key)).getEncoded();
  }

  private Path pem(String kind, byte[] der) throws IOException {
    String text =
        "-----BEGIN "
            + kind
            + "-----\n"
            + Base64.getMimeEncoder().encodeToString(der)
            + "\n-----END "
            + kind
            + "-----\n";
    return Files.write(
        folder.resolve(kind.replace(' ', '-') + ".pem"), text.getBytes(StandardCharsets.US_ASCII));
  }
}
