package io.intermodal.ovf.packaging;

import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.ovf.OvfError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads PKCS #12 and JKS key stores; passwords are handed on and never kept. */
final class KeyStores {

  private static final int MOST_BYTES = 16 << 20;
  private static final byte[] JKS_MAGIC = {(byte) 0xFE, (byte) 0xED, (byte) 0xFE, (byte) 0xED};

  private KeyStores() {}

  static byte[] bytes(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw unreadable(file, "it is larger than " + MOST_BYTES + " bytes", null);
      }
      return bytes;
    } catch (IOException e) {
      throw Errors.reading(file, e);
    }
  }

  static KeyStore load(Path file, byte[] bytes, char @Nullable [] password) {
    boolean jks = bytes.length >= 4 && Arrays.equals(bytes, 0, 4, JKS_MAGIC, 0, 4);
    try {
      KeyStore store = KeyStore.getInstance(jks ? "JKS" : "PKCS12");
      store.load(new ByteArrayInputStream(bytes), password);
      return store;
    } catch (IOException e) {
      boolean locked = e.getCause() instanceof GeneralSecurityException;
      throw unreadable(
          file,
          locked ? "the password is wrong or missing" : "it is no key store in PKCS #12 or JKS",
          e);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw unreadable(file, "it is no key store that this JDK reads", e);
    }
  }

  static IntermodalException unreadable(Path file, String reason, @Nullable Throwable cause) {
    return new IntermodalException(
        OvfError.KEY_STORE, "cannot read " + file + ": " + reason, file.toString(), cause);
  }
}
