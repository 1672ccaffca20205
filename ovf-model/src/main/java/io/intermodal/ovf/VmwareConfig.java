package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Is a setting of VMware's on a hardware section or an item: {@code vmw:Config} or {@code
 * vmw:ExtraConfig}.
 *
 * @param extra whether it is an ExtraConfig, a line of the machine's .vmx file
 * @param key the name, as {@code slotInfo.pciSlotNumber}; null when absent
 * @param value null when absent
 * @param required whether a consumer must understand it; true where nothing is said
 * @param configurations the deployment options it is for; empty for all
 */
public record VmwareConfig(
    boolean extra,
    @Nullable String key,
    @Nullable String value,
    boolean required,
    List<String> configurations) {

  /** Copies the list. */
  public VmwareConfig {
    configurations = List.copyOf(configurations);
  }

  /** Returns the settings directly in a hardware section or an item, in order. */
  public static List<VmwareConfig> in(XmlElement of) {
    Objects.requireNonNull(of, "of");
    Dialect dialect = new Dialect(of.namespace());
    return of.elements()
        .filter(e -> e.is(Dialect.VMW, "Config") || e.is(Dialect.VMW, "ExtraConfig"))
        .map(
            e ->
                new VmwareConfig(
                    e.localName().equals("ExtraConfig"),
                    attribute(e, "key"),
                    attribute(e, "value"),
                    !Texts.isFalse(dialect.filled(e, "required")),
                    Texts.words(dialect.filled(e, "configuration"))))
        .toList();
  }

  /**
   * Finds the value of a key that counts in a configuration: that of a Config before that of an
   * ExtraConfig, the one for the configuration before the one for all.
   *
   * @param configuration the id of a deployment option; null for none
   */
  public static Optional<String> value(
      List<VmwareConfig> configs, String key, @Nullable String configuration) {
    return inEffect(configs, key, configuration).map(VmwareConfig::value).findFirst();
  }

  /** Returns what states a key in a configuration, in the order in which it counts. */
  static Stream<VmwareConfig> inEffect(
      List<VmwareConfig> configs, String key, @Nullable String configuration) {
    return configs.stream()
        .filter(c -> key.equals(c.key()) && c.value() != null)
        .filter(
            c ->
                c.configurations().isEmpty()
                    || (configuration != null && c.configurations().contains(configuration)))
        .sorted(Comparator.comparingInt(VmwareConfig::rank));
  }

  private int rank() {
    return (extra ? 2 : 0) + (configurations.isEmpty() ? 1 : 0);
  }

  private static @Nullable String attribute(XmlElement e, String name) {
    return Optional.ofNullable(FirmwarePlaces.value(e, name))
        .map(Dialect::blankToNull)
        .orElse(null);
  }

  /** Names key and value, a value that may be a secret by its key left out. */
  @Override
  public String toString() {
    boolean secret = key != null && Secrets.named(key, null);
    return key + "=" + (secret ? "***" : value);
  }
}
