package io.intermodal.disk.internal.xva;

/**
 * Writes a value of XML-RPC as exports have it: texts and numbers bare, booleans and dates typed.
 * Characters that XML cannot hold become question marks.
 */
final class RpcText {

  static final String NULL = "OpaqueRef:NULL";

  private final StringBuilder out = new StringBuilder(16 * 1024);

  RpcText open() {
    out.append("<value><struct>");
    return this;
  }

  RpcText close() {
    out.append("</struct></value>");
    return this;
  }

  /** Starts a member whose value comes next. */
  RpcText name(String name) {
    out.append("<member><name>").append(name).append("</name>");
    return this;
  }

  RpcText end() {
    out.append("</member>");
    return this;
  }

  RpcText text(String name, String value) {
    name(name);
    out.append("<value>");
    escape(value);
    out.append("</value>");
    return end();
  }

  RpcText number(String name, long value) {
    return text(name, Long.toString(value));
  }

  RpcText flag(String name, boolean value) {
    name(name);
    out.append("<value><boolean>").append(value ? 1 : 0).append("</boolean></value>");
    return end();
  }

  RpcText date(String name) {
    name(name);
    out.append("<value><dateTime.iso8601>19700101T00:00:00Z</dateTime.iso8601></value>");
    return end();
  }

  /** Writes a set of references; an empty one without any. */
  RpcText set(String name, String... references) {
    name(name);
    out.append("<value><array><data>");
    for (String reference : references) {
      out.append("<value>").append(reference).append("</value>");
    }
    out.append("</data></array></value>");
    return end();
  }

  /** Writes a map from texts to texts, key and value in turn. */
  RpcText map(String name, String... pairs) {
    name(name).open();
    for (int i = 0; i < pairs.length; i += 2) {
      text(pairs[i], pairs[i + 1]);
    }
    return close().end();
  }

  RpcText texts(String value, String... names) {
    for (String name : names) {
      text(name, value);
    }
    return this;
  }

  RpcText flags(boolean value, String... names) {
    for (String name : names) {
      flag(name, value);
    }
    return this;
  }

  RpcText emptySets(String... names) {
    for (String name : names) {
      set(name);
    }
    return this;
  }

  RpcText emptyMaps(String... names) {
    for (String name : names) {
      map(name);
    }
    return this;
  }

  RpcText startArray() {
    out.append("<value><array><data>");
    return this;
  }

  RpcText endArray() {
    out.append("</data></array></value>");
    return this;
  }

  private void escape(String value) {
    value
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                default -> out.appendCodePoint(isXml(c) ? c : '?');
              }
            });
  }

  private static boolean isXml(int c) {
    boolean surrogate = c >= 0xD800 && c <= 0xDFFF;
    return c == '\t' || c == '\n' || (c >= ' ' && !surrogate && c != 0xFFFE && c != 0xFFFF);
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
