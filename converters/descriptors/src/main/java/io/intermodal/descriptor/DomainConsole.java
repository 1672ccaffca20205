package io.intermodal.descriptor;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says how a guest's text console is reached.
 *
 * @param element {@code serial} or {@code console}
 * @param type its backend: {@code pty}, {@code tcp}, {@code file} and others
 * @param targetType what the guest sees: {@code isa-serial}, {@code serial}, {@code xen}; null when
 *     not stated
 * @param port its number, from 0; null when not stated
 * @param path terminal on the host, known while it runs; null when not stated
 */
public record DomainConsole(
    String element,
    String type,
    @Nullable String targetType,
    @Nullable Integer port,
    @Nullable String path) {

  /** Validates that the names are there. */
  public DomainConsole {
    Objects.requireNonNull(element, "element");
    Objects.requireNonNull(type, "type");
  }
}
