package io.intermodal.ovf;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Is the type of a property: one of CIM's (DSP0243 "ProductSection", DSP0004 "Intrinsic types") or
 * one of VMware's, in any letter case. A text that is no type is {@link Kind#UNKNOWN} and bounds
 * nothing.
 *
 * @param kind what the values are
 * @param text the type as written
 * @param minimum the least number, or for texts the least length; null when the kind alone bounds
 * @param maximum the largest number, or for texts the largest length; null as {@code minimum}
 * @param choices the values to choose from; empty for no choice
 * @param network the network from whose pool an address comes; null when none is named
 */
public record PropertyType(
    Kind kind,
    String text,
    @Nullable BigDecimal minimum,
    @Nullable BigDecimal maximum,
    List<String> choices,
    @Nullable String network) {

  /** Names what values are. */
  public enum Kind {
    UINT8(8, false),
    UINT16(16, false),
    UINT32(32, false),
    UINT64(64, false),
    SINT8(8, true),
    SINT16(16, true),
    SINT32(32, true),
    SINT64(64, true),
    /** {@code true} or {@code false} in any letter case. */
    BOOLEAN,
    STRING,
    REAL32,
    REAL64,
    /** VMware's signed integer, taken to have 64 bits. */
    INT(64, true),
    /** VMware's floating-point number, as REAL64. */
    REAL,
    /** VMware's address, as a literal of IPv4 or IPv6. */
    IP,
    /** VMware's text that is a secret. */
    PASSWORD,
    /** VMware's text that the platform computes. */
    EXPRESSION,
    /** None that is known. */
    UNKNOWN;

    private final @Nullable BigInteger least;
    private final @Nullable BigInteger most;

    Kind() {
      least = null;
      most = null;
    }

    Kind(int bits, boolean signed) {
      int magnitude = signed ? bits - 1 : bits;
      most = BigInteger.ONE.shiftLeft(magnitude).subtract(BigInteger.ONE);
      least = signed ? BigInteger.ONE.shiftLeft(magnitude).negate() : BigInteger.ZERO;
    }

    /** Tells whether values are texts, of which the empty one is a value like any other. */
    public boolean isText() {
      return this == STRING || this == PASSWORD || this == EXPRESSION || this == UNKNOWN;
    }

    /** Tells whether values are numbers, whole or not. */
    public boolean isNumber() {
      return most != null || this == REAL32 || this == REAL64 || this == REAL;
    }
  }

  private static final Pattern RANGE =
      Pattern.compile("(?<least>[+-]?[0-9.]{0,40})\\.\\.(?<most>[+-]?[0-9.]{0,40})");
  private static final Pattern BASE = Pattern.compile("\\s*([A-Za-z]{1,12}[0-9]{0,2})\\s*");

  /** Validates the parts and copies the list. */
  public PropertyType {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(text, "text");
    choices = List.copyOf(choices);
  }

  /** Reads a type; never fails, takes time in proportion to the length. */
  public static PropertyType parse(String text) {
    Matcher base = BASE.matcher(text);
    if (!base.lookingAt()) {
      return unknown(text);
    }
    Kind kind = kind(base.group(1));
    String rest = text.substring(base.end()).strip();
    if (kind == Kind.UNKNOWN || rest.isEmpty()) {
      return new PropertyType(kind, text, null, null, List.of(), null);
    }
    if (rest.startsWith(":")) {
      return kind == Kind.IP ? address(text, rest.substring(1).strip()) : unknown(text);
    }
    ArgumentScanner scanner = new ArgumentScanner(rest);
    boolean round = rest.charAt(0) == '(';
    List<String> arguments = scanner.arguments();
    if (arguments == null || !scanner.atEnd()) {
      return unknown(text);
    }
    if (!round) {
      return rest.charAt(0) == '[' && kind == Kind.STRING && !arguments.isEmpty()
          ? new PropertyType(kind, text, null, null, arguments, null)
          : unknown(text);
    }
    return arguments.size() == 1 && kind != Kind.BOOLEAN && kind != Kind.IP
        ? ranged(kind, text, arguments.get(0))
        : unknown(text);
  }

  private static Kind kind(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    for (Kind kind : Kind.values()) {
      if (kind.name().equals(upper)) {
        return kind;
      }
    }
    return Kind.UNKNOWN;
  }

  private static PropertyType unknown(String text) {
    return new PropertyType(Kind.UNKNOWN, text, null, null, List.of(), null);
  }

  private static PropertyType address(String text, String network) {
    String name = network;
    if (name.length() > 1 && "\"'".indexOf(name.charAt(0)) >= 0) {
      ArgumentScanner scanner = new ArgumentScanner(name);
      String quoted = scanner.quoted();
      name = quoted != null && scanner.atEnd() ? quoted : name;
    }
    return name.isEmpty()
        ? unknown(text)
        : new PropertyType(Kind.IP, text, null, null, List.of(), name);
  }

  private static PropertyType ranged(Kind kind, String text, String range) {
    Matcher bounds = RANGE.matcher(range.replace(" ", ""));
    if (!bounds.matches()) {
      return unknown(text);
    }
    BigDecimal least = Values.number(bounds.group("least"));
    BigDecimal most = Values.number(bounds.group("most"));
    boolean whole =
        (least != null || bounds.group("least").isEmpty())
            && (most != null || bounds.group("most").isEmpty());
    return whole && (least != null || most != null)
        ? new PropertyType(kind, text, least, most, List.of(), null)
        : unknown(text);
  }

  /** Tells whether values are secrets. */
  public boolean isSecret() {
    return kind == Kind.PASSWORD;
  }

  /** Tells whether the platform gives a value when the deployer gives none. */
  public boolean filledByPlatform() {
    return kind == Kind.EXPRESSION || network != null;
  }

  /**
   * Says what is wrong with a value, each as the end of a sentence: "must be true or false". The
   * value is not repeated: it may be a secret.
   *
   * @return nothing when the value is of this type
   */
  public List<String> check(String value) {
    List<String> problems = new ArrayList<>();
    // Blanks around a number mean nothing, as in XML Schema; they occur.
    String bare = kind.isText() ? value : value.strip();
    switch (kind) {
      case BOOLEAN -> {
        String lower = bare.toLowerCase(Locale.ROOT);
        if (!lower.equals("true") && !lower.equals("false")) {
          problems.add("must be true or false");
        }
      }
      case IP -> {
        if (!IpLiterals.isAddress(bare)) {
          problems.add("must be an IPv4 or IPv6 address, as 192.0.2.1 or 2001:db8::1");
        }
      }
      case REAL32, REAL64, REAL -> checkReal(bare, problems);
      case STRING, PASSWORD ->
          Values.checkLength(Values.whole(minimum), Values.whole(maximum), value, problems);
      case EXPRESSION, UNKNOWN -> {
        // Any text will do.
      }
      default -> checkWhole(bare, problems);
    }
    if (!choices.isEmpty() && !choices.contains(value)) {
      problems.add(Values.mustBeOneOf(choices));
    }
    return List.copyOf(problems);
  }

  private void checkWhole(String value, List<String> problems) {
    BigInteger least = Objects.requireNonNull(kind.least);
    BigInteger most = Objects.requireNonNull(kind.most);
    BigInteger number = Values.wholeNumber(value);
    if (number == null || number.compareTo(least) < 0 || number.compareTo(most) > 0) {
      problems.add("must be a whole number from " + least + " to " + most);
    } else {
      Values.checkRange(minimum, maximum, new BigDecimal(number), problems);
    }
  }

  private void checkReal(String value, List<String> problems) {
    BigDecimal number = Values.number(value);
    boolean single = kind == Kind.REAL32;
    if (number == null
        || (single
            ? Float.isInfinite(number.floatValue())
            : Double.isInfinite(number.doubleValue()))) {
      problems.add("must be a number as 4.5 or 1.5e3 that fits " + (single ? 32 : 64) + " bits");
    } else {
      Values.checkRange(minimum, maximum, number, problems);
    }
  }

  /** Gives the type as written. */
  @Override
  public String toString() {
    return text;
  }
}
