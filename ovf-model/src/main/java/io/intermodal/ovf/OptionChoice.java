package io.intermodal.ovf;

import io.intermodal.IntermodalException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses the deployment option that counts (DSP0243 "DeploymentOptionSection"). */
final class OptionChoice {

  private OptionChoice() {}

  static List<DeploymentOption> options(List<Section> sections) {
    return sections.stream()
        .filter(Section.DeploymentOptions.class::isInstance)
        .flatMap(s -> ((Section.DeploymentOptions) s).options().stream())
        .toList();
  }

  /** Finds the one that counts when none is chosen: the marked one, else the first. */
  static Optional<String> standard(List<Section> sections) {
    List<DeploymentOption> options = options(sections);
    return options.stream()
        .filter(DeploymentOption::markedDefault)
        .findFirst()
        .or(() -> options.stream().findFirst())
        .map(DeploymentOption::id);
  }

  /**
   * Returns the one that was asked for, else the standard one, else null.
   *
   * @throws IntermodalException {@link OvfError#CONFIGURATION_UNKNOWN} when there is no such option
   */
  static @Nullable String of(List<Section> sections, @Nullable String wanted) {
    List<String> ids = options(sections).stream().map(DeploymentOption::id).toList();
    if (wanted != null && !ids.contains(wanted)) {
      throw new IntermodalException(
          OvfError.CONFIGURATION_UNKNOWN,
          "cannot choose the deployment option "
              + wanted
              + ": "
              + (ids.isEmpty()
                  ? "the envelope has none; leave it out"
                  : "there are " + String.join(", ", ids)));
    }
    return wanted != null ? wanted : standard(sections).orElse(null);
  }
}
