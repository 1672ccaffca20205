package io.intermodal.iso;

import io.intermodal.IntermodalException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Makes the names of both trees. */
final class IsoNames {

  private static final int LONGEST = 64;
  private static final int BASE = 22;
  private static final int EXTENSION = 3;
  private static final String FORBIDDEN = "*/:;?\\";

  private IsoNames() {}

  /**
   * Refuses what Joliet cannot hold, and two names that guests without letter case would mix up.
   */
  static void check(List<IsoFile> files) {
    Set<String> seen = new HashSet<>();
    for (IsoFile file : files) {
      String name = file.name();
      if (name.isEmpty()
          || name.length() > LONGEST
          || name.equals(".")
          || name.equals("..")
          || name.chars().anyMatch(c -> c < ' ' || FORBIDDEN.indexOf(c) >= 0)) {
        throw refused(name, "it must have 1 to 64 characters and none of " + FORBIDDEN);
      }
      if (!seen.add(name.toLowerCase(Locale.ROOT))) {
        throw refused(name, "another file has the same name");
      }
    }
  }

  private static IntermodalException refused(String name, String reason) {
    String shown = name.length() > LONGEST ? name.substring(0, LONGEST) + "…" : name;
    return new IntermodalException(
        IsoError.IMAGE_NAME,
        "cannot put the file " + shown + " into the image: " + reason + "; rename it");
  }

  /**
   * Gives each file a name for guests that know no Joliet: upper case, one dot, other characters as
   * an underscore. The dash is kept though the standard has no place for it: every guest reads it,
   * and "OVF_ENV.XML" would not be found.
   */
  static List<String> primary(List<IsoFile> files) {
    List<String> names = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (IsoFile file : files) {
      String upper = file.name().toUpperCase(Locale.ROOT);
      int dot = upper.lastIndexOf('.');
      String base = plain(dot < 0 ? upper : upper.substring(0, dot), BASE);
      String extension = dot < 0 ? "" : plain(upper.substring(dot + 1), EXTENSION);
      String name = base + "." + extension;
      for (int i = 2; !taken.add(name); i++) {
        name = base + "_" + i + "." + extension;
      }
      names.add(name + ";1");
    }
    return names;
  }

  private static String plain(String text, int longest) {
    String plain = text.replaceAll("[^A-Z0-9_-]", "_");
    return plain.length() > longest ? plain.substring(0, longest) : plain;
  }
}
