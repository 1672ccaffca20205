package io.intermodal.ovf;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds the translations of an envelope: those in its Strings and those in files (DSP0243
 * "Internationalization"). Of two for one message in one language that of a file counts before that
 * written in the descriptor, else the first.
 */
final class StringTable {

  /** What the schema has for an envelope that names no language. */
  private static final String DEFAULT_LANGUAGE = "en-US";

  private static final int MOST_FILES = 1000;
  private static final long MOST_BYTES = 64L << 20;

  private final Dialect dialect;
  private final Envelope envelope;
  private final Function<FileReference, Optional<byte[]>> files;
  private final String own;
  private final Map<String, Map<String, String>> byLanguage = new HashMap<>();
  private final Map<String, String> spellings = new LinkedHashMap<>();
  private final Map<String, Optional<byte[]>> read = new HashMap<>();
  private final Map<String, List<String>> chains = new HashMap<>();
  private long bytes;

  private StringTable(
      Envelope envelope, Dialect dialect, Function<FileReference, Optional<byte[]>> files) {
    this.envelope = envelope;
    this.dialect = dialect;
    this.files = files;
    this.own = envelope.language().orElse(DEFAULT_LANGUAGE);
    spellings.put(plain(own), own);
  }

  static StringTable of(
      Envelope envelope, Dialect dialect, Function<FileReference, Optional<byte[]>> files) {
    StringTable table = new StringTable(envelope, dialect, files);
    dialect.children(envelope.document().root(), "Strings").forEach(table::bundle);
    return table;
  }

  /** Returns the languages as written, the envelope's own first. */
  List<String> languages() {
    return List.copyOf(spellings.values());
  }

  /** Tells whether there are translations into a language or a wider one. */
  boolean speaks(String language) {
    return chain(language).stream().anyMatch(byLanguage::containsKey);
  }

  /**
   * Finds a message.
   *
   * @param text what the element itself says
   * @return null when the element's own text is to be kept
   */
  @Nullable String message(String id, String language, String text) {
    for (String tag : chain(language)) {
      String found = byLanguage.getOrDefault(tag, Map.of()).get(id);
      if (found != null) {
        return found;
      }
      if (tag.equals(plain(own)) && !text.isBlank()) {
        return null;
      }
    }
    if (text.isBlank()) {
      for (String tag : chain(own)) {
        String found = byLanguage.getOrDefault(tag, Map.of()).get(id);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private void bundle(XmlElement strings) {
    String language = language(strings);
    if (language != null) {
      spellings.putIfAbsent(plain(language), language);
    }
    file(strings)
        .ifPresent(
            file ->
                content(file)
                    .ifPresent(
                        content -> {
                          XmlElement root = XmlReader.standard().read(name(file), content).root();
                          if (!root.localName().equals("Strings")) {
                            throw invalid(file, "its root is no Strings element");
                          }
                          String stated = language(root);
                          messages(root, language != null ? language : stated);
                        }));
    messages(strings, language);
  }

  /** A bundle that names no language is in the envelope's own. */
  private void messages(XmlElement strings, @Nullable String language) {
    String tag = language == null ? own : language;
    List<XmlElement> messages = dialect.children(strings, "Msg").toList();
    if (messages.isEmpty()) {
      return;
    }
    spellings.putIfAbsent(plain(tag), tag);
    Map<String, String> known = byLanguage.computeIfAbsent(plain(tag), k -> new HashMap<>());
    for (XmlElement message : messages) {
      String id = dialect.filled(message, "msgid");
      if (id != null && !known.containsKey(id)) {
        String text = text(message);
        if (text != null) {
          known.put(id, text);
        }
      }
    }
  }

  /** A message may be a file of plain text (2.x); while that is not at hand its own text counts. */
  private @Nullable String text(XmlElement message) {
    Optional<String> content =
        file(message).flatMap(this::content).map(b -> new String(b, StandardCharsets.UTF_8));
    String text = content.orElseGet(message::text);
    return text.isBlank() ? null : text;
  }

  private Optional<FileReference> file(XmlElement e) {
    String reference = dialect.filled(e, "fileRef");
    return reference == null ? Optional.empty() : envelope.file(reference);
  }

  private Optional<byte[]> content(FileReference file) {
    String id = String.valueOf(file.id());
    Optional<byte[]> known = read.get(id);
    if (known == null) {
      if (read.size() >= MOST_FILES) {
        throw invalid(file, "more than " + MOST_FILES + " files hold texts");
      }
      known = files.apply(file);
      bytes += known.map(b -> b.length).orElse(0);
      if (bytes > MOST_BYTES) {
        throw invalid(file, "the files with texts are longer than " + MOST_BYTES + " bytes");
      }
      read.put(id, known);
    }
    return known;
  }

  private @Nullable String language(XmlElement e) {
    return e.attribute(Dialect.XML, "lang").map(Dialect::blankToNull).orElse(null);
  }

  private static IntermodalException invalid(FileReference file, String reason) {
    return new IntermodalException(
        OvfError.STRINGS_INVALID,
        "cannot read the texts in " + Texts.shorten(name(file)) + ": " + reason);
  }

  private static String name(FileReference file) {
    return file.href() == null ? String.valueOf(file.id()) : file.href();
  }

  private List<String> chain(String language) {
    return chains.computeIfAbsent(language, l -> wider(plain(l)));
  }

  /** Returns a tag and those that are left as its parts are taken off the end. */
  private static List<String> wider(String tag) {
    List<String> tags = new ArrayList<>();
    String left = tag;
    while (!left.isEmpty() && tags.size() < 8) {
      tags.add(left);
      int dash = left.lastIndexOf('-');
      left = dash < 0 ? "" : left.substring(0, dash);
    }
    return tags;
  }

  private static String plain(String tag) {
    return tag.strip().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
