package io.intermodal.disk.internal.vmdk;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.ImageOptions;
import io.intermodal.disk.internal.Problems;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The disk adapters that a descriptor may name, and the geometry that goes with each. */
enum AdapterType {
  IDE("ide", 16, 16383),
  LSILOGIC("lsilogic", 255, Long.MAX_VALUE),
  BUSLOGIC("buslogic", 255, Long.MAX_VALUE),
  LEGACY_ESX("legacyESX", 255, Long.MAX_VALUE);

  static final int SECTORS = 63;

  /** A paravirtual adapter has no name of its own in a descriptor; VMware writes this one. */
  private static final String PARAVIRTUAL = "pvscsi";

  private final String word;
  private final int heads;
  private final long maxCylinders;

  AdapterType(String word, int heads, long maxCylinders) {
    this.word = word;
    this.heads = heads;
    this.maxCylinders = maxCylinders;
  }

  /** Returns what the caller chose; lsilogic when nothing was. */
  static AdapterType chosen(ImageOptions options, String target) {
    Optional<String> word = options.adapterType();
    if (word.isEmpty() || word.get().equalsIgnoreCase(PARAVIRTUAL)) {
      return LSILOGIC;
    }
    AdapterType known = of(word.get());
    if (known == null) {
      throw Problems.cannotWrite(
          DiskError.OPTION_UNSUPPORTED,
          target,
          "a VMDK names no adapter "
              + word.get()
              + "; choose ide, lsilogic, buslogic, legacyESX or pvscsi");
    }
    return known;
  }

  /** Says what was written in place of what was chosen. */
  static List<String> notes(ImageOptions options) {
    return options.adapterType().filter(PARAVIRTUAL::equalsIgnoreCase).isPresent()
        ? List.of("the adapter pvscsi is written as lsilogic, for a VMDK has no other name for it")
        : List.of();
  }

  static @Nullable AdapterType of(String word) {
    for (AdapterType type : values()) {
      if (type.word.equalsIgnoreCase(word)) {
        return type;
      }
    }
    return null;
  }

  int heads() {
    return heads;
  }

  long cylinders(long capacity) {
    return Math.max(1, Math.min(capacity / ((long) heads * SECTORS), maxCylinders));
  }

  @Override
  public String toString() {
    return word;
  }
}
