package io.intermodal.hypervisor;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * States one network card of a machine.
 *
 * @param key stable name of the card within the machine
 * @param model adapter model in lower case, an open set: {@code e1000}, {@code vmxnet3}, {@code
 *     virtio}, {@code xen-vif}, {@code synthetic}; null when not stated
 * @param network name of the network it connects to; null when it is not connected
 * @param mac six octets in lower case joined by colons; null when the platform chooses
 */
public record NicSpec(
    String key, @Nullable String model, @Nullable String network, @Nullable String mac) {

  private static final Pattern MAC = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");

  /** Validates the key and the address; model and address are put into lower case. */
  public NicSpec {
    Objects.requireNonNull(key, "key");
    if (key.isBlank()) {
      throw new IllegalArgumentException("key must not be blank");
    }
    model = model == null ? null : model.toLowerCase(Locale.ROOT);
    mac = mac == null ? null : mac.toLowerCase(Locale.ROOT).replace('-', ':');
    if (mac != null && !MAC.matcher(mac).matches()) {
      throw new IllegalArgumentException("mac must be six octets joined by colons: " + mac);
    }
  }

  /** Returns this card with another model. */
  public NicSpec withModel(@Nullable String newModel) {
    return new NicSpec(key, newModel, network, mac);
  }

  /** Returns this card on another network. */
  public NicSpec withNetwork(@Nullable String newNetwork) {
    return new NicSpec(key, model, newNetwork, mac);
  }

  /** Returns this card with another address. */
  public NicSpec withMac(@Nullable String newMac) {
    return new NicSpec(key, model, network, newMac);
  }
}
