package io.intermodal.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

/**
 * Is one command that ran in this process, off terminal unless said otherwise.
 *
 * @param out what it wrote as its result
 * @param err what it wrote as progress and errors
 */
record CommandRun(int exitCode, String out, String err) {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  static CommandRun of(Object... arguments) {
    return at(false, arguments);
  }

  /** Runs it as on a terminal with colours. */
  static CommandRun atTerminal(Object... arguments) {
    return at(true, arguments);
  }

  private static CommandRun at(boolean terminal, Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console = new Console(new PrintWriter(out), new PrintWriter(err), terminal, terminal);
    String[] texts = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    int exitCode = Main.run(console, Interruption.none(), texts);
    return new CommandRun(exitCode, out.toString(), err.toString());
  }

  /** Reads the one JSON document that was written. */
  JsonNode json() {
    return json(out);
  }

  static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  /** Returns both streams, for messages of failed assertions. */
  String all() {
    return "exit code " + exitCode + "\n" + out + err;
  }
}
