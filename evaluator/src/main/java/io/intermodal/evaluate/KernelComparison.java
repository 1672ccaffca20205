package io.intermodal.evaluate;

import io.intermodal.evaluate.ObservedValue.Kernel;
import java.util.Locale;

/** Test 2.1.a of table III. */
final class KernelComparison {
  private KernelComparison() {}

  static Verdict compare(Kernel source, Kernel target, RuleParameters parameters) {
    if (!architecture(source).equals(architecture(target))) {
      return Verdict.failure(
          () ->
              "the architecture changed from "
                  + source.architecture()
                  + " to "
                  + target.architecture());
    }
    if (source.release().equals(target.release())) {
      return Verdict.unchanged(target);
    }
    KernelVersion before = KernelVersion.of(source.release());
    boolean sameVersion = before.version().equals(KernelVersion.of(target.release()).version());
    return Verdict.of(
        sameVersion ? parameters.kernelRevisionChange() : Score.FAILURE,
        () ->
            (sameVersion
                    ? "only the revision of version " + before.version() + " changed: "
                    : "the version changed: ")
                + source.release()
                + " became "
                + target.release());
  }

  /** One name for what different guests call differently. */
  private static String architecture(Kernel kernel) {
    String name = kernel.architecture().toLowerCase(Locale.ROOT);
    return switch (name) {
      case "amd64", "x64", "x86-64" -> "x86_64";
      case "arm64" -> "aarch64";
      default -> name;
    };
  }

  static String words(RuleParameters parameters) {
    return "SUCCESS if unchanged, "
        + parameters.kernelRevisionChange()
        + " if only the revision changed, FAILURE if the version or the architecture changed";
  }
}
