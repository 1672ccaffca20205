package io.intermodal.migrate.guest;

import io.intermodal.evaluate.TestCatalog;
import io.intermodal.evaluate.TestId;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Is a user's own check of an application in the guest, a test of group 2.5. It is SUCCESS when it
 * passes and FAILURE when it does not. It holds no secret: other users of the guest may see it.
 */
public sealed interface ApplicationCheck {

  /** Returns its id, {@code 2.5.a} to {@code 2.5.zz}. */
  String test();

  /** Says what is checked, for people. */
  String describe();

  /**
   * Runs a command line of the POSIX shell.
   *
   * @param expectedStatus exit status that passes, 0 to 255
   * @param expectedOutput text that its output must contain; null for any
   */
  record Command(String test, String command, int expectedStatus, @Nullable String expectedOutput)
      implements ApplicationCheck {

    /** Validates the id, the command and the status. */
    public Command {
      requireCheck(test);
      if (command.isBlank()) {
        throw new IllegalArgumentException("command must not be blank");
      }
      if (expectedStatus < 0 || expectedStatus > 255) {
        throw new IllegalArgumentException(
            "expectedStatus must be from 0 to 255: " + expectedStatus);
      }
    }

    @Override
    public String describe() {
      return command;
    }
  }

  /**
   * Looks whether something in the guest listens at a TCP port.
   *
   * @param port 1 to 65535
   */
  record TcpPort(String test, int port) implements ApplicationCheck {

    /** Validates the id and the port. */
    public TcpPort {
      requireCheck(test);
      if (port < 1 || port > 65535) {
        throw new IllegalArgumentException("port must be from 1 to 65535: " + port);
      }
    }

    @Override
    public String describe() {
      return "TCP port " + port;
    }
  }

  /**
   * Asks a web server, from the guest, with curl or wget.
   *
   * @param expectedStatus HTTP status that passes, 100 to 599
   */
  record HttpStatus(String test, URI address, int expectedStatus) implements ApplicationCheck {

    /** Validates the id, the address and the status. */
    public HttpStatus {
      requireCheck(test);
      String scheme = String.valueOf(address.getScheme());
      if (!scheme.equals("http") && !scheme.equals("https")) {
        throw new IllegalArgumentException("address must begin with http: or https:");
      }
      if (address.getUserInfo() != null) {
        throw new IllegalArgumentException("address must not hold a password");
      }
      if (expectedStatus < 100 || expectedStatus > 599) {
        throw new IllegalArgumentException(
            "expectedStatus must be from 100 to 599: " + expectedStatus);
      }
    }

    @Override
    public String describe() {
      return "HTTP status of " + address.getScheme() + "://" + address.getAuthority();
    }
  }

  /**
   * Compares a file with the SHA-256 it must have.
   *
   * @param path absolute path in the guest
   * @param sha256 64 hexadecimal digits
   */
  record FileDigest(String test, String path, String sha256) implements ApplicationCheck {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    /** Validates the id, the path and the digest. */
    public FileDigest {
      requireCheck(test);
      sha256 = sha256.toLowerCase(Locale.ROOT);
      if (!path.startsWith("/")) {
        throw new IllegalArgumentException("path must be absolute: " + path);
      }
      if (!HEX.matcher(sha256).matches()) {
        throw new IllegalArgumentException("sha256 must be 64 hexadecimal digits: " + sha256);
      }
    }

    @Override
    public String describe() {
      return "SHA-256 of " + path;
    }
  }

  private static void requireCheck(String test) {
    if (!TestCatalog.isApplicationCheck(TestId.of(Objects.requireNonNull(test, "test")))) {
      throw new IllegalArgumentException(
          "test must be from 2.5.a to 2.5.zz, where a user's own checks are: " + test);
    }
  }
}
