package io.intermodal.cli;

import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Is where commands write: results to {@code out}, progress and errors to {@code err}.
 *
 * @param out for results
 * @param err for progress and errors
 * @param colours whether results may be coloured
 * @param terminal whether progress may be redrawn in place
 */
record Console(PrintWriter out, PrintWriter err, boolean colours, boolean terminal) {

  private static final Console SYSTEM =
      new Console(
          writer(StandardOutput.SYSTEM),
          writer(System.err),
          isTerminal("stdout") && !isColourUnwanted(),
          isTerminal("stderr"));

  static Console system() {
    return SYSTEM;
  }

  private static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(
        new PrintableWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8)), true);
  }

  /** NO_COLOR counts when it is there and not empty, as no-color.org has it. */
  private static boolean isColourUnwanted() {
    String wish = System.getenv("NO_COLOR");
    return wish != null && !wish.isEmpty();
  }

  /** The JDK cannot tell which of its streams is a terminal; the launcher can, and says so. */
  private static boolean isTerminal(String stream) {
    @Nullable String terminals = System.getProperty("intermodal.terminal");
    return terminals != null && terminals.contains(stream);
  }

  /** Colours a word by what it means; other words stay as they are. */
  String toned(String word) {
    return toned(word, word);
  }

  /** Colours a text as its word is coloured. */
  String toned(String word, String text) {
    if (!colours) {
      return text;
    }
    String code =
        switch (word) {
          case "SUCCESS",
              "DONE",
              "COMPLETED",
              "ACCEPTED",
              "OK",
              "STARTED",
              "trusted",
              "identical" ->
              "32";
          case "WARNING", "SKIPPED", "UNLISTED", "UNCHECKED", "SUSPENDED", "PAUSED" -> "33";
          case "FAILURE",
              "FAILED",
              "REJECTED",
              "ERROR",
              "CRITICAL",
              "MISMATCH",
              "MISSING",
              "SIZE_MISMATCH" ->
              "31";
          default -> "";
        };
    return code.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }

  /** Returns a number with what is counted: 1 file, 2 files. */
  static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  /** Makes a heading bold. */
  String bold(String text) {
    return colours ? "\u001b[1m" + text + "\u001b[0m" : text;
  }
}
