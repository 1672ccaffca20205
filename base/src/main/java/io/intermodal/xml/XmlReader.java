package io.intermodal.xml;

import io.intermodal.CommonError;
import io.intermodal.Errors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Reads XML into a tree that lacks nothing. A DOCTYPE is refused always; no entity is resolved,
 * nothing named in a document is fetched. Immutable and thread-safe.
 *
 * <p>Three defects of real files are set right and reported in {@link XmlDocument#warnings()}: an
 * encoding that is declared but not used, white space before the declaration, a byte order mark
 * that contradicts the declaration.
 */
public final class XmlReader {

  private static final XmlReader DEFAULT = new XmlReader(XmlLimits.defaults());

  private final XmlLimits limits;

  private XmlReader(XmlLimits limits) {
    this.limits = limits;
  }

  /** Returns a reader with {@link XmlLimits#defaults()}. */
  public static XmlReader standard() {
    return DEFAULT;
  }

  /** Returns a reader with bounds of the caller's. */
  public static XmlReader with(XmlLimits limits) {
    return new XmlReader(Objects.requireNonNull(limits, "limits"));
  }

  /**
   * Reads a file.
   *
   * @throws XmlException {@code XML_MALFORMED}, {@code XML_FORBIDDEN} or {@code XML_LIMIT}
   * @throws io.intermodal.IntermodalException {@code FILE_NOT_FOUND} or {@code READ_FAILED}
   */
  public XmlDocument read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(file.toString(), in);
    } catch (IOException e) {
      throw Errors.reading(file, e);
    }
  }

  /**
   * Reads a stream to its end, at most one byte more than the bound; does not close it.
   *
   * @param source the name of the document, for messages
   * @throws IOException when the stream fails
   */
  public XmlDocument read(String source, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes((int) limits.maxBytes() + 1);
    return read(source, bytes);
  }

  /**
   * Reads a document from memory.
   *
   * @param source the name of the document, for messages
   * @throws XmlException {@code XML_MALFORMED}, {@code XML_FORBIDDEN} or {@code XML_LIMIT}
   */
  public XmlDocument read(String source, byte[] bytes) {
    if (bytes.length > limits.maxBytes()) {
      throw new XmlException(
          CommonError.XML_LIMIT,
          source,
          0,
          0,
          "it is longer than " + limits.maxBytes() + " bytes, the bound for XML",
          null);
    }
    ContentKind kind = ContentKind.of(bytes);
    switch (kind) {
      case EMPTY, ZEROS, HTML, GZIP, ZIP, TAR, VMDK, XZ, BINARY ->
          throw new XmlException(
              CommonError.XML_MALFORMED,
              source,
              0,
              0,
              "it is not XML but " + kind.description(),
              null);
      default -> {
        // Plain text may be XML with a defect in front; the parser says what and where.
      }
    }
    return new TreeBuilder(source, limits, Decoded.of(source, bytes)).build();
  }
}
