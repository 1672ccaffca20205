package io.intermodal.migrate;

import org.jspecify.annotations.Nullable;

/** Builds one HTML page that needs nothing else; every text is escaped. Not thread-safe. */
final class HtmlPage {

  private static final String STYLE =
      """
      :root{color-scheme:light dark;--line:#8884;--ok:#1a7f37;--warn:#9a6700;--bad:#cf222e}
      body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}
      h1{margin:0 0 .25rem}h2{margin:2rem 0 .5rem}
      table{border-collapse:collapse;width:100%;font-size:.92em}
      th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid var(--line)}
      td.n{text-align:right;white-space:nowrap}code,pre{font:13px ui-monospace,monospace}
      code{overflow-wrap:anywhere}pre{overflow:auto;padding:.6rem;border:1px solid var(--line)}
      b.badge{font-size:.8em;padding:.1rem .45rem;border-radius:.6rem;border:1px solid;white-space:nowrap}
      .ok{color:var(--ok)}.warn{color:var(--warn)}.bad{color:var(--bad)}.none{opacity:.75}
      .failure{border-left:4px solid var(--bad);padding-left:.8rem}.verdict{font-size:1.3em}
      @media print{body{max-width:none}}
      """;

  private static final int REPLACEMENT = 0xFFFD;
  private static final int MAX_CELL = 1000;

  private final StringBuilder out = new StringBuilder();

  void open(String title) {
    raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .raw("<meta name=\"viewport\" content=\"width=device-width\">")
        .element("title", title)
        .raw("<style>" + STYLE + "</style></head><body>\n");
  }

  String close() {
    return raw("</body></html>\n").out.toString();
  }

  HtmlPage raw(String markup) {
    out.append(markup);
    return this;
  }

  /**
   * Adds a text as it is meant to be seen: what would end the markup is escaped, and what would
   * change how its surroundings look, or is no character at all, becomes U+FFFD.
   */
  HtmlPage text(String text) {
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                default -> out.appendCodePoint(isPlain(c) ? c : REPLACEMENT);
              }
            });
    return this;
  }

  /**
   * Tells control characters, overrides of the writing direction and halves of characters apart.
   */
  private static boolean isPlain(int c) {
    boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
    boolean direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return !control && !direction && !half && (c & 0xFFFE) != 0xFFFE;
  }

  /** Shortens what would push everything else off the page; the JSON report has all of it. */
  private static String bounded(String text) {
    if (text.length() <= MAX_CELL) {
      return text;
    }
    return text.substring(0, MAX_CELL) + "… (" + text.length() + " characters)";
  }

  HtmlPage element(String name, String text) {
    return raw("<" + name + ">").text(text).raw("</" + name + ">\n");
  }

  HtmlPage section(String title) {
    return element("h2", title);
  }

  HtmlPage table(String... headings) {
    raw("<table><thead><tr>");
    for (String heading : headings) {
      element("th", heading);
    }
    return raw("</tr></thead><tbody>\n");
  }

  HtmlPage endTable() {
    return raw("</tbody></table>\n");
  }

  HtmlPage row() {
    return raw("<tr>");
  }

  HtmlPage endRow() {
    return raw("</tr>\n");
  }

  HtmlPage cell(@Nullable String text) {
    return element("td", text == null ? "" : bounded(text));
  }

  HtmlPage numberCell(String text) {
    return raw("<td class=\"n\">").text(text).raw("</td>");
  }

  HtmlPage codeCell(String text) {
    return raw("<td><code>").text(bounded(text)).raw("</code></td>");
  }

  HtmlPage badgeCell(String word) {
    return raw("<td>").badge(word).raw("</td>");
  }

  HtmlPage badge(String word) {
    String tone =
        switch (word) {
          case "SUCCESS", "DONE", "COMPLETED", "IDENTICAL" -> "ok";
          case "WARNING" -> "warn";
          case "FAILURE", "FAILED", "ERROR", "CRITICAL", "DIFFERS" -> "bad";
          default -> "none";
        };
    return raw("<b class=\"badge " + tone + "\">").text(word).raw("</b>");
  }
}
