package io.intermodal.ovf.packaging;

import io.intermodal.ovf.internal.Hrefs;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Judges the names that packages are written with: each must survive archive and manifest. */
final class MemberNames {

  private static final int MOST_BYTES = 4096;

  private MemberNames() {}

  /** Says what is wrong with a name; null when nothing is. */
  static @Nullable String objection(String name) {
    if (Hrefs.unsafe(name) || !Hrefs.normal(name).equals(name) || name.endsWith("/")) {
      return "it is no plain relative name";
    }
    if (Hrefs.remote(name)) {
      return "it looks like a URL";
    }
    if (!name.equals(name.strip())) {
      return "it begins or ends with a blank, which manifests do not keep";
    }
    if (name.codePoints().anyMatch(MemberNames::breaksLines)) {
      return "it holds a control character, which would break the manifest";
    }
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MOST_BYTES) {
      return "it is over " + MOST_BYTES + " bytes";
    }
    return new String(bytes, StandardCharsets.UTF_8).equals(name) ? null : "it is no text";
  }

  private static boolean breaksLines(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> character == '\uFEFF';
    };
  }

  /** Refuses a name that a caller gave. */
  static void require(String name) {
    String objection = objection(name);
    if (objection != null) {
      throw new IllegalArgumentException("not a name for a file of a package: " + objection);
    }
  }
}
