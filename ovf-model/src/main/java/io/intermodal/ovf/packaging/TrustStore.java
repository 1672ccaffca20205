package io.intermodal.ovf.packaging;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.OvfError;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the certificates that somebody trusts from a file. */
public final class TrustStore {

  private static final byte DER_SEQUENCE = 0x30;

  private TrustStore() {}

  /**
   * Reads trusted certificates: a text with PEM blocks, one certificate in DER, or a key store in
   * PKCS #12 or JKS. Of a key store only entries that are marked as trusted count; {@code keytool
   * -importcert} makes such.
   *
   * @param password of the key store; null if it has none. It is not kept
   * @return at least one certificate
   * @throws IntermodalException {@link OvfError#KEY_STORE} when the file is none of these, a
   *     certificate in it cannot be read, the password is wrong, or it holds no trusted certificate
   */
  public static List<X509Certificate> read(Path file, char @Nullable [] password) {
    byte[] bytes = KeyStores.bytes(file);
    List<Pem.Block> blocks = Pem.read(bytes).blocks();
    List<X509Certificate> trusted;
    if (!blocks.isEmpty()) {
      trusted = pem(file, blocks);
    } else {
      boolean der = bytes.length > 0 && bytes[0] == DER_SEQUENCE;
      trusted = der ? Certificates.bundle(bytes) : List.of();
      if (trusted.isEmpty()) {
        trusted = TrustPolicy.trustedOf(KeyStores.load(file, bytes, password));
      }
    }
    if (trusted.isEmpty()) {
      throw KeyStores.unreadable(file, "it holds no " + missing(blocks, password), null);
    }
    return List.copyOf(trusted);
  }

  private static String missing(List<Pem.Block> blocks, char @Nullable [] password) {
    if (!blocks.isEmpty()) {
      return "certificate";
    }
    // A key store opens without its password, and then shows none of what is locked in it.
    return "trusted certificate that can be read"
        + (password == null ? "; give its password, or use PEM" : "; use PEM");
  }

  private static List<X509Certificate> pem(Path file, List<Pem.Block> blocks) {
    List<X509Certificate> trusted = new ArrayList<>();
    for (Pem.Block block : blocks) {
      if (!block.isCertificate() && !block.isBundle()) {
        continue;
      }
      List<X509Certificate> read = Certificates.read(block);
      if (read.isEmpty()) {
        throw KeyStores.unreadable(file, "a certificate in it is broken", null);
      }
      trusted.addAll(read);
    }
    return trusted;
  }
}
