package io.intermodal.ovf.internal;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells by its name what holds a secret. Marking is left out often enough, and environment
 * documents have no mark at all.
 */
public final class SecretNames {

  private static final Pattern NAME =
      Pattern.compile(
          "passw(or)?d|passwd|passphrase|passcode|secret|(private|api)[-_.]?key|token|credential|pwd"
              + "|(?<![a-z0-9])(pw|pass)(?![a-z0-9])");

  private SecretNames() {}

  /** Tells whether what has this name, in any letter case, is a secret. */
  public static boolean matches(String name) {
    return NAME.matcher(name.toLowerCase(Locale.ROOT)).find();
  }
}
