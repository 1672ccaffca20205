package io.intermodal.ovf.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.intermodal.ovf.internal.Dialect;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Breaks one document; what it makes depends on the seed and the inputs only. */
final class Mutator {

  /** Long enough to show what grows faster than its input, short enough for many. */
  private static final int MOST = 1 << 18;

  private static final int BLOCK = 512;
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");
  private static final Pattern NAMESPACE = Pattern.compile("http://[A-Za-z0-9./_-]+");
  private static final Pattern ELEMENT =
      Pattern.compile("<([A-Za-z:]+)[^<>]*>[^<>]*(?:<[^<>]*>[^<>]*){0,24}</\\1>");
  private static final Pattern TAG = Pattern.compile("</?[^<>]*>");
  private static final Pattern QUOTED = Pattern.compile("(?<=\")[^\"<>=]*(?=\")");
  private static final Pattern CONTENT = Pattern.compile("(?<=>)[^<>]+(?=<)");

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-1",
          "00000000001",
          "2147483648",
          "9223372036854775807",
          "18446744073709551615",
          "99999999999999999999999999999999999999",
          "1e999999999",
          "0x10",
          "1.5",
          "9".repeat(5000),
          "\u00b2");

  private static final List<String> NAMESPACES =
      List.of(
          Dialect.OVF1,
          Dialect.OVF2,
          Dialect.OVIRT,
          Dialect.OVF09,
          Dialect.DRAFT,
          Dialect.RASD,
          Dialect.VSSD,
          Dialect.CIM + "StorageAllocationSettingData",
          Dialect.CIM + "EthernetPortAllocationSettingData",
          Dialect.VMW,
          Dialect.VBOX,
          Dialect.XSI,
          "http://schemas.dmtf.org/ovf/environment/1",
          "urn:none");

  private static final List<String> TOKENS =
      List.of(
          "",
          " ",
          "<",
          ">",
          "&",
          "&#0;",
          "&#xD800;",
          "&e;",
          "]]>",
          "<![CDATA[",
          "<!--",
          "-->",
          "<?xml version='1.0' encoding='UTF-16'?>",
          "<?xml version='1.1'?>",
          "<!DOCTYPE a [<!ENTITY e 'e'>]>",
          "</Envelope>",
          "xmlns=''",
          "xmlns:ovf='urn:x'",
          "\u0000",
          "\u00ff\u00fe",
          "\u00ef\u00bb\u00bf",
          "\u00c3",
          "${a}",
          "${",
          "ovf:/disk/",
          "ovf:/file/",
          "../..",
          "%00",
          "%",
          "byte * 2^99",
          "byte * 2^^",
          "bound='min'",
          "ovf:configuration='x'",
          "ValueMap{\"a\",\"",
          "Ip('",
          "SHA256(",
          ")= ",
          "disk1",
          "file1",
          "17",
          "true",
          "ovf:DiskSection_Type",
          "ovf:VirtualSystem_Type",
          "VirtualSystemCollection",
          "min",
          "max",
          "MegaBytes",
          "a b\tc",
          "string(1..",
          "MinLen(5) MaxLen(99999999999)",
          "2012-13-99T99:99:99Z",
          "00:50:56:00:00:zz");

  private static final List<String> PLAIN =
      Stream.concat(TOKENS.stream(), NUMBERS.stream())
          .filter(t -> t.chars().noneMatch(c -> c < ' ' || c > '~' || "<>&\"'".indexOf(c) >= 0))
          .toList();

  private final List<FuzzInput> inputs;

  Mutator(List<FuzzInput> inputs) {
    this.inputs = List.copyOf(inputs);
  }

  /** Returns a broken document; its name is that of the input it was made of. */
  FuzzInput broken(long seed) {
    // Random's first numbers are alike for seeds that follow one another.
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    random.nextInt();
    FuzzInput input = any(random);
    StringBuilder text = new StringBuilder(input.text());
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      mutate(text, input.kind(), random);
    }
    if (text.length() > MOST && text.length() > input.text().length()) {
      text.setLength(Math.max(MOST, input.text().length()));
    }
    return new FuzzInput(input.name(), input.kind(), text.toString());
  }

  private void mutate(StringBuilder text, FuzzInput.Kind kind, Random random) {
    if (text.isEmpty()) {
      text.append(pick(TOKENS, random));
      return;
    }
    if (kind == FuzzInput.Kind.ARCHIVE && random.nextInt(3) > 0) {
      header(text, random);
      return;
    }
    int at = random.nextInt(text.length());
    if (random.nextInt(4) > 0) {
      gently(text, at, random);
      return;
    }
    switch (random.nextInt(9)) {
      case 0 -> text.setCharAt(at, (char) (text.charAt(at) ^ 1 << random.nextInt(8)));
      case 1 -> text.setCharAt(at, (char) random.nextInt(256));
      case 2 -> text.setLength(at);
      case 3 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(200)));
      case 4 -> {
        String other = any(random).text();
        text.setLength(at);
        text.append(other, random.nextInt(other.length() + 1), other.length());
      }
      case 5 -> text.insert(at, pick(TOKENS, random));
      case 6 -> replace(text, TAG, at, pick(TOKENS, random));
      case 7 -> repeat(text, TAG, at, random);
      default -> {
        String part = text.substring(at, Math.min(text.length(), at + 1 + random.nextInt(100)));
        text.insert(at, part.repeat(times(part, random)));
      }
    }
  }

  /** Breaks the meaning and, mostly, not the form: what a parser refuses never meets the model. */
  private void gently(StringBuilder text, int at, Random random) {
    switch (random.nextInt(7)) {
      case 0 -> replace(text, QUOTED, at, pick(PLAIN, random));
      case 1 -> replace(text, CONTENT, at, pick(PLAIN, random));
      case 2 -> replace(text, NUMBER, at, pick(NUMBERS, random));
      case 3 -> replace(text, ELEMENT, at, "");
      case 4 -> repeat(text, ELEMENT, at, random);
      case 5 -> {
        // An element of another document, or of another place, where it may mean something else.
        MatchResult other =
            find(new StringBuilder(any(random).text()), ELEMENT, random.nextInt(4096));
        if (other != null) {
          replace(text, ELEMENT, at, other.group());
        }
      }
      default -> namespace(text, at, random);
    }
  }

  private FuzzInput any(Random random) {
    return inputs.get(random.nextInt(inputs.size()));
  }

  /** Moves a whole document, or one declaration, to another namespace. */
  private static void namespace(StringBuilder text, int at, Random random) {
    MatchResult found = find(text, NAMESPACE, at);
    if (found == null) {
      return;
    }
    String other = pick(NAMESPACES, random);
    if (random.nextBoolean()) {
      text.replace(found.start(), found.end(), other);
    } else {
      String all = text.toString().replace(found.group(), other);
      text.setLength(0);
      text.append(all);
    }
  }

  private static void replace(StringBuilder text, Pattern what, int at, String by) {
    MatchResult found = find(text, what, at);
    if (found != null) {
      text.replace(found.start(), found.end(), by);
    }
  }

  private static void repeat(StringBuilder text, Pattern what, int at, Random random) {
    MatchResult found = find(text, what, at);
    if (found != null) {
      text.insert(found.end(), found.group().repeat(times(found.group(), random)));
    }
  }

  /** Mostly a few times; now and then as often as there is room. */
  private static int times(String part, Random random) {
    int room = MOST / Math.max(1, part.length());
    return random.nextInt(20) == 0 ? room : Math.min(room, 1 + random.nextInt(8));
  }

  private static MatchResult find(StringBuilder text, Pattern what, int at) {
    Matcher matcher = what.matcher(text);
    int start = Math.min(text.length(), Math.max(0, at - 1));
    return matcher.find(start) || matcher.find(0) ? matcher.toMatchResult() : null;
  }

  /** Breaks a field of one tar header and, mostly, sets its sum right so that it is believed. */
  private static void header(StringBuilder text, Random random) {
    int blocks = text.length() / BLOCK;
    int from = blocks == 0 ? 0 : random.nextInt(Math.min(blocks, 64)) * BLOCK;
    if (text.length() < from + BLOCK) {
      return;
    }
    switch (random.nextInt(6)) {
      case 0 -> put(text, from + random.nextInt(100), pick(TOKENS, random));
      case 1 -> put(text, from + 124, String.format("%011o", random.nextLong() & 0x1ffffffffL));
      case 2 -> put(text, from + 124, pick(NUMBERS, random).substring(0, 1) + "\u0080\u00ff7 ");
      case 3 ->
          text.setCharAt(
              from + 156, pick(List.of("0", "1", "5", "L", "x", "g", "S"), random).charAt(0));
      case 4 ->
          put(
              text,
              from + 257,
              pick(List.of("ustar\u000000", "ustar  \u0000", "\u0000\u0000\u0000"), random));
      default -> text.setCharAt(from + random.nextInt(BLOCK), (char) random.nextInt(256));
    }
    if (random.nextInt(8) > 0) {
      int sum = 0;
      for (int i = 0; i < BLOCK; i++) {
        sum += i >= 148 && i < 156 ? ' ' : text.charAt(from + i);
      }
      put(text, from + 148, String.format("%06o\u0000 ", sum));
    }
  }

  private static void put(StringBuilder text, int at, String what) {
    int end = Math.min(text.length(), at + what.length());
    text.replace(at, end, what.substring(0, end - at));
  }

  private static String pick(List<String> from, Random random) {
    String picked = from.get(random.nextInt(from.size()));
    return new String(picked.getBytes(ISO_8859_1), ISO_8859_1);
  }
}
