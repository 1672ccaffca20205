package io.intermodal.ovf.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Is a key with its certificates, made by the running JDK's {@code keytool} when first asked for.
 * All hold from 2020 for a hundred years unless their name says otherwise.
 */
record Identity(PrivateKey key, List<X509Certificate> chain) {

  static final String PASSWORD = "changeit";
  private static final Map<String, Identity> MADE = new TreeMap<>();
  private static final Path STORE = store();

  static Identity rsa() {
    return of("rsa", "-keyalg", "RSA", "-keysize", "2048");
  }

  static Identity otherRsa() {
    return of("other", "-keyalg", "RSA", "-keysize", "2048");
  }

  static Identity shortRsa() {
    return of("short", "-keyalg", "RSA", "-keysize", "1024");
  }

  static Identity tinyRsa() {
    return of("tiny", "-keyalg", "RSA", "-keysize", "512", "-sigalg", "SHA256withRSA");
  }

  static Identity ec() {
    return of("ec", "-keyalg", "EC", "-groupname", "secp256r1");
  }

  static Identity edwards() {
    return of("ed", "-keyalg", "Ed25519");
  }

  static Identity expired() {
    return of(
        "old",
        "-keyalg",
        "RSA",
        "-keysize",
        "2048",
        "-startdate",
        "2010/01/01 00:00:00",
        "-validity",
        "365");
  }

  static Identity root() {
    return of("root", "-keyalg", "RSA", "-keysize", "2048", "-ext", "bc:c");
  }

  static Identity intermediate() {
    root();
    return of(
        "inter", "-keyalg", "EC", "-groupname", "secp256r1", "-ext", "bc:c", "-signer", "root");
  }

  /** Has a chain of three: itself, an intermediate, the root. */
  static Identity leaf() {
    intermediate();
    return of(
        "leaf",
        "-keyalg",
        "RSA",
        "-keysize",
        "2048",
        "-signer",
        "inter",
        "-ext",
        "eku:c=codeSigning",
        "-ext",
        "ku:c=digitalSignature");
  }

  /** Was vouched for by the root, until the end of 2020. */
  static Identity expiredLeaf() {
    root();
    return of(
        "oldleaf",
        "-keyalg",
        "RSA",
        "-keysize",
        "2048",
        "-signer",
        "root",
        "-startdate",
        "2020/01/01 00:00:00",
        "-validity",
        "365");
  }

  /** Has a key that its certificate does not allow to sign data with. */
  static Identity encrypting() {
    root();
    return of(
        "enc",
        "-keyalg",
        "RSA",
        "-keysize",
        "2048",
        "-signer",
        "root",
        "-ext",
        "ku:c=keyEncipherment");
  }

  /** Has the certificate of a host. */
  static Identity host() {
    root();
    return of(
        "host",
        "-keyalg",
        "RSA",
        "-keysize",
        "2048",
        "-signer",
        "root",
        "-ext",
        "eku=serverAuth,clientAuth");
  }

  /** Is vouched for by a certificate that is no authority. */
  static Identity underALeaf() {
    leaf();
    return of("below", "-keyalg", "RSA", "-keysize", "2048", "-signer", "leaf");
  }

  /** Has a certificate that its issuer signed with SHA-1. */
  static Identity weaklyIssued() {
    root();
    return of(
        "weak", "-keyalg", "RSA", "-keysize", "2048", "-signer", "root", "-sigalg", "SHA1withRSA");
  }

  X509Certificate certificate() {
    return chain.get(0);
  }

  PackageSigner signer() {
    return PackageSigner.of(key, chain).acceptingAnyTime();
  }

  /** Returns a PKCS #12 key store that holds all that were asked for so far. */
  static Path keyStore() {
    return STORE;
  }

  private static synchronized Identity of(String alias, String... options) {
    Identity known = MADE.get(alias);
    if (known != null) {
      return known;
    }
    List<String> arguments =
        new ArrayList<>(
            List.of("-genkeypair", "-alias", alias, "-dname", "CN=Test " + alias + ",O=Example"));
    arguments.addAll(Arrays.asList(options));
    if (!arguments.contains("-startdate")) {
      arguments.addAll(List.of("-startdate", "2020/01/01 00:00:00", "-validity", "36500"));
    }
    try {
      keytool(STORE, arguments.toArray(String[]::new));
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(STORE)) {
        store.load(in, PASSWORD.toCharArray());
      }
      PrivateKey key = (PrivateKey) store.getKey(alias, PASSWORD.toCharArray());
      List<X509Certificate> chain =
          Arrays.stream(store.getCertificateChain(alias)).map(X509Certificate.class::cast).toList();
      Identity made = new Identity(key, chain);
      MADE.put(alias, made);
      return made;
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Runs the tool of this JDK on a key store with {@link #PASSWORD}. */
  static void keytool(Path store, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-Duser.timezone=UTC",
                "-J-Duser.language=en",
                "-J-XX:TieredStopAtLevel=1"));
    command.addAll(Arrays.asList(arguments));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertThat(process.waitFor()).as(said).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static Path store() {
    try {
      Path folder = Files.createTempDirectory("intermodal-keys");
      Path store = folder.resolve("keys.p12");
      folder.toFile().deleteOnExit();
      store.toFile().deleteOnExit();
      return store;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
