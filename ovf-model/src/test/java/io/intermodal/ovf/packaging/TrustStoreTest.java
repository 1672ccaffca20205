package io.intermodal.ovf.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.intermodal.CommonError;
import io.intermodal.IntermodalException;
import io.intermodal.ovf.OvfError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustStoreTest {

  private static final char[] PASSWORD = Identity.PASSWORD.toCharArray();

  @TempDir private Path folder;

  private static String pem(X509Certificate certificate) {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(Certificates.encoded(certificate))
        + "\n-----END CERTIFICATE-----\n";
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private Path keyStore(String type) throws IOException {
    Path certificate = file("rsa.pem", pem(Identity.rsa().certificate()).getBytes(UTF_8));
    Path store = folder.resolve("store." + type);
    Identity.keytool(
        store,
        "-importcert",
        "-noprompt",
        "-alias",
        "r",
        "-file",
        certificate.toString(),
        "-storetype",
        type);
    return store;
  }

  private static void refuses(Path file, char @Nullable [] password, String reason) {
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> TrustStore.read(file, password))
        .withMessageStartingWith("cannot read " + file + ": ")
        .withMessageContaining(reason)
        .satisfies(e -> assertThat(e.code()).isEqualTo(OvfError.KEY_STORE));
  }

  @Test
  void readsPemWithTextBetween() throws IOException {
    String text =
        "# ours\n"
            + pem(Identity.rsa().certificate())
            + "\n# theirs\n"
            + pem(Identity.ec().certificate());
    assertThat(TrustStore.read(file("a.pem", text.getBytes(UTF_8)), null))
        .containsExactly(Identity.rsa().certificate(), Identity.ec().certificate());
  }

  @Test
  void readsOneCertificateInDer() throws IOException {
    Path file = file("a.cer", Certificates.encoded(Identity.rsa().certificate()));
    assertThat(TrustStore.read(file, null)).containsExactly(Identity.rsa().certificate());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JKS"})
  void readsKeyStores(String type) throws IOException, GeneralSecurityException {
    Path file = keyStore(type);
    assertThat(TrustStore.read(file, PASSWORD)).containsExactly(Identity.rsa().certificate());
    refuses(file, "wrong".toCharArray(), "the password is wrong");
    KeyStore store = KeyStore.getInstance(type);
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    assertThat(TrustPolicy.trusting(store).anchors()).containsExactly(Identity.rsa().certificate());
  }

  @Test
  void ownKeysAreNotTrustedByBeingThere() throws GeneralSecurityException, IOException {
    Identity.rsa();
    refuses(Identity.keyStore(), PASSWORD, "it holds no trusted certificate");
    KeyStore empty = KeyStore.getInstance("PKCS12");
    assertThatIllegalArgumentException().isThrownBy(() -> TrustPolicy.trusting(empty));
    empty.load(null, null);
    assertThatIllegalArgumentException().isThrownBy(() -> TrustPolicy.trusting(empty));
  }

  @Test
  void saysThatAPasswordMayBeMissing() throws IOException {
    refuses(keyStore("PKCS12"), null, "give its password");
  }

  @Test
  void refusesWhatIsNoStore() throws IOException {
    refuses(file("empty", new byte[0]), null, "no key store");
    refuses(file("text", "hello".getBytes(UTF_8)), null, "no key store");
    refuses(file("der", new byte[] {0x30, 0x03, 1, 2, 3}), null, "no key store");
    refuses(
        file("key.pem", "-----BEGIN X-----\nAAAA\n-----END X-----".getBytes(UTF_8)),
        null,
        "it holds no certificate");
    String broken = pem(Identity.rsa().certificate()).replace("MI", "IM");
    refuses(file("broken.pem", broken.getBytes(UTF_8)), null, "a certificate in it is broken");
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> TrustStore.read(folder.resolve("none"), null))
        .satisfies(e -> assertThat(e.code()).isEqualTo(CommonError.FILE_NOT_FOUND));
  }

  @Test
  void thePasswordIsInNoMessage() throws IOException {
    Path file = keyStore("PKCS12");
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> TrustStore.read(file, "hunter2".toCharArray()))
        .satisfies(
            e ->
                assertThat(List.of(e.toString(), String.valueOf(e.getCause())))
                    .noneMatch(text -> text.contains("hunter2")));
  }
}
