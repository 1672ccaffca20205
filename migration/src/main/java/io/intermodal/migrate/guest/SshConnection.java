package io.intermodal.migrate.guest;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A session with one host, with the sessions of the hosts on the way to it. */
final class SshConnection implements AutoCloseable {

  private static final long MAX_KNOWN_HOSTS_BYTES = 16L << 20;

  private final Session session;
  private final @Nullable SshConnection jump;

  private SshConnection(Session session, @Nullable SshConnection jump) {
    this.session = session;
    this.jump = jump;
  }

  Session session() {
    return session;
  }

  static SshConnection open(SshLogin login, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    SshLogin through = login.jump();
    SshConnection jump = through == null ? null : open(through, patience);
    try {
      Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
      return new SshConnection(connect(login, jump, left), jump);
    } catch (RuntimeException e) {
      if (jump != null) {
        jump.close();
      }
      throw e;
    }
  }

  private static Session connect(SshLogin login, @Nullable SshConnection jump, Duration patience) {
    JSch jsch = new JSch();
    String host = Objects.requireNonNull(login.host(), "host");
    try {
      if (Files.size(login.knownHosts()) > MAX_KNOWN_HOSTS_BYTES) {
        throw new IOException("the file is larger than 16 MiB");
      }
      jsch.setKnownHosts(new ByteArrayInputStream(Files.readAllBytes(login.knownHosts())));
    } catch (IOException e) {
      throw Errors.reading(login.knownHosts(), e);
    } catch (JSchException e) {
      throw unreachable(login, String.valueOf(e.getMessage()), e);
    }
    Session session;
    try {
      addKey(jsch, login);
      session = jsch.getSession(login.user(), host, login.port());
    } catch (JSchException e) {
      // Its words may quote the key; only that it is none is told.
      throw unreachable(login, "the private key cannot be read, or its passphrase is wrong", null);
    }
    session.setConfig("StrictHostKeyChecking", "yes");
    session.setConfig("PreferredAuthentications", "publickey,password,keyboard-interactive");
    session.setDaemonThread(true);
    if (login.hostAlias() != null) {
      session.setHostKeyAlias(login.hostAlias());
    }
    if (jump != null) {
      session.setProxy(new SshTunnel(jump.session()));
    }
    GuestSecret password = login.password();
    if (password != null) {
      byte[] revealed = password.reveal();
      session.setPassword(revealed);
      GuestSecret.wipe(revealed);
    }
    connect(session, login, patience);
    return session;
  }

  /**
   * The client has a time-out for the connection but not for a server that says nothing after it,
   * nor behind a jump host; so somebody looks at the clock.
   */
  private static void connect(Session session, SshLogin login, Duration patience) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    CompletableFuture<Void> watch =
        done.orTimeout(Math.max(1, patience.toMillis()), TimeUnit.MILLISECONDS)
            .whenComplete(
                (nothing, late) -> {
                  if (late != null) {
                    session.disconnect();
                  }
                });
    try {
      session.connect(SshShell.millis(patience));
      if (!done.complete(null)) {
        throw new JSchException("it took longer than " + patience.toMillis() + " ms");
      }
    } catch (JSchException e) {
      boolean late = !done.complete(null);
      session.disconnect();
      throw unreachable(
          login,
          late ? "it took longer than " + patience.toMillis() + " ms" : SshReason.of(e, login),
          e);
    } catch (RuntimeException e) {
      done.complete(null);
      session.disconnect();
      throw unreachable(login, e.toString(), e);
    } finally {
      watch.cancel(false);
    }
  }

  private static void addKey(JSch jsch, SshLogin login) throws JSchException {
    GuestSecret key = login.key();
    if (key == null) {
      return;
    }
    GuestSecret passphrase = login.keyPassphrase();
    byte[] bytes = key.reveal();
    byte @Nullable [] phrase = passphrase == null ? null : passphrase.reveal();
    try {
      jsch.addIdentity("guest", bytes, null, phrase);
    } finally {
      GuestSecret.wipe(bytes);
      if (phrase != null) {
        GuestSecret.wipe(phrase);
      }
    }
  }

  private static IntermodalException unreachable(
      SshLogin login, String reason, @Nullable Throwable cause) {
    return new HypervisorException(
        HypervisorError.GUEST_UNREACHABLE,
        SshShell.DRIVER,
        "cannot log in with SSH to "
            + login.user()
            + "@"
            + login.host()
            + " port "
            + login.port()
            + ": "
            + reason,
        login.host(),
        cause);
  }

  @Override
  public void close() {
    session.disconnect();
    if (jump != null) {
      jump.close();
    }
  }
}
