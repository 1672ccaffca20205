package io.intermodal.ovf.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.intermodal.CommonError;
import io.intermodal.IntermodalException;
import io.intermodal.ovf.OvfError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PemFilesTest {

  @TempDir private Path folder;

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("key.pem"), text);
  }

  private void refused(String text, char @Nullable [] password, String reason) throws IOException {
    Path file = write(text);
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> PemFiles.privateKey(file, password))
        .withMessageStartingWith("cannot read " + file)
        .withMessageContaining(reason)
        .satisfies(e -> assertThat(e.code()).isEqualTo(OvfError.KEY_STORE));
  }

  @Test
  void readsKeysOfBothKinds() throws IOException {
    for (TestKeys keys : List.of(TestKeys.rsa(folder), TestKeys.ec(folder))) {
      Path file =
          write("some text before\n" + TestKeys.pem("PRIVATE KEY", keys.key().getEncoded()));
      assertThat(PemFiles.privateKey(file, null)).isEqualTo(keys.key());
    }
  }

  @Test
  void saysHowToConvertOlderForms() throws IOException {
    for (String kind : List.of("RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY")) {
      refused(TestKeys.pem(kind, new byte[99]), null, "openssl pkcs8 -topk8");
    }
  }

  @Test
  void refusesWhatIsNoKeyWithoutQuotingIt() throws IOException {
    refused("", null, "no private key in PEM");
    refused(TestKeys.pem("CERTIFICATE", new byte[9]), null, "no private key in PEM");
    refused(TestKeys.pem("PRIVATE KEY", new byte[99]), null, "neither RSA nor EC");
    refused(TestKeys.pem("ENCRYPTED PRIVATE KEY", new byte[99]), null, "the key is encrypted");
    refused(
        TestKeys.pem("ENCRYPTED PRIVATE KEY", new byte[99]),
        "x".toCharArray(),
        "its encryption is not supported");
    refused("x".repeat((1 << 20) + 1), null, "over 1 MiB");
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> PemFiles.privateKey(folder.resolve("none"), null))
        .satisfies(e -> assertThat(e.code()).isEqualTo(CommonError.FILE_NOT_FOUND));
  }

  @ParameterizedTest
  @CsvSource({
    "-v2 aes256",
    "-v2 aes-128-cbc -v2prf hmacWithSHA1",
    "-v2 aes256 -v2prf hmacWithSHA512"
  })
  void opensEncryptedKeysOfOpenssl(String how) throws IOException {
    Tools.require("openssl");
    TestKeys keys = TestKeys.rsa(folder);
    write(TestKeys.pem("PRIVATE KEY", keys.key().getEncoded()));
    Tools.run(
        folder,
        List.of(
            "sh",
            "-c",
            "openssl pkcs8 -topk8 -in key.pem -out locked.pem -passout pass:s3cret " + how));
    Path locked = folder.resolve("locked.pem");
    assertThat(PemFiles.privateKey(locked, "s3cret".toCharArray())).isEqualTo(keys.key());
    refused(Files.readString(locked), "wrong".toCharArray(), "the password does not open the key");
    refused(Files.readString(locked), null, "give its password");
  }

  @Test
  void readsCertificatesInTheirOrder() throws IOException, CertificateEncodingException {
    TestKeys rsa = TestKeys.rsa(folder);
    TestKeys ec = TestKeys.ec(folder);
    Path file =
        write(
            TestKeys.pem("CERTIFICATE", ec.certificate().getEncoded())
                + TestKeys.pem("CERTIFICATE", rsa.certificate().getEncoded()));
    assertThat(PemFiles.certificates(file)).containsExactly(ec.certificate(), rsa.certificate());
    for (String text : List.of("", "nothing", TestKeys.pem("CERTIFICATE", new byte[40]))) {
      write(text);
      assertThatExceptionOfType(IntermodalException.class)
          .isThrownBy(() -> PemFiles.certificates(file))
          .withMessageContaining("certificate")
          .satisfies(e -> assertThat(e.code()).isEqualTo(OvfError.KEY_STORE));
    }
  }
}
