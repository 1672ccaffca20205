package io.intermodal.migrate.guest;

import io.intermodal.CommonError;
import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Holds a password or a private key, or knows where to get it. It is never in a message, a log line
 * or a report; {@link #toString()} is {@code ***}. It is fetched anew for each use and wiped after
 * it.
 */
public final class GuestSecret {

  /** Longest secret in bytes. */
  public static final int MAX_BYTES = 1 << 16;

  private final Supplier<byte[]> source;

  private GuestSecret(Supplier<byte[]> source) {
    this.source = source;
  }

  /** Takes the secret itself; the caller may wipe the array. */
  public static GuestSecret of(char[] text) {
    byte[] kept = new String(text).getBytes(StandardCharsets.UTF_8);
    return new GuestSecret(kept::clone);
  }

  /**
   * Takes the value of an environment variable of this process.
   *
   * @throws IntermodalException when it is used and there is no such variable; {@code
   *     FILE_NOT_FOUND}
   */
  public static GuestSecret ofEnvironment(String variable) {
    Objects.requireNonNull(variable, "variable");
    return new GuestSecret(
        () -> {
          String value = System.getenv(variable);
          if (value == null) {
            throw new IntermodalException(
                CommonError.FILE_NOT_FOUND,
                "cannot log in to the guest: there is no environment variable "
                    + variable
                    + "; export it first");
          }
          return value.getBytes(StandardCharsets.UTF_8);
        });
  }

  /**
   * Takes the content of a file, as a private key is kept.
   *
   * @throws IntermodalException when it is used and the file cannot be read
   */
  public static GuestSecret ofFile(Path file) {
    Objects.requireNonNull(file, "file");
    return new GuestSecret(
        () -> {
          try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MAX_BYTES + 1);
          } catch (IOException e) {
            throw Errors.reading(file, e);
          }
        });
  }

  /** Asks a callback each time it is needed; what it returns is wiped after use. */
  public static GuestSecret ofCallback(Supplier<byte[]> callback) {
    return new GuestSecret(Objects.requireNonNull(callback, "callback"));
  }

  /** Fetches the secret; whoever gets it wipes it with {@link #wipe}. */
  byte[] reveal() {
    byte[] bytes = source.get();
    if (bytes.length > MAX_BYTES) {
      wipe(bytes);
      throw new IntermodalException(
          CommonError.READ_FAILED,
          "cannot log in to the guest: the secret is longer than " + MAX_BYTES + " bytes");
    }
    return bytes;
  }

  static void wipe(byte[] bytes) {
    Arrays.fill(bytes, (byte) 0);
  }

  /** Returns {@code ***}. */
  @Override
  public String toString() {
    return "***";
  }
}
