package io.intermodal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifySignatureTest {

  private static final String SAYS = "The package is as its manifest (SHA256) says.";

  @TempDir Path folder;
  private SignedSample sample;

  @BeforeEach
  void write() throws IOException, GeneralSecurityException {
    sample =
        SignedSample.write(
            folder.resolve("package"), SampleAppliance.DESCRIPTOR, SampleAppliance.DISK);
  }

  /** Runs the command in both forms, and returns the JSON form's document. */
  private JsonNode verify(int exitCode, String said, Object... options) {
    List<Object> arguments = new ArrayList<>(List.of("verify", sample.descriptor()));
    arguments.addAll(List.of(options));
    CommandRun text = CommandRun.of(arguments.toArray());
    assertThat(text.exitCode()).as(text.all()).isEqualTo(exitCode);
    assertThat(text.out()).contains(said);
    arguments.add("--json");
    CommandRun run = CommandRun.of(arguments.toArray());
    assertThat(run.exitCode()).as(run.all()).isEqualTo(exitCode);
    assertThat(run.json().get("trusted").booleanValue()).isEqualTo(exitCode == 0);
    return run.json();
  }

  private static String outcome(JsonNode json) {
    return json.get("signature").get("outcome").textValue();
  }

  @Test
  void saysThatTheSignerIsUnknown() {
    JsonNode json = verify(0, "The signature is intact, signer unknown: CN=Sample signer vouches");
    assertThat(outcome(json)).isEqualTo("INTACT_SIGNER_UNKNOWN");
    assertThat(CommandRun.of("verify", sample.descriptor()).out()).contains(SAYS);
    verify(0, "signer unknown", "--require-signature");
  }

  @Test
  void trustsWhomTheStoreTrusts() {
    JsonNode json =
        verify(
            0,
            "The signature is intact and trusted: signed by CN=Sample signer",
            "--trust-store",
            sample.certificate());
    JsonNode signature = json.get("signature");
    assertThat(outcome(json)).isEqualTo("TRUSTED");
    assertThat(signature.get("explanation").textValue()).endsWith(".");
    assertThat(signature.get("required").booleanValue()).isTrue();
    assertThat(signature.get("satisfied").booleanValue()).isTrue();
    assertThat(signature.get("state").textValue()).isEqualTo("CORRECT");
    assertThat(signature.get("problem").isNull()).isTrue();
    assertThat(signature.get("manifestName").textValue()).isEqualTo("sample.mf");
    assertThat(signature.get("digest").textValue()).isEqualTo("SHA256");
    assertThat(signature.get("scheme").textValue()).isEqualTo("SHA256withECDSA");
    assertThat(signature.get("validity").textValue()).isEqualTo("VALID");
    assertThat(signature.get("trust").textValue()).isEqualTo("ANCHORED");
    assertThat(signature.get("revocationChecked").booleanValue()).isFalse();
    assertThat(signature.get("chain")).hasSize(1);
    assertThat(signature.get("weaknesses")).isEmpty();
    assertThat(signature.get("signedFiles").toString())
        .isEqualTo("[\"sample.ovf\",\"sample-disk1.vmdk\"]");
    assertThat(signature.get("unsignedFiles")).isEmpty();
    JsonNode signer = signature.get("signer");
    assertThat(signer.get("subject").textValue()).isEqualTo("CN=Sample signer");
    assertThat(signer.get("notBefore").textValue()).isEqualTo("2020-01-01T00:00:00Z");
    assertThat(signer.get("keyBits").intValue()).isEqualTo(256);
    assertThat(signer.get("selfSigned").booleanValue()).isTrue();
    assertThat(CommandRun.of("verify", sample.descriptor()).out())
        .contains(signer.get("sha256").textValue());
  }

  @Test
  void judgesDatesForAGivenMoment() {
    JsonNode json =
        verify(
            1,
            "not valid at 2190-01-01T00:00:00Z, a certificate expired",
            "--trust-store",
            sample.certificate(),
            "--at",
            "2190-01-01T00:00:00Z");
    assertThat(outcome(json)).isEqualTo("INTACT_EXPIRED");
    assertThat(json.get("manifest").get("verified").booleanValue()).isTrue();
    assertThat(json.get("signature").get("checkedAt").textValue())
        .isEqualTo("2190-01-01T00:00:00Z");
    CommandRun wrong = CommandRun.of("verify", sample.descriptor(), "--at", "tomorrow");
    assertThat(wrong.exitCode()).isEqualTo(2);
  }

  @Test
  void takesADayForItsStartInUtc() {
    Object[] store = {"--trust-store", sample.certificate()};
    JsonNode json = verify(1, "expired", store[0], store[1], "--at", "2999-12-31");
    assertThat(json.get("signature").get("checkedAt").textValue())
        .isEqualTo("2999-12-31T00:00:00Z");
    json = verify(1, "expired", store[0], store[1], "--at", "2999-12-31T01:30:00+01:00");
    assertThat(json.get("signature").get("checkedAt").textValue())
        .isEqualTo("2999-12-31T00:30:00Z");
    CommandRun run = CommandRun.of("verify", sample.descriptor(), "--at", "yesterday");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("neither a day such as 2026-01-31 nor a moment", ": yesterday")
        .doesNotContain("java.");
  }

  @Test
  void refusesAStranger() {
    JsonNode json =
        verify(
            1,
            "The package is NOT accepted: its signature does not lead to a trusted certificate",
            "--trust-store",
            SignedSample.stranger());
    assertThat(outcome(json)).isEqualTo("INTACT_SIGNER_UNKNOWN");
    assertThat(json.get("signature").get("trust").textValue()).isEqualTo("NOT_ANCHORED");
  }

  @Test
  void refusesABrokenSignatureAlways() throws IOException {
    Path manifest = sample.descriptor().resolveSibling("sample.mf");
    Files.writeString(manifest, Files.readString(manifest).replace("\n", "\r\n"));
    JsonNode json = verify(1, "The signature is BROKEN");
    assertThat(outcome(json)).isEqualTo("BROKEN");
    assertThat(json.get("manifest").get("verified").booleanValue()).isTrue();
    assertThat(json.get("signature").get("signer").isNull()).isTrue();
    verify(1, "The package is NOT accepted: its signature proves nothing.");
  }

  @Test
  void wantsASignatureWhereOneIsRequired() throws IOException {
    Files.delete(sample.descriptor().resolveSibling("sample.cert"));
    assertThat(outcome(verify(0, "The package is not signed."))).isEqualTo("NOT_SIGNED");
    verify(1, "NOT accepted: a signature is required.", "--require-signature");
    verify(1, "a signature is required.", "--trust-store", sample.certificate());
  }

  @Test
  void wantsTheDescriptorSigned() throws IOException, GeneralSecurityException {
    Files.delete(sample.descriptor().resolveSibling(SampleAppliance.DISK));
    sample = SignedSample.write(folder.resolve("package"), SampleAppliance.DISK);
    verify(
        0,
        "The package is as its manifest (SHA256) says, but for what that does not list: nothing"
            + " vouches for the descriptor sample.ovf.");
    Path packed = folder.resolve("packed.ova");
    assertThat(CommandRun.of("pack", sample.descriptor(), "-o", packed).out())
        .contains("they came with (SHA256), which does not list the descriptor sample.ovf.");
    JsonNode json =
        verify(
            1,
            "NOT accepted: the signature does not cover the descriptor.",
            "--trust-store",
            sample.certificate());
    assertThat(outcome(json)).isEqualTo("TRUSTED");
    assertThat(json.get("signature").get("unsignedFiles").toString()).isEqualTo("[\"sample.ovf\"]");
  }

  @Test
  void takesThePasswordFromTheEnvironment() throws IOException, GeneralSecurityException {
    // Every system has this variable; its value serves as a password as well as any.
    String variable = "PATH";
    Path file = folder.resolve("trusted.p12");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(sample.certificate())) {
      Certificate signer = CertificateFactory.getInstance("X.509").generateCertificate(in);
      store.setCertificateEntry("signer", signer);
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, System.getenv(variable).toCharArray());
    }
    verify(0, "intact and trusted", "--trust-store", file, "--trust-store-password-env", variable);
    CommandRun locked =
        CommandRun.of("verify", sample.descriptor(), "--trust-store", file, "--json");
    assertThat(locked.exitCode()).isEqualTo(2);
    assertThat(locked.json().get("code").textValue()).isEqualTo("KEY_STORE");
    locked = CommandRun.of("verify", sample.descriptor(), "--trust-store", file);
    assertThat(locked.err()).contains("see: --trust-store-password-env");
    Path text = Files.writeString(folder.resolve("password.pem"), "none");
    CommandRun other = CommandRun.of("verify", sample.descriptor(), "--trust-store", text);
    assertThat(other.err()).contains("cannot read " + text).doesNotContain("see:");
  }

  @Test
  void saysWhatIsWrongWithThePassword() {
    CommandRun unset =
        CommandRun.of(
            "verify",
            sample.descriptor(),
            "--trust-store",
            sample.certificate(),
            "--trust-store-password-env",
            "INTERMODAL_NO_SUCH_VARIABLE");
    assertThat(unset.exitCode()).isEqualTo(2);
    assertThat(unset.err())
        .contains("no environment variable INTERMODAL_NO_SUCH_VARIABLE; export it first");
    CommandRun alone =
        CommandRun.of("verify", sample.descriptor(), "--trust-store-password-env", "PATH");
    assertThat(alone.exitCode()).isEqualTo(2);
    assertThat(alone.err()).contains("give --trust-store");
  }
}
