package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Hrefs;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlAttribute;
import io.intermodal.xml.XmlElement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reports what is wrong with the files of a descriptor (DSP0243 "References to files"). */
final class FileChecks {

  private static final int USHORT_MOST = 65_535;

  private final Envelope envelope;
  private final Dialect dialect;
  private final Findings findings;

  FileChecks(Envelope envelope, Dialect dialect, Findings findings) {
    this.envelope = envelope;
    this.dialect = dialect;
    this.findings = findings;
  }

  /** Tells whether a number fits the schema's xs:unsignedShort. */
  static boolean ushort(int number) {
    return number >= 0 && number <= USHORT_MOST;
  }

  void run() {
    Map<String, FileReference> ids = new HashMap<>();
    Set<String> hrefs = new HashSet<>();
    for (FileReference file : envelope.files()) {
      href(file, hrefs);
      id(file, ids);
      stored(file);
    }
    unused();
  }

  /** A file that is listed twice word for word is told of once, as a second File for its href. */
  private void id(FileReference file, Map<String, FileReference> ids) {
    if (file.id() == null) {
      findings.add(FindingCode.ID_MISSING, file.element(), "the file has no id");
      return;
    }
    FileReference before = ids.putIfAbsent(file.id(), file);
    if (before != null && (file.href() == null || !file.href().equals(before.href()))) {
      findings.add(
          FindingCode.ID_DUPLICATE,
          file.element(),
          "two files have the id " + Texts.shorten(file.id()));
    }
  }

  private void href(FileReference file, Set<String> hrefs) {
    XmlElement at = file.element();
    String href = file.href();
    if (href == null) {
      findings.add(FindingCode.HREF_MISSING, at, "the file has no href");
    } else if (!hrefs.add(href)) {
      findings.add(FindingCode.HREF_DUPLICATE, at, "two files are " + Texts.shorten(href));
    } else if (Hrefs.remote(href)) {
      findings.add(FindingCode.HREF_REMOTE, at, "the file is at a URL, which is never fetched");
    } else if (Hrefs.unsafe(href)) {
      findings.add(
          FindingCode.HREF_UNSAFE,
          at,
          "the file is outside of the package: " + Texts.shorten(href));
    }
  }

  private void stored(FileReference file) {
    XmlElement at = file.element();
    String compression = file.compression();
    if (compression != null && !file.gzip() && !compression.equals("identity")) {
      findings.add(
          FindingCode.COMPRESSION_UNKNOWN,
          at,
          "the compression is not gzip or identity: " + Texts.shorten(compression));
    }
    String href = file.href();
    if (compression == null && href != null && href.toLowerCase(Locale.ROOT).endsWith(".gz")) {
      findings.add(
          FindingCode.COMPRESSION_NAME,
          at,
          "the file is not said to be compressed and is called " + Texts.shorten(href));
    }
    String size = dialect.attribute(at, "size");
    if (size != null && size.isBlank()) {
      findings.add(FindingCode.NUMBER_INVALID, at, "the size is empty");
    }
    String chunk = dialect.filled(at, "chunkSize");
    if (chunk != null && chunk.matches("0{1,20}")) {
      findings.add(FindingCode.NUMBER_INVALID, at, "the chunk size is zero");
    }
  }

  /** A file may be meant by a fileRef anywhere, or by ovf:/file/id in a text or an attribute. */
  private void unused() {
    if (envelope.files().isEmpty()) {
      return;
    }
    Set<String> used = new HashSet<>();
    collectUsed(envelope.document().root(), used);
    for (FileReference file : envelope.files()) {
      boolean byHref = file.href() != null && used.contains(file.href());
      if (file.id() != null && !used.contains(file.id()) && !byHref) {
        findings.add(
            FindingCode.FILE_UNUSED,
            file.element(),
            "nothing uses the file " + Texts.shorten(file.id()));
      }
    }
  }

  private static void collectUsed(XmlElement element, Set<String> used) {
    for (XmlAttribute attribute : element.attributes()) {
      if (attribute.name().localName().equals("fileRef")) {
        used.add(attribute.value().strip());
      } else {
        addTo(used, attribute.value());
      }
    }
    if (element.localName().equals("HostResource")) {
      addTo(used, element.text());
    }
    element.elements().forEach(e -> collectUsed(e, used));
  }

  private static void addTo(Set<String> used, String text) {
    String id = HostResources.fileId(text.strip());
    if (id != null) {
      used.add(id);
    }
  }
}
