package io.intermodal.ovf.internal;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells by its name what holds a secret. Marking is left out often enough, and environment
 * documents have no mark at all.
 */
public final class SecretNames {

  private static final Pattern NAME =
      Pattern.compile(
          "passw(or)?d|passwd|passphrase|passcode|secret|(private|api|access)[-_.]?key|token|credential|pwd"
              // Short words stand alone, so that a bypass or a compass is none.
              + "|(?<![a-z])(root|admin|user|db)?(pass|pw)(?![a-z]|[0-9]+[a-z])");

  /** Whatever the pattern finds has one of these in it; most names have none. */
  private static final List<String> PARTS =
      List.of("pass", "pw", "secret", "key", "token", "credential");

  private SecretNames() {}

  /** Tells whether what has this name, in any letter case, is a secret. */
  public static boolean matches(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String part : PARTS) {
      if (lower.contains(part)) {
        return NAME.matcher(lower).find();
      }
    }
    return false;
  }
}
