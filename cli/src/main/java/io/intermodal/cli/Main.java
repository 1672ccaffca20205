package io.intermodal.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** Starts the command line. */
public final class Main {

  private static final Pattern URL = Pattern.compile("^(https?|ftp)://", Pattern.CASE_INSENSITIVE);

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // The version is asked for by scripts at every start; it needs none of what follows.
    if (arguments.length == 1 && (arguments[0].equals("--version") || arguments[0].equals("-V"))) {
      Console.system().out().println(Versions.line());
      return;
    }
    Interruption interruption = Interruption.install();
    int exitCode;
    try {
      exitCode = run(Console.system(), interruption, arguments);
      exitCode = StandardOutput.SYSTEM.exitCode(exitCode, Console.system().err());
    } finally {
      interruption.finished();
    }
    System.exit(exitCode);
  }

  /** Runs one command and returns its exit code. */
  static int run(Console console, Interruption interruption, String... arguments) {
    Context context = new Context(console, interruption.cancellation());
    try {
      return commandLine(context).execute(arguments);
    } catch (OutOfMemoryError e) {
      // picocli hands errors of the virtual machine to nobody.
      return new ErrorOutput(console).print(e, Arrays.asList(arguments).contains("--json"));
    }
  }

  static CommandLine commandLine(Context context) {
    CommandLine commands = new CommandLine(new IntermodalCommand(), new CommandFactory(context));
    commands.setOut(context.console().out());
    commands.setErr(context.console().err());
    commands.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            context.console().colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    commands.registerConverter(String.class, Main::text);
    commands.registerConverter(Path.class, Main::path);
    commands.setCaseInsensitiveEnumValuesAllowed(true);
    commands.setParameterExceptionHandler(new UsageErrors(context));
    commands.setExecutionExceptionHandler(
        (error, command, parsed) -> {
          boolean json = wantsJson(parsed);
          int exitCode = new ErrorOutput(context.console()).print(error, json);
          if (!json) {
            WaysOut.of(error, parsed)
                .ifPresent(option -> context.console().err().println("see: " + option));
          }
          return exitCode;
        });
    return commands;
  }

  private static boolean wantsJson(CommandLine.ParseResult parsed) {
    for (CommandLine.ParseResult at = parsed; at != null; at = at.subcommand()) {
      if (at.hasMatchedOption("--json")) {
        return true;
      }
    }
    return false;
  }

  private static String text(String argument) {
    if (argument.isBlank()) {
      throw new CommandLine.TypeConversionException("it must not be blank");
    }
    return argument;
  }

  private static Path path(String argument) {
    if (URL.matcher(argument).find()) {
      throw new CommandLine.TypeConversionException("it is a URL; download the file first");
    }
    try {
      return Path.of(text(argument));
    } catch (InvalidPathException e) {
      throw new CommandLine.TypeConversionException("it is no path: " + e.getReason());
    }
  }
}
