package io.intermodal.migrate;

import io.intermodal.migrate.guest.GuestSecret;
import io.intermodal.migrate.guest.SshLogin;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads how to log in to the guests of a host. No secret stands in the document: a key is named by
 * its file, a password by the environment variable that holds it.
 */
final class SurveyLogin {

  private static final int SSH = 22;

  private SurveyLogin() {}

  /**
   * Reads a login.
   *
   * @param target the login that this one is the jump host of, whose key and known hosts it shares
   *     unless it says otherwise; null for a guest's own
   */
  static SshLogin read(JsonReading login, @Nullable SshLogin target) {
    if (target == null) {
      login.allow("user", "port", "keyFile", "passwordVariable", "knownHosts", "hostAlias", "jump");
    } else {
      login.allow("user", "host", "port", "keyFile", "passwordVariable", "knownHosts", "hostAlias");
    }
    SshLogin own = login.checked(() -> own(login, target));
    JsonReading jump = target == null ? login.memberOrNull("jump") : null;
    return jump == null ? own : own.through(read(jump, own));
  }

  private static SshLogin own(JsonReading login, @Nullable SshLogin target) {
    String keyFile = login.textOrNull("keyFile");
    String variable = login.textOrNull("passwordVariable");
    String knownHosts = login.textOrNull("knownHosts");
    Long port = login.numberOrNull("port");
    boolean shares = target != null && keyFile == null && variable == null;
    return new SshLogin(
        login.text("user"),
        target == null ? null : login.text("host"),
        port == null ? SSH : Math.toIntExact(Math.min(port, Integer.MAX_VALUE)),
        keyFile != null ? GuestSecret.ofFile(path(keyFile)) : shares ? target.key() : null,
        shares ? target.keyPassphrase() : null,
        variable != null ? GuestSecret.ofEnvironment(variable) : shares ? target.password() : null,
        knownHosts != null
            ? path(knownHosts)
            : target != null ? target.knownHosts() : path(login.text("knownHosts")),
        login.textOrNull("hostAlias"),
        null);
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("no path: " + e.getReason(), e);
    }
  }
}
