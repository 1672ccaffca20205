package io.intermodal.migrate.guest;

import io.intermodal.hypervisor.GuestConsole;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A console with everything that makes consoles hard: it echoes what is typed, writes a prompt, may
 * ask for a login, and a kernel writes in between. Behind it is a shell of this machine.
 */
final class FakeConsole implements GuestConsole {

  static final String USER = "root";
  static final String PASSWORD = "s3cret pass";

  private final PipedInputStream screen = new PipedInputStream(1 << 16);
  private final PipedOutputStream toScreen;
  private final boolean asksForPassword;
  private final StringBuilder typed = new StringBuilder();
  private @Nullable Process shell;
  private String expects;
  private boolean talks = true;
  boolean noisy;
  int loseAfter = -1;
  boolean closed;

  /**
   * @param login whether it asks for a name
   * @param asksForPassword and for a password
   */
  FakeConsole(boolean login, boolean asksForPassword) throws IOException {
    this.asksForPassword = asksForPassword;
    this.toScreen = new PipedOutputStream(screen);
    this.expects = login ? "login" : "shell";
    if (!login) {
      start();
    }
  }

  private synchronized void write(String text) throws IOException {
    toScreen.write(text.getBytes(StandardCharsets.UTF_8));
    toScreen.flush();
  }

  private void start() throws IOException {
    expects = "shell";
    Process started = new ProcessBuilder("/bin/sh").redirectErrorStream(true).start();
    shell = started;
    Thread pump =
        new Thread(
            () -> {
              byte[] buffer = new byte[4096];
              try (InputStream in = started.getInputStream()) {
                int count;
                while ((count = in.read(buffer)) >= 0) {
                  String text = new String(buffer, 0, count, StandardCharsets.UTF_8);
                  write(text.replace("\n", "\r\n"));
                }
              } catch (IOException e) {
                // The console was closed.
              }
            });
    pump.setDaemon(true);
    pump.start();
  }

  @Override
  public InputStream input() {
    return screen;
  }

  @Override
  public OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        type((char) (b & 0xff));
      }
    };
  }

  private void type(char key) throws IOException {
    if (loseAfter == 0) {
      loseAfter = -1;
      return;
    }
    loseAfter -= loseAfter > 0 ? 1 : 0;
    if (expects.equals("password")) {
      if (key == '\n') {
        write("\r\n");
        password(typed.toString());
        typed.setLength(0);
      } else {
        typed.append(key);
      }
      return;
    }
    if (talks) {
      write(key == '\n' ? "\r\n" : String.valueOf(key));
    }
    if (expects.equals("login")) {
      if (key == '\n') {
        login(typed.toString());
        typed.setLength(0);
      } else {
        typed.append(key);
      }
      return;
    }
    Process process = shell;
    if (process == null || key == '\u0003') {
      return;
    }
    if (key == '\u0004') {
      return;
    }
    process.getOutputStream().write(key);
    typed.append(key);
    if (key == '\n') {
      // The terminal's echo and the prompt end where a shell without them begins.
      talks &= typed.indexOf("stty -echo") < 0;
      typed.setLength(0);
      process.getOutputStream().flush();
      if (noisy) {
        write("\u001b[0m[  12.345678] virtio_net virtio0: something of the kernel\r\n");
      }
      if (talks) {
        write("\u001b[?2004h# ");
      }
    }
  }

  private void login(String name) throws IOException {
    if (name.isEmpty()) {
      write("\r\nweb login: ");
    } else if (asksForPassword) {
      expects = "password";
      write("Password: ");
    } else {
      write("Last login: never\r\n# ");
      start();
    }
  }

  private void password(String word) throws IOException {
    if (word.equals(PASSWORD)) {
      write("# ");
      start();
    } else {
      expects = "login";
      write("Login incorrect\r\nweb login: ");
    }
  }

  @Override
  public void close() {
    closed = true;
    Process process = shell;
    if (process != null) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    try {
      toScreen.close();
      screen.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
