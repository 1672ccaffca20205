package io.intermodal.xml;

import io.intermodal.CommonError;
import io.intermodal.IntermodalException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Signals that a document cannot be read: {@link CommonError#XML_MALFORMED}, {@link
 * CommonError#XML_FORBIDDEN} or {@link CommonError#XML_LIMIT}. It carries the place.
 */
public final class XmlException extends IntermodalException {

  @Serial private static final long serialVersionUID = 1L;

  private final String source;
  private final int line;
  private final int column;

  XmlException(
      CommonError code,
      String source,
      int line,
      int column,
      String reason,
      @Nullable Throwable cause) {
    super(
        code,
        "cannot read "
            + source
            + (line > 0 ? ", line " + line + ", column " + column : "")
            + ": "
            + reason,
        line > 0 ? source + ":" + line + ":" + column : source,
        cause);
    this.source = source;
    this.line = line;
    this.column = column;
  }

  /** Returns the name of the document. */
  public String source() {
    return source;
  }

  /** Returns the line, counted from 1; 0 when the error is about the document as a whole. */
  public int line() {
    return line;
  }

  /** Returns the column, counted from 1; 0 when the error is about the document as a whole. */
  public int column() {
    return column;
  }
}
