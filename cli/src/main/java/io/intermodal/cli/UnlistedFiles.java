package io.intermodal.cli;

import io.intermodal.ovf.packaging.Verification;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Names the files that a manifest does not vouch for, since it does not list them. */
final class UnlistedFiles {

  private static final int MOST_NAMED = 5;

  private UnlistedFiles() {}

  /** Returns their names, the descriptor called one; empty when all are listed. */
  static Optional<String> of(Verification result) {
    List<String> names = result.unlisted();
    if (names.isEmpty()) {
      return Optional.empty();
    }
    int more = names.size() - MOST_NAMED;
    return Optional.of(
        names.stream()
                .limit(MOST_NAMED)
                .map(name -> (isDescriptor(name) ? "the descriptor " : "") + name)
                .collect(Collectors.joining(", "))
            + (more > 0 ? " and " + Console.count(more, "other") : ""));
  }

  static boolean hasDescriptor(Verification result) {
    return result.unlisted().stream().anyMatch(UnlistedFiles::isDescriptor);
  }

  private static boolean isDescriptor(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".ovf");
  }
}
