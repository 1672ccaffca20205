package io.intermodal.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Is where results go, and remembers that they did not arrive: print writers tell nobody. */
final class StandardOutput extends OutputStream {

  /** The one of this process. */
  static final StandardOutput SYSTEM = new StandardOutput(new FileOutputStream(FileDescriptor.out));

  private final OutputStream out;
  private volatile @Nullable IOException failure;

  StandardOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = failure == null ? e : failure;
      throw e;
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  /**
   * Returns the exit code of a process whose command ended with one, and says why it is another. A
   * reader that went away, as {@code head} does, has what it wanted and is no failure.
   */
  int exitCode(int ofCommand, PrintWriter err) {
    IOException lost = failure;
    if (lost == null || hasReaderLeft(lost)) {
      return ofCommand;
    }
    err.println("error: cannot write the output: " + lost.getMessage());
    return ExitCodes.EXTERNAL;
  }

  private static boolean hasReaderLeft(IOException e) {
    String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return text.contains("broken pipe") || text.contains("pipe is being closed");
  }
}
