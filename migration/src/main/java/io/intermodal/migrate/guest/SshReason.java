package io.intermodal.migrate.guest;

import com.jcraft.jsch.JSchChangedHostKeyException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchUnknownHostKeyException;

/** Says in words of ours why a connection was not made, with the way out. */
final class SshReason {

  private SshReason() {}

  static String of(JSchException e, SshLogin login) {
    String wanted = login.hostAlias() == null ? login.host() : login.hostAlias();
    if (e instanceof JSchUnknownHostKeyException) {
      return "the key of "
          + wanted
          + " is not in "
          + login.knownHosts()
          + "; add it, or name the entry it is under";
    }
    if (e instanceof JSchChangedHostKeyException) {
      return "it shows another key than "
          + login.knownHosts()
          + " has for "
          + wanted
          + "; somebody may be in between";
    }
    String message = String.valueOf(e.getMessage());
    if (message.startsWith("Auth fail") || message.startsWith("Auth cancel")) {
      return "it refused the "
          + (login.key() == null ? "password" : "key")
          + "; see who may log in";
    }
    return message;
  }
}
