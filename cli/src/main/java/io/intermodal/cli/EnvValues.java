package io.intermodal.cli;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.PropertyEntry;
import io.intermodal.ovf.PropertySheet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Takes values of properties from arguments, files and the process's environment. */
final class EnvValues {

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set a property that is no secret; repeatable.")
  private List<String> texts = new ArrayList<>();

  @Option(
      names = "--set-file",
      paramLabel = "KEY=FILE",
      description =
          "Set a property to what a file holds, in UTF-8 without its last line end; repeatable.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--set-env",
      paramLabel = "KEY=VARIABLE",
      description = "Set a property to an environment variable of this process; repeatable.")
  private List<String> variables = new ArrayList<>();

  boolean any() {
    return !texts.isEmpty() || !files.isEmpty() || !variables.isEmpty();
  }

  PropertySheet applyTo(PropertySheet sheet, @Nullable String machine) {
    Set<String> keys = new HashSet<>();
    PropertySheet filled = sheet;
    for (String text : texts) {
      filled = set(filled, machine, "--set", text, keys, UnaryOperator.identity());
    }
    for (String text : files) {
      filled = set(filled, machine, "--set-file", text, keys, EnvValues::ofFile);
    }
    for (String text : variables) {
      filled = set(filled, machine, "--set-env", text, keys, EnvValues::ofVariable);
    }
    return filled;
  }

  private static PropertySheet set(
      PropertySheet sheet,
      @Nullable String machine,
      String option,
      String text,
      Set<String> keys,
      UnaryOperator<String> read) {
    int equals = text.indexOf('=');
    if (equals <= 0) {
      // What was given may be a password without its key: it is not repeated.
      throw usage("an argument of " + option + " has no KEY= before its value");
    }
    String key = text.substring(0, equals);
    if (!keys.add(key)) {
      throw usage("the property " + key + " is set twice");
    }
    String value = read.apply(text.substring(equals + 1));
    PropertySheet set = set(sheet, machine, key, value);
    if (option.equals("--set")) {
      refuseSecret(set, key);
    }
    return set;
  }

  private static PropertySheet set(
      PropertySheet sheet, @Nullable String machine, String key, String value) {
    if (machine != null && has(sheet.entries(machine), key)) {
      return sheet.with(machine, key, value);
    }
    List<PropertyEntry> all = sheet.entries();
    int slash = key.indexOf('/');
    if (!has(all, key) && slash > 0) {
      String entity = key.substring(0, slash);
      if (all.stream().anyMatch(entry -> entity.equals(entry.entityId()))) {
        return sheet.with(entity, key.substring(slash + 1), value);
      }
    }
    return sheet.with(key, value);
  }

  private static boolean has(List<PropertyEntry> entries, String key) {
    return entries.stream().anyMatch(entry -> entry.property().fullKey().equals(key));
  }

  private static void refuseSecret(PropertySheet sheet, String key) {
    boolean secret =
        sheet.entries().stream()
            .filter(entry -> entry.origin() == PropertyEntry.Origin.USER)
            .filter(entry -> key.equals(entry.property().fullKey()) || key.equals(entry.path()))
            .anyMatch(entry -> entry.property().password());
    if (secret) {
      throw new IntermodalException(
          CliError.WRONG_USAGE,
          "cannot set the property "
              + key
              + ": it is a secret, and every user of this computer can see arguments; give it with"
              + " --set-env "
              + key
              + "=VARIABLE or --set-file "
              + key
              + "=FILE");
    }
  }

  private static String ofFile(String name) {
    String text = InputFiles.readText(Path.of(name));
    if (text.endsWith("\n")) {
      text = text.substring(0, text.length() - 1);
      return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
    return text;
  }

  private static String ofVariable(String name) {
    String value = System.getenv(name);
    if (value == null) {
      throw usage("there is no environment variable " + name + "; export it first");
    }
    return value;
  }

  private static IntermodalException usage(String reason) {
    return new IntermodalException(CliError.WRONG_USAGE, "cannot set a property: " + reason);
  }
}
