package io.intermodal.xml;

import io.intermodal.CommonError;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of a document into characters. The bytes decide over the declaration: real
 * products declare UTF-16 and write UTF-8, which every XML parser refuses. The declaration is
 * overwritten with blanks, so the parser never sees what it says and places stay as they were.
 */
final class Decoded {

  private static final Pattern DECLARATION =
      Pattern.compile("<\\?xml(?=\\s)[^>]{0,400}?\\?>", Pattern.DOTALL);
  private static final Pattern ENCODING =
      Pattern.compile("\\sencoding\\s*=\\s*[\"']([A-Za-z][A-Za-z0-9._\\-]*)[\"']");
  private static final Pattern VERSION = Pattern.compile("\\sversion\\s*=\\s*[\"']([^\"']*)[\"']");

  private final char[] chars;
  private final String encoding;
  private final List<XmlWarning> warnings;

  private Decoded(char[] chars, String encoding, List<XmlWarning> warnings) {
    this.chars = chars;
    this.encoding = encoding;
    this.warnings = warnings;
  }

  /** Returns the characters; not a copy, since documents are large. */
  char[] chars() {
    return chars;
  }

  String encoding() {
    return encoding;
  }

  List<XmlWarning> warnings() {
    return warnings;
  }

  static Decoded of(String source, byte[] bytes) {
    List<XmlWarning> warnings = new ArrayList<>();
    Mark mark = Mark.of(bytes);
    Charset sure = mark.charset();
    Charset charset = sure != null ? sure : StandardCharsets.UTF_8;
    String head = head(bytes, mark, charset);
    int blank = 0;
    while (blank < head.length() && " \t\r\n".indexOf(head.charAt(blank)) >= 0) {
      blank++;
    }
    Matcher declaration = DECLARATION.matcher(head).region(blank, head.length());
    boolean declared = declaration.lookingAt();
    if (declared) {
      if (blank > 0) {
        warnings.add(
            new XmlWarning(
                XmlWarning.Kind.LEADING_WHITE_SPACE,
                "white space before the XML declaration; skipped it"));
      }
      charset = declaredCharset(declaration.group(), sure, warnings);
    }
    CharBuffer text = decode(source, bytes, mark.length(), charset, sure, warnings);
    char[] chars = chars(text);
    if (declared) {
      // Wide characters in a broken declaration make the text shorter than the bytes.
      int end = Math.min(declaration.end(), chars.length);
      for (int i = declaration.start(); i < end; i++) {
        chars[i] = chars[i] == '\n' || chars[i] == '\r' ? chars[i] : ' ';
      }
    }
    String used =
        warnings.stream().anyMatch(w -> w.kind() == XmlWarning.Kind.ENCODING_LIE) && sure == null
            ? "UTF-8"
            : charset.name();
    return new Decoded(chars, used, List.copyOf(warnings));
  }

  private static String head(byte[] bytes, Mark mark, Charset charset) {
    int length = Math.min(bytes.length - mark.length(), 4096);
    // A declaration is ASCII, so an 8-bit view shows it whatever the encoding turns out to be.
    Charset view = charset.equals(StandardCharsets.UTF_8) ? StandardCharsets.ISO_8859_1 : charset;
    return new String(bytes, mark.length(), length, view);
  }

  private static Charset declaredCharset(
      String declaration, @Nullable Charset sure, List<XmlWarning> warnings) {
    Matcher version = VERSION.matcher(declaration);
    if (version.find() && !version.group(1).equals("1.0")) {
      warnings.add(
          new XmlWarning(
              XmlWarning.Kind.VERSION, "the declaration does not say version 1.0; read it as 1.0"));
    }
    Matcher encoding = ENCODING.matcher(declaration);
    Charset fallback = sure != null ? sure : StandardCharsets.UTF_8;
    if (!encoding.find()) {
      return fallback;
    }
    String name = encoding.group(1);
    Charset named = charset(name);
    if (named == null) {
      warnings.add(
          new XmlWarning(
              XmlWarning.Kind.ENCODING_UNKNOWN,
              "the declared encoding " + name + " is unknown; read it as " + fallback.name()));
      return fallback;
    }
    boolean wideName =
        name.toUpperCase(Locale.ROOT).matches("(UTF-?(16|32)|ISO-10646|UCS-?[24]).*");
    if (sure == null) {
      if (wideName || !asciiCompatible(named)) {
        lie(name, "UTF-8", warnings);
        return StandardCharsets.UTF_8;
      }
      return named;
    }
    String sureName = sure.name();
    if (!(sureName.equals(named.name()) || (wideName && sureName.startsWith(named.name())))) {
      lie(name, sureName, warnings);
    }
    return sure;
  }

  private static void lie(String declared, String real, List<XmlWarning> warnings) {
    warnings.add(
        new XmlWarning(
            XmlWarning.Kind.ENCODING_LIE,
            "the document declares "
                + declared
                + " but its bytes are "
                + real
                + "; read it as "
                + real));
  }

  private static @Nullable Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return null;
    }
  }

  private static boolean asciiCompatible(Charset charset) {
    byte[] ascii = "<?xml =\"'>".getBytes(StandardCharsets.US_ASCII);
    return new String(ascii, charset).equals("<?xml =\"'>");
  }

  private static CharBuffer decode(
      String source,
      byte[] bytes,
      int from,
      Charset charset,
      @Nullable Charset sure,
      List<XmlWarning> warnings) {
    ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
    try {
      return strict(charset, in);
    } catch (CharacterCodingException e) {
      if (sure == null && !charset.equals(StandardCharsets.UTF_8)) {
        try {
          in.position(from);
          CharBuffer text = strict(StandardCharsets.UTF_8, in);
          lie(charset.name(), "UTF-8", warnings);
          return text;
        } catch (CharacterCodingException second) {
          e.addSuppressed(second);
        }
      }
      throw new XmlException(
          CommonError.XML_MALFORMED,
          source,
          0,
          0,
          "the byte at offset "
              + in.position()
              + " is not "
              + charset.name()
              + "; it looks like "
              + ContentKind.of(bytes).description(),
          e);
    }
  }

  private static CharBuffer strict(Charset charset, ByteBuffer in) throws CharacterCodingException {
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .decode(in);
  }

  /** Takes the array over where it is full, as it is when each byte was a character. */
  private static char[] chars(CharBuffer text) {
    if (text.hasArray() && text.remaining() == text.array().length) {
      return text.array();
    }
    char[] chars = new char[text.remaining()];
    text.get(chars);
    return chars;
  }

  /** Holds the byte order mark, or what the first bytes give away without one. */
  private record Mark(@Nullable Charset charset, int length) {

    static Mark of(byte[] b) {
      int b0 = at(b, 0);
      int b1 = at(b, 1);
      int b2 = at(b, 2);
      if (b0 == 0xef && b1 == 0xbb && b2 == 0xbf) {
        return new Mark(StandardCharsets.UTF_8, 3);
      }
      if (b0 == 0xfe && b1 == 0xff) {
        return new Mark(StandardCharsets.UTF_16BE, 2);
      }
      if (b0 == 0xff && b1 == 0xfe) {
        return new Mark(StandardCharsets.UTF_16LE, 2);
      }
      if (b0 == 0 && b1 == '<') {
        return new Mark(StandardCharsets.UTF_16BE, 0);
      }
      if (b0 == '<' && b1 == 0) {
        return new Mark(StandardCharsets.UTF_16LE, 0);
      }
      return new Mark(null, 0);
    }

    private static int at(byte[] b, int index) {
      return index < b.length ? b[index] & 0xff : -1;
    }
  }
}
