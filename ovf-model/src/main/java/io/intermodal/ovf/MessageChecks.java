package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import java.util.HashSet;
import java.util.Set;

/** Reports what is wrong with translated texts (DSP0243 "Internationalization"). */
final class MessageChecks {

  private final Envelope envelope;
  private final Dialect dialect;
  private final Findings findings;

  MessageChecks(Envelope envelope, Dialect dialect, Findings findings) {
    this.envelope = envelope;
    this.dialect = dialect;
    this.findings = findings;
  }

  void run() {
    Set<String> known = new HashSet<>();
    dialect.children(envelope.document().root(), "Strings").forEach(s -> strings(s, known));
  }

  private void strings(XmlElement strings, Set<String> known) {
    String file = dialect.filled(strings, "fileRef");
    String language = strings.attribute(Dialect.XML, "lang").orElse("");
    if (file != null && envelope.file(file).isEmpty()) {
      findings.add(
          FindingCode.MESSAGES_INVALID,
          strings,
          "the texts are in a file that is not in References: " + Texts.shorten(file));
    } else if (file == null && language.isBlank()) {
      findings.add(FindingCode.MESSAGES_INVALID, strings, "the texts state no language");
    }
    dialect
        .children(strings, "Msg")
        .forEach(
            message -> {
              String id = dialect.filled(message, "msgid");
              if (id == null) {
                findings.add(FindingCode.MESSAGES_INVALID, message, "the text has no msgid");
              } else if (!known.add(language + "\n" + id)) {
                findings.add(
                    FindingCode.MESSAGES_INVALID,
                    message,
                    "two texts of one language have the msgid " + Texts.shorten(id));
              }
            });
  }
}
