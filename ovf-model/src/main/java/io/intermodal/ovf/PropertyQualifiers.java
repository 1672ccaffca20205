package io.intermodal.ovf;

import io.intermodal.ovf.internal.Texts;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the values of a property beyond its type, or asks the platform for one (DSP0243
 * "ProductSection": {@code MinLen}, {@code MaxLen}, {@code ValueMap}; VMware's {@code MinValue},
 * {@code MaxValue} and {@code vmw:qualifiers}). Names count in any letter case. Immutable.
 *
 * @param text as written; empty for none
 * @param list all of them in order, unknown and broken ones too
 */
public record PropertyQualifiers(String text, List<Qualifier> list) {

  private static final PropertyQualifiers NONE = new PropertyQualifiers("", List.of());
  private static final Set<String> BOUNDS =
      Set.of("minlen", "maxlen", "minvalue", "maxvalue", "valuemap", "values");

  /**
   * Is one qualifier.
   *
   * @param name as written
   * @param arguments without their quotes
   * @param whole whether its brackets and quotes close; a qualifier that is not whole bounds
   *     nothing
   */
  public record Qualifier(String name, List<String> arguments, boolean whole) {

    /** Validates the name and copies the list. */
    public Qualifier {
      Objects.requireNonNull(name, "name");
      arguments = List.copyOf(arguments);
    }

    boolean named(String other) {
      return name.equalsIgnoreCase(other);
    }
  }

  /** Names what the platform may be asked for. */
  public enum Filling {
    IP,
    VIMIP,
    AUTOIP,
    NET,
    NETMASK,
    GATEWAY,
    DOMAINNAME,
    HOSTPREFIX,
    DNS,
    SUBNET,
    SEARCHPATH,
    HTTPPROXY;

    static Optional<Filling> of(String name) {
      String upper = name.toUpperCase(Locale.ROOT);
      return Stream.of(values()).filter(filling -> filling.name().equals(upper)).findFirst();
    }
  }

  /**
   * Asks the platform for a value.
   *
   * @param network the network it is about; null when none is named
   */
  public record PlatformValue(Filling filling, @Nullable String network) {

    /** Validates the parts. */
    public PlatformValue {
      Objects.requireNonNull(filling, "filling");
    }
  }

  /** Validates the text and copies the list. */
  public PropertyQualifiers {
    Objects.requireNonNull(text, "text");
    list = List.copyOf(list);
  }

  /** Returns qualifiers that bound nothing. */
  public static PropertyQualifiers none() {
    return NONE;
  }

  /** Reads qualifiers; never fails, takes time in proportion to the length. */
  public static PropertyQualifiers parse(String text) {
    ArgumentScanner scanner = new ArgumentScanner(text);
    List<Qualifier> list = new ArrayList<>();
    scanner.skipSeparators();
    while (!scanner.atEnd()) {
      String name = scanner.name();
      if (name.isEmpty()) {
        list.add(new Qualifier(scanner.junk(), List.of(), false));
      } else if (scanner.atBracket()) {
        List<String> arguments = scanner.arguments();
        list.add(new Qualifier(name, arguments == null ? List.of() : arguments, arguments != null));
      } else {
        list.add(new Qualifier(name, List.of(), true));
      }
      scanner.skipSeparators();
    }
    return new PropertyQualifiers(text, list);
  }

  /** Returns these and others after them. */
  public PropertyQualifiers and(PropertyQualifiers others) {
    if (others.list.isEmpty()) {
      return this;
    }
    return list.isEmpty()
        ? others
        : new PropertyQualifiers(
            text + " " + others.text, Stream.concat(list.stream(), others.list.stream()).toList());
  }

  /** Finds the least length, in characters. */
  public Optional<Integer> minLength() {
    return first("MinLen", PropertyQualifiers::length);
  }

  /** Finds the largest length, in characters. */
  public Optional<Integer> maxLength() {
    return first("MaxLen", PropertyQualifiers::length);
  }

  /** Finds the least number. */
  public Optional<BigDecimal> minValue() {
    return first("MinValue", Values::number);
  }

  /** Finds the largest number. */
  public Optional<BigDecimal> maxValue() {
    return first("MaxValue", Values::number);
  }

  /** Returns the values to choose from; empty when there is no choice. */
  public List<String> choices() {
    return list.stream()
        .filter(q -> q.named("ValueMap") && q.whole())
        .map(Qualifier::arguments)
        .findFirst()
        .orElse(List.of());
  }

  /** Finds what the platform is asked for. */
  public Optional<PlatformValue> platformValue() {
    for (Qualifier qualifier : list) {
      Optional<Filling> filling = Filling.of(qualifier.name());
      if (filling.isPresent() && fits(qualifier)) {
        List<String> arguments = qualifier.arguments();
        String network =
            arguments.isEmpty() || arguments.get(0).isEmpty() ? null : arguments.get(0);
        return Optional.of(new PlatformValue(filling.get(), network));
      }
    }
    return Optional.empty();
  }

  /** Returns those that are not known, or not whole, and therefore count for nothing. */
  public List<Qualifier> notUnderstood() {
    return list.stream().filter(qualifier -> !fits(qualifier)).toList();
  }

  private static boolean fits(Qualifier qualifier) {
    String name = qualifier.name().toLowerCase(Locale.ROOT);
    List<String> arguments = qualifier.arguments();
    if (!qualifier.whole()) {
      return false;
    }
    if (!BOUNDS.contains(name)) {
      return arguments.size() <= 1 && Filling.of(name).isPresent();
    }
    return switch (name) {
      case "minlen", "maxlen" -> arguments.size() == 1 && length(arguments.get(0)) != null;
      case "minvalue", "maxvalue" ->
          arguments.size() == 1 && Values.number(arguments.get(0)) != null;
      default -> !arguments.isEmpty();
    };
  }

  private <T> Optional<T> first(String name, Function<String, @Nullable T> read) {
    for (Qualifier qualifier : list) {
      if (qualifier.named(name) && fits(qualifier)) {
        return Optional.ofNullable(read.apply(qualifier.arguments().get(0)));
      }
    }
    return Optional.empty();
  }

  private static @Nullable Integer length(String text) {
    BigInteger number = Values.wholeNumber(text);
    return number == null ? null : Values.whole(new BigDecimal(number));
  }

  /**
   * Says what is wrong with a value, as {@link PropertyType#check} does.
   *
   * @return nothing when the value is within all bounds
   */
  public List<String> check(PropertyType.Kind kind, String value) {
    List<String> problems = new ArrayList<>();
    Values.checkLength(minLength().orElse(null), maxLength().orElse(null), value, problems);
    BigDecimal number = kind.isNumber() ? Values.number(value.strip()) : null;
    if (number != null) {
      Values.checkRange(minValue().orElse(null), maxValue().orElse(null), number, problems);
    }
    List<String> choices = choices();
    if (!choices.isEmpty() && !choices.contains(value)) {
      problems.add(Values.mustBeOneOf(choices));
    }
    return List.copyOf(problems);
  }

  /** Gives them as written. */
  @Override
  public String toString() {
    return Texts.shorten(text);
  }
}
