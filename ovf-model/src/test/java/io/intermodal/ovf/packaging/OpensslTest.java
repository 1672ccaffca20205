package io.intermodal.ovf.packaging;

import static io.intermodal.ovf.packaging.SignatureSamples.MANIFEST;
import static io.intermodal.ovf.packaging.SignatureSamples.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares our signatures with those of another maker: {@code openssl}. */
class OpensslTest {

  @TempDir private Path folder;

  @BeforeEach
  void require() throws IOException {
    boolean there;
    try {
      there = openssl("version").startsWith("OpenSSL");
    } catch (IOException e) {
      there = false;
    }
    if (!there && Boolean.getBoolean("intermodal.require")) {
      fail("openssl is not installed, and it is required");
    }
    if (!there) {
      abort("openssl is not installed");
    }
    Files.write(folder.resolve(NAME), MANIFEST);
  }

  private String openssl(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(Arrays.asList(arguments));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertThat(process.waitFor()).as("%s: %s", command, said).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return said;
  }

  private void key(String name, String kind) throws IOException {
    if (kind.equals("EC")) {
      openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", name + ".key");
    } else {
      openssl("genrsa", "-out", name + ".key", "2048");
    }
  }

  private void selfSigned(String name, String kind) throws IOException {
    key(name, kind);
    openssl(
        "req",
        "-x509",
        "-new",
        "-key",
        name + ".key",
        "-out",
        name + ".pem",
        "-subj",
        "/CN=" + name + "/O=Example",
        "-days",
        "30");
  }

  private TrustPolicy trusting(String name) {
    return TrustPolicy.trusting(TrustStore.read(folder.resolve(name + ".pem"), null));
  }

  private SignatureResult check(String line, String pem, TrustPolicy policy) {
    byte[] file = (line + pem).getBytes(StandardCharsets.UTF_8);
    return SignatureCheck.check(NAME, MANIFEST, "a.cert", file, policy);
  }

  @ParameterizedTest
  @CsvSource({"RSA,SHA1", "RSA,SHA256", "RSA,SHA512", "EC,SHA1", "EC,SHA256", "EC,SHA512"})
  void itVerifiesOurs(String kind, DigestAlgorithm digest) throws IOException {
    Identity identity = kind.equals("EC") ? Identity.ec() : Identity.rsa();
    CertificateFile made =
        CertificateFile.parse("a.cert", identity.signer().withDigest(digest).sign(NAME, MANIFEST));
    Files.write(folder.resolve("signature"), made.signature());
    Files.write(folder.resolve("signer.der"), Certificates.encoded(made.certificates().get(0)));
    openssl("x509", "-inform", "DER", "-in", "signer.der", "-pubkey", "-noout", "-out", "key.pem");
    assertThat(
            openssl(
                "dgst",
                "-" + digest.name().toLowerCase(Locale.ROOT),
                "-verify",
                "key.pem",
                "-signature",
                "signature",
                NAME))
        .contains("Verified OK");
  }

  @ParameterizedTest
  @CsvSource({"RSA,SHA1", "RSA,SHA256", "RSA,SHA512", "EC,SHA1", "EC,SHA256", "EC,SHA512"})
  void weVerifyIts(String kind, DigestAlgorithm digest) throws IOException {
    selfSigned("maker", kind);
    // The line is as it prints it: RSA-SHA2-256(a.mf)= …
    String line =
        openssl(
            "dgst",
            "-" + digest.name().toLowerCase(Locale.ROOT),
            "-sign",
            "maker.key",
            "-hex",
            NAME);
    String pem = Files.readString(folder.resolve("maker.pem"));
    SignatureResult result = check(line, pem, trusting("maker").acceptingWeak());
    assertThat(result.outcome()).as(result.sentence()).isEqualTo(TrustOutcome.TRUSTED);
    assertThat(result.facts().digest()).isEqualTo(digest);
    Signer signer = Objects.requireNonNull(result.facts().signer());
    assertThat(
            openssl("x509", "-in", "maker.pem", "-noout", "-fingerprint", "-sha256")
                .replace(":", "")
                .toLowerCase(Locale.ROOT))
        .contains(signer.sha256());
    String other = line.replaceFirst("(= .)[0-9a-f]{2}", "$1" + "zz");
    assertThat(check(other, pem, trusting("maker")).outcome().intact()).isFalse();
  }

  @Test
  void weVerifyItsPss() throws IOException {
    selfSigned("maker", "RSA");
    String line =
        openssl(
            "dgst",
            "-sha256",
            "-sign",
            "maker.key",
            "-sigopt",
            "rsa_padding_mode:pss",
            "-hex",
            NAME);
    String pem = Files.readString(folder.resolve("maker.pem"));
    assertThat(check(line, pem, trusting("maker")).facts().scheme()).isEqualTo("RSASSA-PSS");
  }

  @ParameterizedTest
  @CsvSource({"RSA", "EC"})
  void weFollowItsChain(String kind) throws IOException {
    selfSigned("root", kind);
    key("leaf", kind);
    openssl("req", "-new", "-key", "leaf.key", "-out", "leaf.csr", "-subj", "/CN=leaf");
    openssl(
        "x509",
        "-req",
        "-in",
        "leaf.csr",
        "-CA",
        "root.pem",
        "-CAkey",
        "root.key",
        "-CAcreateserial",
        "-out",
        "leaf.pem",
        "-days",
        "30");
    String line = openssl("dgst", "-sha256", "-sign", "leaf.key", "-hex", NAME);
    String leaf = Files.readString(folder.resolve("leaf.pem"));
    openssl("crl2pkcs7", "-nocrl", "-certfile", "root.pem", "-certfile", "leaf.pem", "-out", "all");
    selfSigned("stranger", kind);
    for (String pem : List.of(leaf, Files.readString(folder.resolve("all")))) {
      SignatureResult result = check(line, pem, trusting("root"));
      assertThat(result.outcome()).as(result.sentence()).isEqualTo(TrustOutcome.TRUSTED);
      assertThat(check(line, pem, trusting("stranger")).outcome())
          .isEqualTo(TrustOutcome.INTACT_SIGNER_UNKNOWN);
    }
  }

  @Test
  void weSignWithItsKeyStore() throws IOException {
    selfSigned("maker", "RSA");
    openssl(
        "pkcs12",
        "-export",
        "-inkey",
        "maker.key",
        "-in",
        "maker.pem",
        "-out",
        "maker.p12",
        "-passout",
        "pass:secret");
    byte[] certificate =
        PackageSigner.fromKeyStore(folder.resolve("maker.p12"), "secret".toCharArray(), null)
            .sign(NAME, MANIFEST);
    assertThat(
            SignatureCheck.check(NAME, MANIFEST, "a.cert", certificate, trusting("maker"))
                .outcome())
        .isEqualTo(TrustOutcome.TRUSTED);
  }
}
