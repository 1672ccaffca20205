package io.intermodal.hypervisor;

import java.util.Objects;

/**
 * States one drive for removable media. Media do not move with a machine; the drive does.
 *
 * @param key stable name of the drive within the machine
 * @param kind what it takes
 */
public record RemovableDrive(String key, Kind kind) {

  /** Names what a drive takes. */
  public enum Kind {
    /** CD or DVD. */
    OPTICAL,
    /** Floppy disk. */
    FLOPPY
  }

  /** Validates that both parts are there. */
  public RemovableDrive {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(kind, "kind");
  }
}
