package io.intermodal.ovf.packaging;

import io.intermodal.ovf.internal.Hrefs;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Knows the names that other readers may take for one name: escapes decoded or not, letter case,
 * composed and decomposed letters, the dots and blanks at the end that Windows drops, a file as a
 * whole beside its chunks.
 */
final class Lookalikes {

  private static final Pattern DROPPED = Pattern.compile("[. ]+(?=/|$)");
  private static final Pattern SLASHES = Pattern.compile("/+");
  private static final Pattern CHUNK = Pattern.compile("\\.[0-9]{9}$");

  private final Set<String> claimed = new HashSet<>();
  private final Set<String> chunked = new HashSet<>();

  /** Takes in a name that means one file to us. */
  void claim(String name) {
    claimed.add(key(name));
  }

  /** Takes in the href of a file that other readers may look for in chunks. */
  void claimChunks(String href) {
    chunked.add(key(href));
  }

  /** Tells whether another reader may take a name for one that was claimed. */
  boolean has(String name) {
    String key = key(name);
    return claimed.contains(key)
        || (!chunked.isEmpty() && chunked.contains(CHUNK.matcher(key).replaceFirst("")));
  }

  private static String key(String name) {
    String slashes = Hrefs.decoded(name).replace('\\', '/');
    String folded =
        Normalizer.normalize(slashes, Normalizer.Form.NFC)
            .toUpperCase(Locale.ROOT)
            .toLowerCase(Locale.ROOT);
    String bare = SLASHES.matcher(DROPPED.matcher(folded).replaceAll("")).replaceAll("/");
    return bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare;
  }
}
