package io.intermodal.ovf;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts values in the place of <code>${name}</code>. One pass: what comes in is not looked at again,
 * so no circle can form.
 */
final class PropertyReferences {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^${}]{1,200})}");

  /** Finds the value that a name stands for; null when there is no such property or value. */
  @FunctionalInterface
  interface Lookup {
    @Nullable Named find(String fullKey);
  }

  /** Is a value to put in, and whether it is a secret. */
  record Named(String value, boolean secret) {}

  /**
   * Is a text with values put in.
   *
   * @param unresolved the names that stand for nothing and stayed as they were, each once
   * @param secret whether a secret was put in
   */
  record Resolved(String text, List<String> unresolved, boolean secret) {}

  private PropertyReferences() {}

  static Resolved resolve(String text, Lookup lookup, PropertyRoom room) {
    if (!text.contains("${")) {
      return new Resolved(text, List.of(), false);
    }
    StringBuilder resolved = new StringBuilder();
    List<String> unresolved = new ArrayList<>();
    boolean secret = false;
    Matcher reference = REFERENCE.matcher(text);
    int end = 0;
    while (reference.find()) {
      Named named = lookup.find(reference.group(1));
      String value = named == null ? reference.group() : named.value();
      if (named != null) {
        secret |= named.secret();
      } else if (unresolved.size() < Finding.MOST) {
        unresolved.add(reference.group(1));
      }
      room.takeCharacters(reference.start() - end + value.length());
      resolved.append(text, end, reference.start()).append(value);
      end = reference.end();
    }
    resolved.append(text, end, text.length());
    return new Resolved(resolved.toString(), unresolved.stream().distinct().toList(), secret);
  }
}
