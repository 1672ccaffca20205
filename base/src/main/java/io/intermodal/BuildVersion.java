package io.intermodal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells which version of a jar is running; for reports and version lines. */
public final class BuildVersion {

  private static final String UNKNOWN = "development";

  private BuildVersion() {}

  /**
   * Returns the version of the jar that holds a class, as its manifest states it on the class path
   * and its module descriptor on the module path; "development" where neither does.
   */
  public static String of(Class<?> type) {
    @Nullable String manifest = type.getPackage().getImplementationVersion();
    if (manifest != null) {
      return manifest;
    }
    return Optional.ofNullable(type.getModule().getDescriptor())
        .flatMap(descriptor -> descriptor.rawVersion())
        .orElse(UNKNOWN);
  }
}
