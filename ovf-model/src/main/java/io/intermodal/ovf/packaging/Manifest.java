package io.intermodal.ovf.packaging;

import io.intermodal.ovf.Finding;
import io.intermodal.ovf.FindingCode;
import io.intermodal.ovf.internal.Hrefs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds the digests of the files of a package (DSP0243 "Distribution"). Immutable. Every grammar
 * met in practice is read: blanks around brackets, upper case, CR LF, no final line end, several
 * algorithms.
 *
 * @param name the name of the manifest's own file
 * @param entries in order, each name and algorithm once
 * @param findings what was not understood
 */
public record Manifest(String name, List<Entry> entries, List<Finding> findings) {

  /**
   * Holds one digest.
   *
   * @param name the name of the file, as written
   * @param digest in lower-case hexadecimal
   */
  public record Entry(String name, DigestAlgorithm algorithm, String digest) {

    /** Validates the digest. */
    public Entry {
      Objects.requireNonNull(name, "name");
      if (digest.length() != algorithm.hexLength() || !isHex(digest)) {
        throw new IllegalArgumentException("not a digest of " + algorithm);
      }
    }

    String line() {
      return algorithm + "(" + name + ")= " + digest + "\n";
    }
  }

  /** Copies the lists. */
  public Manifest {
    Objects.requireNonNull(name, "name");
    entries = List.copyOf(entries);
    findings = List.copyOf(findings);
  }

  /** Returns the algorithm of the first entry; empty without any. */
  public Optional<DigestAlgorithm> algorithm() {
    return entries.stream().findFirst().map(Entry::algorithm);
  }

  /** Reads a manifest; lines that are none become findings. */
  public static Manifest parse(String name, byte[] bytes) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    List<Finding> findings = new ArrayList<>();
    Iterator<String> lines =
        new String(bytes, StandardCharsets.UTF_8).replace("\uFEFF", "").lines().iterator();
    for (int i = 0; lines.hasNext() && findings.size() < 100; i++) {
      String text = lines.next();
      if (text.isBlank()) {
        continue;
      }
      Line line = Line.of(text);
      Optional<DigestAlgorithm> algorithm =
          line == null ? Optional.empty() : DigestAlgorithm.named(line.word());
      if (line == null || algorithm.isEmpty()) {
        findings.add(
            Finding.of(
                FindingCode.MANIFEST_LINE, name, "line " + (i + 1) + " is no line of a manifest"));
        continue;
      }
      String file = Hrefs.normal(line.name().strip());
      String digest = line.digest().toLowerCase(Locale.ROOT);
      if (digest.length() != algorithm.get().hexLength()) {
        findings.add(
            Finding.of(
                FindingCode.MANIFEST_DIGEST,
                name,
                "line "
                    + (i + 1)
                    + " has a digest of "
                    + digest.length()
                    + " digits; "
                    + algorithm.get()
                    + " has "
                    + algorithm.get().hexLength()));
        continue;
      }
      Entry entry = new Entry(file, algorithm.get(), digest);
      Entry before = entries.putIfAbsent(algorithm.get() + "\n" + file, entry);
      if (before != null && !before.digest().equals(digest)) {
        findings.add(
            Finding.of(
                FindingCode.MANIFEST_DIGEST,
                name,
                "line " + (i + 1) + " contradicts an earlier one"));
      }
    }
    return new Manifest(name, List.copyOf(entries.values()), findings);
  }

  /**
   * Is one line, taken apart in one pass: an expression that tries every way to share out blanks
   * takes hours for a line of them.
   */
  private record Line(String word, String name, String digest) {

    /** Takes a line apart; null when it has another form. */
    static @Nullable Line of(String text) {
      int equals = text.lastIndexOf('=');
      String head = equals < 0 ? "" : text.substring(0, equals).strip();
      // The name may hold brackets, so the last one before the equals sign ends it.
      int open = head.indexOf('(');
      if (open < 0 || !head.endsWith(")")) {
        return null;
      }
      String word = head.substring(0, open).strip();
      String name = head.substring(open + 1, head.length() - 1);
      String digest = text.substring(equals + 1).strip();
      boolean one = name.chars().noneMatch(c -> c == 0x85 || c == 0x2028 || c == 0x2029);
      boolean ascii = word.chars().allMatch(c -> c < 0x80);
      return one && ascii && isHex(digest.toLowerCase(Locale.ROOT))
          ? new Line(word, name, digest)
          : null;
    }
  }

  private static boolean isHex(String text) {
    return text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  /** Returns the text in the form that every consumer takes: {@code SHA256(name)= hex}. */
  public byte[] toBytes() {
    StringBuilder text = new StringBuilder();
    entries.forEach(e -> text.append(e.line()));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
