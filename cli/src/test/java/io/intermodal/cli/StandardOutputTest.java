package io.intermodal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardOutputTest {

  private final StringWriter said = new StringWriter();

  /** Prints through the writers of a console to a stream that fails, and returns the exit code. */
  private int print(String reason, int ofCommand) {
    StandardOutput out =
        new StandardOutput(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException(reason);
              }
            });
    new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true).println("result");
    return out.exitCode(ofCommand, new PrintWriter(said, true));
  }

  @Test
  void aResultThatIsLostIsAFailure() {
    assertThat(print("No space left on device", ExitCodes.DONE)).isEqualTo(ExitCodes.EXTERNAL);
    assertThat(said.toString().strip())
        .isEqualTo("error: cannot write the output: No space left on device");
  }

  @Test
  void aReaderThatLeftIsNone() {
    assertThat(print("Broken pipe", ExitCodes.NEGATIVE)).isEqualTo(ExitCodes.NEGATIVE);
    assertThat(said.toString()).isEmpty();
  }

  @Test
  void whatArrivesLeavesTheExitCode() {
    StandardOutput out = new StandardOutput(OutputStream.nullOutputStream());
    new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true).println("result");
    assertThat(out.exitCode(ExitCodes.NEGATIVE, new PrintWriter(said, true)))
        .isEqualTo(ExitCodes.NEGATIVE);
  }
}
