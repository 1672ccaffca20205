package io.intermodal.ovf;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Knows what to keep to itself. Marking is left out often enough that names count too. */
final class Secrets {

  private static final Pattern NAME =
      Pattern.compile("passw(or)?d|passwd|passphrase|secret|private[-_.]?key|token|\\bpwd\\b");

  private Secrets() {}

  static boolean named(String key, @Nullable String type) {
    return NAME.matcher(key.toLowerCase(Locale.ROOT)).find()
        || (type != null && type.toLowerCase(Locale.ROOT).startsWith("password"));
  }
}
