package io.intermodal.hypervisor;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names a hypervisor: {@code scheme:rest?name=value&name=value}. The rest is taken as it stands, so
 * that a path with blanks needs no escapes; values of parameters are percent-decoded. It never
 * holds a secret: a password in it is refused. Immutable.
 *
 * @param scheme the driver's scheme, in lower case
 * @param rest what stands between the colon and the question mark, not empty
 * @param parameters parameters in their order
 */
public record HypervisorUri(String scheme, String rest, Map<String, String> parameters) {

  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");
  private static final Pattern PASSWORD =
      Pattern.compile(
          "//[^/@]*:[^/@]*@|[?&](password|passwd|pwd|secret|token)=", Pattern.CASE_INSENSITIVE);

  /** Copies the parameters. */
  public HypervisorUri {
    Objects.requireNonNull(scheme, "scheme");
    Objects.requireNonNull(rest, "rest");
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /**
   * Reads a URI.
   *
   * @throws HypervisorException {@code INVALID_URI}; a message never repeats a password
   */
  public static HypervisorUri parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 1 || !SCHEME.matcher(text.substring(0, colon)).matches()) {
      throw invalid(text, "it has no scheme; write for example local:/path?profile=kvm");
    }
    String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
    if (PASSWORD.matcher(text).find()) {
      throw invalid(
          scheme + ":…", "it holds a password; give secrets by environment, file or callback");
    }
    int question = text.indexOf('?', colon);
    String rest = text.substring(colon + 1, question < 0 ? text.length() : question);
    if (rest.isBlank()) {
      throw invalid(text, "nothing stands behind the scheme");
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    if (question >= 0) {
      for (String pair : text.substring(question + 1).split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
          throw invalid(text, "the parameter \"" + pair + "\" is not of the form name=value");
        }
        String name = pair.substring(0, equals);
        if (parameters.put(name, decode(text, pair.substring(equals + 1))) != null) {
          throw invalid(text, "the parameter " + name + " stands twice");
        }
      }
    }
    return new HypervisorUri(scheme, rest, parameters);
  }

  private static String decode(String text, String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw invalid(text, "the value \"" + value + "\" is not percent-encoded well");
    }
  }

  /** Escapes what would read as something else; the rest stays fit for people. */
  private static String encode(String value) {
    return value.replace("%", "%25").replace("&", "%26").replace("+", "%2B");
  }

  private static HypervisorException invalid(String text, String reason) {
    return new HypervisorException(
        HypervisorError.INVALID_URI,
        "core",
        "cannot understand the hypervisor URI " + text + ": " + reason,
        text);
  }

  /** Returns a parameter's value. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /** Returns the URI as text that reads as an equal one. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(scheme).append(':').append(rest);
    char separator = '?';
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      text.append(separator)
          .append(parameter.getKey())
          .append('=')
          .append(encode(parameter.getValue()));
      separator = '&';
    }
    return text.toString();
  }
}
