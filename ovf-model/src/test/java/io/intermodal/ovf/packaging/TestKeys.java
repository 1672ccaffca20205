package io.intermodal.ovf.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/** Is a key pair with a certificate of its own, made by the JDK's keytool for one test. */
record TestKeys(PrivateKey key, X509Certificate certificate) {

  private static final String PASSWORD = "changeit";

  static TestKeys rsa(Path folder) {
    return make(folder, "RSA", "2048");
  }

  static TestKeys ec(Path folder) {
    return make(folder, "EC", "256");
  }

  private static TestKeys make(Path folder, String algorithm, String bits) {
    Path store = folder.resolve("keys-" + algorithm + ".p12");
    try {
      Tools.run(
          folder,
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
              "-genkeypair",
              "-alias",
              "signer",
              "-keyalg",
              algorithm,
              "-keysize",
              bits,
              "-dname",
              "CN=Test",
              "-storetype",
              "PKCS12",
              "-keystore",
              store.toString(),
              "-storepass",
              PASSWORD));
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        keys.load(in, PASSWORD.toCharArray());
      }
      return new TestKeys(
          (PrivateKey) keys.getKey("signer", PASSWORD.toCharArray()),
          (X509Certificate) keys.getCertificate("signer"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  PackageSigner signer() {
    return PackageSigner.of(key, List.of(certificate));
  }

  static String pem(String kind, byte[] der) {
    return "-----BEGIN "
        + kind
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + kind
        + "-----\n";
  }
}
