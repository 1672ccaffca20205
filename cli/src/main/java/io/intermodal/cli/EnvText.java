package io.intermodal.cli;

import io.intermodal.ovf.PropertyEntry;
import io.intermodal.ovf.PropertySheet;
import io.intermodal.ovf.PropertyType;
import io.intermodal.ovf.environment.OvfEnvironment;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows properties and environment documents to people; secrets as three asterisks. */
final class EnvText {

  private static final String HIDDEN = "***";
  private static final int LONGEST = 60;

  private final Console console;

  EnvText(Console console) {
    this.console = console;
  }

  /** Tells whether a property stands against a deployment. */
  static boolean isOpen(PropertyEntry entry) {
    return entry.state() == PropertyEntry.State.MISSING
        || entry.state() == PropertyEntry.State.INVALID;
  }

  void print(Path pack, PropertySheet sheet, List<PropertyEntry> entries) {
    console
        .out()
        .println(
            console.bold(pack.toString())
                + sheet.configuration().map(id -> "  option " + id).orElse(""));
    if (entries.isEmpty()) {
      console.out().println("There are no properties.");
      return;
    }
    boolean several = entries.stream().map(PropertyEntry::entityId).distinct().count() > 1;
    TextTable table =
        several
            ? new TextTable(console, "State", "Of", "Key", "Type", "Set by", "Value")
            : new TextTable(console, "State", "Key", "Type", "Set by", "Value");
    for (PropertyEntry entry : entries) {
      PropertyType type = entry.property().type();
      String key = entry.property().fullKey();
      String typeText = type == null ? null : shorten(type.text());
      String setBy = setBy(entry);
      if (several) {
        table.row(entry.state(), entry.entityId(), key, typeText, setBy, value(entry));
      } else {
        table.row(entry.state(), key, typeText, setBy, value(entry));
      }
    }
    table.print();
    entries.stream().filter(EnvText::isOpen).forEach(this::demand);
    entries.stream()
        .filter(entry -> !entry.unresolved().isEmpty())
        .forEach(
            entry ->
                console
                    .out()
                    .println(
                        console.toned("WARNING")
                            + "  "
                            + entry.path()
                            + " refers to what has no value: "
                            + shorten(String.join(", ", entry.unresolved()))));
    if (entries.stream().anyMatch(EnvText::isOpen)) {
      console
          .out()
          .println(
              "Give values with --set KEY=VALUE, those of secrets with --set-env KEY=VARIABLE.");
    } else {
      long left = entries.stream().filter(e -> e.state() == PropertyEntry.State.PLATFORM).count();
      console
          .out()
          .println(
              "Nothing must still be given"
                  + (left == 0
                      ? "."
                      : "; "
                          + Console.count(Math.toIntExact(left), "value")
                          + " left to the platform, empty where there is none."));
    }
  }

  private static String setBy(PropertyEntry entry) {
    if (entry.state() == PropertyEntry.State.PLATFORM) {
      return "platform";
    }
    return entry.property().userConfigurable() ? "you" : "author";
  }

  private void demand(PropertyEntry entry) {
    String problem =
        entry.problems().isEmpty()
            ? "must be given a value"
            : String.join(", and ", entry.problems());
    console
        .out()
        .println(console.toned(entry.state().name()) + "  " + entry.path() + " " + problem);
  }

  private static @Nullable String value(PropertyEntry entry) {
    String value = entry.value();
    if (value == null) {
      return null;
    }
    return entry.secret() && !value.isEmpty() ? HIDDEN : shorten(value);
  }

  private static String shorten(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }

  void print(Path file, OvfEnvironment environment) {
    console
        .out()
        .println(
            console.bold(file.toString())
                + "  "
                + (environment.id().isEmpty() ? "for a machine without an id" : environment.id()));
    environment.platform().ifPresent(this::platform);
    TextTable table = new TextTable(console, "Machine", "Key", "Value");
    rows(table, environment.id(), environment.properties());
    environment.entities().forEach(entity -> rows(table, entity.id(), entity.properties()));
    boolean any =
        !environment.properties().isEmpty()
            || environment.entities().stream().anyMatch(e -> !e.properties().isEmpty());
    if (any) {
      table.print();
    } else {
      console.out().println("There are no properties.");
    }
    environment
        .foreignSections()
        .forEach(
            section ->
                console
                    .out()
                    .println("section  " + section.localName() + " of " + section.namespace()));
  }

  private void platform(OvfEnvironment.Platform platform) {
    line("platform", platform.kind());
    line("version", platform.version());
    line("vendor", platform.vendor());
    line("locale", platform.locale());
  }

  private void line(String name, @Nullable String value) {
    if (value != null) {
      InspectText.line(console, name, value);
    }
  }

  private static void rows(
      TextTable table, String machine, List<OvfEnvironment.Property> properties) {
    for (OvfEnvironment.Property property : properties) {
      boolean hidden = property.secret() && !property.value().isEmpty();
      table.row(machine, property.key(), hidden ? HIDDEN : shorten(property.value()));
    }
  }
}
