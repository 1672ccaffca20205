package io.intermodal.migrate.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;

/** An SSH server in this process, on a free port of the loopback. */
final class SshServerRun implements AutoCloseable {

  static final String USER = "probe";
  static final String PASSWORD = "open sesame";

  final SshServer server = SshServer.setUpDefaultServer();
  final KeyPair hostKey;
  final KeyPair userKey;

  SshServerRun() throws IOException {
    hostKey = pair();
    userKey = pair();
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    server.setPasswordAuthenticator(
        (user, password, session) -> user.equals(USER) && password.equals(PASSWORD));
    server.setPublickeyAuthenticator(
        (user, key, session) ->
            user.equals(USER) && KeyUtils.compareKeys(key, userKey.getPublic()));
    server.setCommandFactory(ProcessShellCommandFactory.INSTANCE);
    server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
    server.start();
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  int port() {
    return server.getPort();
  }

  /** Writes a file of known hosts with one entry of the server's key. */
  Path knownHosts(Path folder, String name) throws IOException {
    return Files.writeString(
        folder.resolve("known_hosts_" + port() + "_" + name.hashCode()),
        name + " " + PublicKeyEntry.toString(hostKey.getPublic()) + "\n");
  }

  String hostAndPort() {
    return "[127.0.0.1]:" + port();
  }

  SshLogin login(Path knownHosts) {
    return SshLogin.withPassword(USER, GuestSecret.of(PASSWORD.toCharArray()), knownHosts)
        .at("127.0.0.1", port());
  }

  /** Returns the user's private key in PEM form. */
  GuestSecret key() {
    String base64 =
        java.util.Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(userKey.getPrivate().getEncoded());
    String pem =
        String.join(
            "\n", List.of("-----BEGIN PRIVATE KEY-----", base64, "-----END PRIVATE KEY-----", ""));
    return GuestSecret.ofCallback(() -> pem.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }
}
