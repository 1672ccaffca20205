package io.intermodal.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Arrays;
import picocli.CommandLine;

/** Tells wrong usage: what is wrong, what was perhaps meant, and where help is. */
final class UsageErrors implements CommandLine.IParameterExceptionHandler {

  private final Context context;

  UsageErrors(Context context) {
    this.context = context;
  }

  @Override
  public int handleParseException(CommandLine.ParameterException error, String[] arguments) {
    Console console = context.console();
    if (Arrays.asList(arguments).contains("--json")) {
      console
          .out()
          .println(
              Json.text(
                  JsonNodeFactory.instance
                      .objectNode()
                      .put("schema", ErrorOutput.SCHEMA)
                      .put("code", "WRONG_USAGE")
                      .put("category", "USER_INPUT")
                      .put("message", message(error))
                      .putNull("location")));
      return ExitCodes.USAGE;
    }
    CommandLine command = error.getCommandLine();
    console.err().println(console.toned("ERROR", "error: ") + message(error));
    CommandLine.UnmatchedArgumentException.printSuggestions(error, console.err());
    if (error instanceof CommandLine.MissingParameterException) {
      console.err().println("usage: " + command.getHelp().abbreviatedSynopsis().strip());
    }
    console.err().println("see: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCodes.USAGE;
  }

  private static String message(CommandLine.ParameterException error) {
    // picocli says "option option" of an option that is a map.
    String message = String.valueOf(error.getMessage()).replace("option option ", "option ");
    boolean early =
        error instanceof CommandLine.UnmatchedArgumentException unmatched
            && unmatched.getUnmatched().contains("--json");
    return early ? message + "; write --json at the end" : message;
  }
}
