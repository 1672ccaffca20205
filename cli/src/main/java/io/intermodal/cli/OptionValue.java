package io.intermodal.cli;

import org.jspecify.annotations.Nullable;

/** Is a value or a key, and the deployment option it is for; null for all. */
record OptionValue(String value, @Nullable String option) {

  static OptionValue of(String text) {
    int at = text.lastIndexOf('@');
    return at < 0
        ? new OptionValue(text, null)
        : new OptionValue(text.substring(0, at), text.substring(at + 1));
  }
}
