package io.intermodal.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.regex.Pattern;

/**
 * Keeps what a name from elsewhere may hold away from the terminal: control characters and changes
 * of the direction of writing are left out. Colours and erased lines, which are ours, pass.
 */
final class PrintableWriter extends FilterWriter {

  private static final Pattern UNPRINTABLE =
      Pattern.compile(
          "(\\u001b\\[[0-9;]*[mK])"
              + "|[\\p{Cc}&&[^\\n\\r\\t]]"
              + "|[\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

  PrintableWriter(Writer out) {
    super(out);
  }

  @Override
  public void write(int c) throws IOException {
    write(String.valueOf((char) c), 0, 1);
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    write(new String(text, offset, length), 0, length);
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    String part = text.substring(offset, offset + length);
    out.write(UNPRINTABLE.matcher(part).replaceAll("$1"));
  }
}
