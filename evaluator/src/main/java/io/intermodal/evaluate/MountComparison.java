package io.intermodal.evaluate;

import io.intermodal.evaluate.ObservedValue.Mounts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Test 2.2.c of table III. A mount point that both sides have must have kept its size; what is left
 * over on both sides must have the same sizes, as the same file systems mounted elsewhere.
 */
final class MountComparison {
  private MountComparison() {}

  static Verdict compare(Mounts source, Mounts target, RuleParameters parameters) {
    if (source.mounts().equals(target.mounts())) {
      return Verdict.unchanged(target);
    }
    Differences<Mount> differences =
        Pairing.of(source.mounts(), target.mounts())
            .by(mount -> mount)
            .by(Mount::path)
            .differences(Mount::equals);
    if (differences.isEmpty()) {
      return Verdict.unchanged(target);
    }
    boolean moved =
        differences.changed().isEmpty()
            && sizes(differences.missing()).equals(sizes(differences.extra()));
    return moved
        ? Verdict.of(
            Score.WARNING,
            () ->
                "no size changed, but mount points did: "
                    + Words.list(differences.missing(), Mount::describe)
                    + " became "
                    + Words.list(differences.extra(), Mount::describe))
        : Verdict.failure(() -> differences.describe(Mount::describe));
  }

  private static List<Long> sizes(List<Mount> mounts) {
    List<Long> sizes = new ArrayList<>(mounts.size());
    for (Mount mount : mounts) {
      sizes.add(mount.bytes());
    }
    Collections.sort(sizes);
    return sizes;
  }

  static String words(RuleParameters parameters) {
    return "SUCCESS if mount points and sizes are unchanged, WARNING if mount points changed and no"
        + " size did, FAILURE otherwise";
  }
}
