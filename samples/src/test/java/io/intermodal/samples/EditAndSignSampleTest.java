package io.intermodal.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.Cancellation;
import io.intermodal.Progress;
import io.intermodal.ovf.packaging.OvfPackage;
import io.intermodal.ovf.packaging.TrustOutcome;
import io.intermodal.ovf.packaging.TrustPolicy;
import io.intermodal.ovf.packaging.TrustStore;
import io.intermodal.ovf.packaging.Verification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EditAndSignSampleTest {

  private static final String PASSWORD = "changeit";

  @TempDir private Path folder;

  @Test
  void writesAnEditedAndSignedArchive() throws Exception {
    Path ova = SmallAppliance.write(folder.resolve("web.ova"));
    Path target = folder.resolve("larger.ova");
    Path certificate = folder.resolve("cert.pem");
    Path key = keys(certificate);

    String printed =
        Output.of(
            () ->
                EditAndSign.main(
                    new String[] {
                      ova.toString(), target.toString(), key.toString(), certificate.toString()
                    }));

    assertThat(printed).contains("memory").contains("manifest WRITTEN, certificate WRITTEN");
    OvfPackage larger = OvfPackage.open(target);
    assertThat(larger.envelope().machines(null).get(0).memoryBytes()).isEqualTo(4L << 30);
    Verification verification =
        larger.verify(
            TrustPolicy.trusting(TrustStore.read(certificate, /* password= */ null)),
            Progress.Listener.none(),
            Cancellation.none());
    assertThat(verification.accepted()).isTrue();
    assertThat(verification.signature().outcome()).isEqualTo(TrustOutcome.TRUSTED);
  }

  /** Makes a key with the JDK's own tool; returns the file of the key in PEM. */
  private Path keys(Path certificate)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path store = folder.resolve("keys.p12");
    keytool(
        store,
        "-genkeypair",
        "-keyalg",
        "RSA",
        "-keysize",
        "2048",
        "-dname",
        "CN=Sample",
        "-validity",
        "30");
    keytool(store, "-exportcert", "-rfc", "-file", certificate.toString());
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder()
                .encodeToString(keys.getKey("sample", PASSWORD.toCharArray()).getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    return Files.write(folder.resolve("key.pem"), pem.getBytes(StandardCharsets.US_ASCII));
  }

  private static void keytool(Path store, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-alias", "sample", "-keystore", store.toString(), "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
