package io.intermodal.ovf.packaging;

import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.ovf.OvfError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/** Reads what a package is signed with from files in PEM: a private key and its certificates. */
public final class PemFiles {

  private static final int MOST_BYTES = 1 << 20;
  private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC");
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \\1-----");

  private PemFiles() {}

  /**
   * Reads a private key, RSA or EC, in PKCS #8 ({@code BEGIN PRIVATE KEY}, or {@code BEGIN
   * ENCRYPTED PRIVATE KEY} with a password).
   *
   * @param password of the key, which is not kept; null when it has none
   * @throws IntermodalException {@link OvfError#KEY_STORE} when there is no such key in the file,
   *     or the password is wrong or missing; {@code FILE_NOT_FOUND}, {@code READ_FAILED}
   */
  public static PrivateKey privateKey(Path file, char @Nullable [] password) {
    byte[] bytes = bytes(file);
    try {
      Matcher block = BLOCK.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
      while (block.find()) {
        String kind = block.group(1);
        if (!kind.endsWith("PRIVATE KEY")) {
          continue;
        }
        boolean encrypted = kind.equals("ENCRYPTED PRIVATE KEY");
        if (!encrypted && !kind.equals("PRIVATE KEY")) {
          throw unreadable(
              file,
              "it holds a key in the older form "
                  + kind
                  + "; convert it with: openssl pkcs8 -topk8 -nocrypt -in KEY -out NEWKEY",
              null);
        }
        if (encrypted && password == null) {
          throw unreadable(file, "the key is encrypted; give its password", null);
        }
        byte[] key = decoded(file, block.group(2));
        try {
          return encrypted && password != null ? decrypted(file, key, password) : key(file, key);
        } finally {
          Arrays.fill(key, (byte) 0);
        }
      }
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
    throw unreadable(file, "it holds no private key in PEM", null);
  }

  private static byte[] decoded(Path file, String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      // What it quotes may be of the key.
      throw unreadable(file, "the key in it is not Base64", null);
    }
  }

  private static PrivateKey decrypted(Path file, byte[] key, char[] password) {
    PBEKeySpec secret = new PBEKeySpec(password);
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(key);
      // PBES2 is named by its parameters, the older schemes by themselves.
      String scheme =
          info.getAlgName().equals("PBES2")
              ? info.getAlgParameters().toString()
              : info.getAlgName();
      Cipher cipher = Cipher.getInstance(scheme);
      cipher.init(
          Cipher.DECRYPT_MODE,
          SecretKeyFactory.getInstance(scheme).generateSecret(secret),
          info.getAlgParameters());
      return key(file, info.getKeySpec(cipher).getEncoded());
    } catch (InvalidKeySpecException e) {
      throw unreadable(file, "the password does not open the key", null);
    } catch (IOException | GeneralSecurityException e) {
      throw unreadable(file, "its encryption is not supported", e);
    } finally {
      secret.clearPassword();
    }
  }

  private static PrivateKey key(Path file, byte[] pkcs8) {
    for (String algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (InvalidKeySpecException e) {
        // The next kind may fit.
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has " + algorithm, e);
      }
    }
    throw unreadable(file, "the key in it is neither RSA nor EC", null);
  }

  /**
   * Reads certificates, PEM or DER, in the order of the file.
   *
   * @return at least one
   * @throws IntermodalException {@link OvfError#KEY_STORE} when there is none in the file; {@code
   *     FILE_NOT_FOUND}, {@code READ_FAILED}
   */
  public static List<X509Certificate> certificates(Path file) {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Certificate one : factory.generateCertificates(new ByteArrayInputStream(bytes(file)))) {
        if (one instanceof X509Certificate certificate) {
          certificates.add(certificate);
        }
      }
    } catch (CertificateException e) {
      throw unreadable(file, "what it holds is no certificate in PEM", e);
    }
    if (certificates.isEmpty()) {
      throw unreadable(file, "it holds no certificate", null);
    }
    return List.copyOf(certificates);
  }

  private static byte[] bytes(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw unreadable(file, "it is over 1 MiB", null);
      }
      return bytes;
    } catch (IOException e) {
      throw Errors.reading(file, e);
    }
  }

  private static IntermodalException unreadable(
      Path file, String reason, @Nullable Throwable cause) {
    return new IntermodalException(
        OvfError.KEY_STORE, "cannot read " + file + ": " + reason, file.toString(), cause);
  }
}
