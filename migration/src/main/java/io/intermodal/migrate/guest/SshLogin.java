package io.intermodal.migrate.guest;

import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says how to log in to a guest, or to a host on the way to it, with SSH. The key of the host is
 * always verified: a login without a file of known hosts cannot be made.
 *
 * @param user name to log in with
 * @param host name or address; null for the addresses that the hypervisor knows of the guest, asked
 *     anew at each try
 * @param port TCP port, 1 to 65535
 * @param key private key in a form of OpenSSH or PEM; null when there is none
 * @param keyPassphrase passphrase of the key; null when it has none
 * @param password password; null when there is none
 * @param knownHosts file of known hosts in OpenSSH's form
 * @param hostAlias name that the file has the key under; null for the host and port themselves
 * @param jump host to go through; null to connect directly
 */
public record SshLogin(
    String user,
    @Nullable String host,
    int port,
    @Nullable GuestSecret key,
    @Nullable GuestSecret keyPassphrase,
    @Nullable GuestSecret password,
    Path knownHosts,
    @Nullable String hostAlias,
    @Nullable SshLogin jump) {

  /** Names and addresses; nothing that another program would take for an option. */
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_:\\[][A-Za-z0-9_.:%@\\]-]{0,254}");

  private static final int SSH = 22;
  private static final int MAX_PORT = 65535;

  /**
   * Validates the names and that there is something to log in with.
   *
   * @throws IllegalArgumentException without a key or a password, or with a jump host that has no
   *     name
   */
  public SshLogin {
    requireName(user, "user");
    if (host != null) {
      requireName(host, "host");
    }
    if (hostAlias != null) {
      requireName(hostAlias, "hostAlias");
    }
    Objects.requireNonNull(knownHosts, "knownHosts");
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("port must be from 1 to 65535: " + port);
    }
    if (key == null && password == null) {
      throw new IllegalArgumentException("a login needs a key or a password");
    }
    if (jump != null && jump.host() == null) {
      throw new IllegalArgumentException("jump must have a host");
    }
  }

  private static void requireName(String value, String what) {
    if (!NAME.matcher(value).matches()) {
      throw new IllegalArgumentException(what + " cannot be used as a name: " + value);
    }
  }

  /** Returns a login with a private key, at port 22 of the addresses the hypervisor knows. */
  public static SshLogin withKey(String user, GuestSecret key, Path knownHosts) {
    return new SshLogin(user, null, SSH, key, null, null, knownHosts, null, null);
  }

  /** Returns a login with a password, at port 22 of the addresses the hypervisor knows. */
  public static SshLogin withPassword(String user, GuestSecret password, Path knownHosts) {
    return new SshLogin(user, null, SSH, null, null, password, knownHosts, null, null);
  }

  /** Returns this login at one host. */
  public SshLogin at(String newHost, int newPort) {
    return new SshLogin(
        user, newHost, newPort, key, keyPassphrase, password, knownHosts, hostAlias, jump);
  }

  /** Returns this login with the name that the file of known hosts has the key under. */
  public SshLogin withHostAlias(@Nullable String alias) {
    return new SshLogin(user, host, port, key, keyPassphrase, password, knownHosts, alias, jump);
  }

  /** Returns this login through another host. */
  public SshLogin through(@Nullable SshLogin newJump) {
    return new SshLogin(
        user, host, port, key, keyPassphrase, password, knownHosts, hostAlias, newJump);
  }
}
