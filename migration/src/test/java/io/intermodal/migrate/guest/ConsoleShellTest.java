package io.intermodal.migrate.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intermodal.Cancellation;
import io.intermodal.hypervisor.GuestResult;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConsoleShellTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final GuestSecret RIGHT = GuestSecret.of(FakeConsole.PASSWORD.toCharArray());

  private static ConsoleShell open(FakeConsole console, ConsoleLogin login) {
    return ConsoleShell.open(console, login, PATIENCE);
  }

  @Test
  void usesTheShellThatIsThere() throws Exception {
    FakeConsole console = new FakeConsole(false, false);
    try (ConsoleShell shell = open(console, ConsoleLogin.none())) {
      assertThat(shell.run("echo 'hello  world'; exit 7", PATIENCE))
          .isEqualTo(new GuestResult(7, "hello  world\n", "", false));
      assertThat(shell.run("printf 'no end of line'", PATIENCE).output())
          .isEqualTo("no end of line");
      assertThat(shell.run("true", PATIENCE).output()).isEmpty();
    }
    assertThat(console.closed).isTrue();
  }

  @Test
  void logsInWithAPassword() throws Exception {
    FakeConsole console = new FakeConsole(true, true);
    try (ConsoleShell shell = open(console, new ConsoleLogin(FakeConsole.USER, RIGHT))) {
      assertThat(shell.run("echo in", PATIENCE).output()).isEqualTo("in\n");
    }
  }

  @Test
  void logsInWithoutAPassword() throws Exception {
    FakeConsole console = new FakeConsole(true, false);
    try (ConsoleShell shell = open(console, new ConsoleLogin(FakeConsole.USER, null))) {
      assertThat(shell.run("echo in", PATIENCE).output()).isEqualTo("in\n");
    }
  }

  @Test
  void saysWhyItCannotLogIn() throws Exception {
    FakeConsole nobody = new FakeConsole(true, true);
    assertThatThrownBy(() -> open(nobody, ConsoleLogin.none()))
        .hasMessageContaining("asks for a login and none was given");
    assertThat(nobody.closed).isTrue();
    FakeConsole noPassword = new FakeConsole(true, true);
    assertThatThrownBy(() -> open(noPassword, new ConsoleLogin("root", null)))
        .hasMessageContaining("asks for the password of root and none was given");
    FakeConsole wrong = new FakeConsole(true, true);
    GuestSecret guess = GuestSecret.of("wrong-guess".toCharArray());
    assertThatThrownBy(() -> open(wrong, new ConsoleLogin("root", guess)))
        .hasMessageContaining("refused the login of root")
        .hasMessageNotContaining("wrong-guess");
  }

  @Test
  void carriesEveryCharacterAndInput() throws Exception {
    try (ConsoleShell shell = open(new FakeConsole(false, false), ConsoleLogin.none())) {
      String text = "quotes ' \" ` $HOME \\ %s %% tab\tbell ! é € \u0001 end";
      assertThat(shell.run("cat", text.getBytes(StandardCharsets.UTF_8), PATIENCE).output())
          .isEqualTo(text);
      assertThat(shell.run("printf %s " + ShellText.quote(text), PATIENCE).output())
          .isEqualTo(text);
      String longText = "0123456789".repeat(2000);
      assertThat(shell.run("printf %s " + longText, PATIENCE).output()).isEqualTo(longText);
    }
  }

  @Test
  void toleratesEchoAndTheKernelsWords() throws Exception {
    FakeConsole console = new FakeConsole(false, false);
    console.noisy = true;
    try (ConsoleShell shell = open(console, ConsoleLogin.none())) {
      assertThat(shell.run("echo one; exit 2", PATIENCE).exitStatus()).isEqualTo(2);
      assertThat(shell.run("echo one", PATIENCE).output()).contains("one");
    }
  }

  /** A letter of the command, the quote before it, and the end of a line. */
  @ParameterizedTest
  @ValueSource(ints = {30, 7, 2})
  void typesAgainWhatTheLineLost(int lost) throws Exception {
    FakeConsole console = new FakeConsole(false, false);
    try (ConsoleShell shell = open(console, ConsoleLogin.none())) {
      console.loseAfter = lost;
      assertThat(shell.run("echo " + "x".repeat(900), PATIENCE).output())
          .isEqualTo("x".repeat(900) + "\n");
    }
  }

  @Test
  void boundsTheOutput() throws Exception {
    try (ConsoleShell shell = open(new FakeConsole(false, false), ConsoleLogin.none())) {
      GuestResult result = shell.run("head -c 3000000 /dev/zero | tr '\\0' x", PATIENCE);
      assertThat(result.truncated()).isTrue();
      assertThat(result.output()).hasSizeLessThanOrEqualTo(ConsoleShell.MAX_OUTPUT_BYTES);
      assertThat(shell.run("echo after", PATIENCE).output()).isEqualTo("after\n");
    }
  }

  @Test
  void givesUpACommandThatTakesTooLong() throws Exception {
    try (ConsoleShell shell = open(new FakeConsole(false, false), ConsoleLogin.none())) {
      assertThatThrownBy(() -> shell.run("sleep 30", Duration.ofSeconds(1)))
          .isInstanceOfSatisfying(
              HypervisorException.class,
              e -> assertThat(e.code()).isEqualTo(HypervisorError.GUEST_TIMEOUT))
          .hasMessageContaining("not done after 1000 ms");
      assertThatThrownBy(() -> shell.run("true", PATIENCE))
          .hasMessageContaining("an earlier command did not end");
    }
  }

  @Test
  void saysThatTheConsoleEnded() throws Exception {
    FakeConsole console = new FakeConsole(false, false);
    try (ConsoleShell shell = open(console, ConsoleLogin.none())) {
      console.close();
      assertThatThrownBy(() -> shell.run("true", PATIENCE))
          .isInstanceOfSatisfying(
              HypervisorException.class,
              e -> assertThat(e.code()).isEqualTo(HypervisorError.GUEST_UNREACHABLE));
    }
  }

  @Test
  void aProbeWorksThroughAConsole() {
    FakeMachine machine = new FakeMachine(Operation.SERIAL_CONSOLE);
    machine.console =
        () -> {
          try {
            FakeConsole console = new FakeConsole(false, false);
            console.noisy = true;
            return console;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    ProbeReport report =
        GuestProbe.through(GuestAccess.console(ConsoleLogin.none()))
            .probe(
                machine,
                ProbeRequest.defaults()
                    .withUser(false)
                    .withPings("127.0.0.1", "127.0.0.1")
                    .withLookups("127.0.0.1", "127.0.0.1"),
                Cancellation.none());
    assertThat(report.via()).isEqualTo("console");
    assertThat(Samples.facts(report).kernelRelease()).as("%s", report).isNotBlank();
    assertThat(Samples.facts(report).memoryBytes()).isNotNull();
  }
}
