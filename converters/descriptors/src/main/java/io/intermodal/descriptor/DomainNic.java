package io.intermodal.descriptor;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says what libvirt connects a network card to.
 *
 * @param key key of the card in the neutral machine
 * @param type value of {@code interface@type}: {@code network}, {@code bridge}, {@code user} and
 *     others
 * @param source name of the network, bridge or host device; null when there is none
 * @param mac hardware address in lower case; null when not stated
 * @param target name of the device on the host, known while it runs; null when not stated
 * @param filter network filter it refers to; null when there is none
 */
public record DomainNic(
    String key,
    String type,
    @Nullable String source,
    @Nullable String mac,
    @Nullable String target,
    @Nullable String filter) {

  /** Validates that the names are there; the address is put into lower case. */
  public DomainNic {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(type, "type");
    mac = mac == null ? null : mac.toLowerCase(Locale.ROOT);
  }
}
