package io.intermodal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.ovf.packaging.DigestAlgorithm;
import io.intermodal.ovf.packaging.Manifest;
import io.intermodal.ovf.packaging.PackageSigner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Is the sample appliance in a folder of its own, signed with a key that the JDK made.
 *
 * @param certificate the signer's own certificate in PEM
 */
record SignedSample(Path descriptor, Path certificate) {

  private static final String PASSWORD = "changeit";
  private static final Path KEYS = keys();

  /** Writes the package; its manifest lists the given files. */
  static SignedSample write(Path folder, String... listed)
      throws IOException, GeneralSecurityException {
    Files.createDirectories(folder);
    SampleAppliance sample = SampleAppliance.small();
    Path disk = folder.resolve(SampleAppliance.DISK);
    try (var channel =
        Files.newByteChannel(disk, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      sample.writeDisk(channel);
    }
    Path descriptor = folder.resolve(SampleAppliance.DESCRIPTOR);
    Files.write(descriptor, sample.descriptor(Files.size(disk)));
    List<Manifest.Entry> entries = new ArrayList<>();
    for (String name : listed) {
      ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name)));
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(content);
      entries.add(
          new Manifest.Entry(
              name, DigestAlgorithm.SHA256, HexFormat.of().formatHex(digest.digest())));
    }
    byte[] manifest = new Manifest("sample.mf", entries, List.of()).toBytes();
    Files.write(folder.resolve("sample.mf"), manifest);
    Files.write(
        folder.resolve("sample.cert"),
        PackageSigner.fromKeyStore(KEYS.resolve("keys.p12"), PASSWORD.toCharArray(), "signer")
            .sign("sample.mf", manifest));
    return new SignedSample(descriptor, signer());
  }

  /** Returns a certificate in PEM of somebody who signed nothing. */
  static Path stranger() {
    return KEYS.resolve("stranger.pem");
  }

  /** Returns the signer's certificate in PEM. */
  static Path signer() {
    return KEYS.resolve("signer.pem");
  }

  /** Writes the signer's private key in PEM. */
  static Path writeKey(Path target) throws IOException, GeneralSecurityException {
    KeyStore store =
        KeyStore.getInstance(KEYS.resolve("keys.p12").toFile(), PASSWORD.toCharArray());
    byte[] der = store.getKey("signer", PASSWORD.toCharArray()).getEncoded();
    return Files.writeString(
        target,
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(der)
            + "\n-----END PRIVATE KEY-----\n");
  }

  private static Path keys() {
    try {
      Path folder = Files.createTempDirectory("intermodal-keys");
      folder.toFile().deleteOnExit();
      for (String name : List.of("signer", "stranger")) {
        Path store = folder.resolve("keys.p12");
        Path certificate = folder.resolve(name + ".pem");
        keytool(
            store,
            "-genkeypair",
            "-alias",
            name,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=Sample " + name,
            "-startdate",
            "2020/01/01 00:00:00",
            "-validity",
            "36500");
        keytool(store, "-exportcert", "-alias", name, "-rfc", "-file", certificate.toString());
        store.toFile().deleteOnExit();
        certificate.toFile().deleteOnExit();
      }
      return folder;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void keytool(Path store, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-Duser.timezone=UTC", "-J-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(arguments));
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
}
