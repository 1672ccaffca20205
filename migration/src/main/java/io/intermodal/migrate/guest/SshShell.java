package io.intermodal.migrate.guest;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import io.intermodal.CancelledException;
import io.intermodal.hypervisor.GuestResult;
import io.intermodal.hypervisor.GuestShell;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands in a guest through SSH (RFC 4252, RFC 4254 section 6.5): one connection, one
 * channel for each command. The user's shell must understand POSIX quoting; the command itself runs
 * in {@code /bin/sh}.
 */
public final class SshShell implements GuestShell {

  static final String DRIVER = "ssh";

  /** Servers refuse longer commands (dropbear at 9000 bytes); those are sent as input. */
  private static final int MAX_COMMAND_BYTES = 6000;

  private static final long POLL_MILLIS = 5;

  private final SshLogin login;
  private final SshConnection connection;

  private SshShell(SshLogin login, SshConnection connection) {
    this.login = login;
    this.connection = connection;
  }

  /**
   * Logs in.
   *
   * @param login must have a host
   * @param patience how long it may take in all, the jump host included
   * @throws HypervisorException {@code GUEST_UNREACHABLE} with the reason
   */
  public static SshShell open(SshLogin login, Duration patience) {
    return new SshShell(login, SshConnection.open(login, patience));
  }

  @Override
  public String via() {
    return "ssh " + login.user() + "@" + login.host();
  }

  @Override
  public GuestResult run(String command, byte[] input, Duration patience) {
    Session session = connection.session();
    String line = "/bin/sh -c " + ShellText.quote(command) + "; exit $?";
    byte[] wholeInput = input;
    if (line.getBytes(StandardCharsets.UTF_8).length > MAX_COMMAND_BYTES) {
      if (input.length > 0) {
        throw new IllegalArgumentException("a command with input must be shorter");
      }
      line = "/bin/sh -s; exit $?";
      wholeInput = (command + "\n").getBytes(StandardCharsets.UTF_8);
    }
    long deadline = System.nanoTime() + patience.toNanos();
    @Nullable ChannelExec channel = null;
    try {
      BoundedOutput output = new BoundedOutput();
      BoundedOutput errors = new BoundedOutput();
      channel = (ChannelExec) session.openChannel("exec");
      channel.setCommand(line.getBytes(StandardCharsets.UTF_8));
      channel.setInputStream(new ByteArrayInputStream(wholeInput));
      channel.setOutputStream(output);
      channel.setErrStream(errors);
      channel.connect(millis(patience));
      while (!channel.isClosed()) {
        if (!session.isConnected()) {
          throw failed("the connection broke", null);
        }
        if (System.nanoTime() - deadline > 0) {
          throw new HypervisorException(
              HypervisorError.GUEST_TIMEOUT,
              DRIVER,
              "cannot run a command in the guest through "
                  + via()
                  + ": it was not done after "
                  + patience.toMillis()
                  + " ms",
              login.host());
        }
        pause();
      }
      int status = channel.getExitStatus();
      if (status < 0) {
        throw failed("the server told no exit status", null);
      }
      return new GuestResult(
          status, output.text(), errors.text(), output.isTruncated() || errors.isTruncated());
    } catch (JSchException e) {
      throw failed(String.valueOf(e.getMessage()), e);
    } finally {
      if (channel != null) {
        channel.disconnect();
      }
    }
  }

  private HypervisorException failed(String reason, @Nullable Throwable cause) {
    return new HypervisorException(
        HypervisorError.GUEST_UNREACHABLE,
        DRIVER,
        "cannot run a command in the guest through " + via() + ": " + reason,
        login.host(),
        cause);
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException("a command in the guest");
    }
  }

  static int millis(Duration patience) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, patience.toMillis()));
  }

  @Override
  public void close() {
    connection.close();
  }
}
