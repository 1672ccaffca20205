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
    String user = login.text("user");
    String keyFile = login.textOrNull("keyFile");
    String variable = login.textOrNull("passwordVariable");
    String knownHosts = login.textOrNull("knownHosts");
    Long port = login.numberOrNull("port");
    GuestSecret key = keyFile == null ? null : GuestSecret.ofFile(path(keyFile));
    GuestSecret password = variable == null ? null : GuestSecret.ofEnvironment(variable);
    GuestSecret passphrase = null;
    Path known;
    if (target == null) {
      known = path(login.text("knownHosts"));
    } else {
      known = knownHosts == null ? target.knownHosts() : path(knownHosts);
      if (key == null && password == null) {
        key = target.key();
        passphrase = target.keyPassphrase();
        password = target.password();
      }
    }
    return new SshLogin(
        user,
        target == null ? null : login.text("host"),
        port == null ? SSH : (int) Math.max(-1, Math.min(port, Integer.MAX_VALUE)),
        key,
        passphrase,
        password,
        known,
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
