package io.intermodal.ovf.edit;

import java.util.Objects;

/**
 * Says what an edit or a conversion did, or what follows from it. It holds no value of a property
 * that is a secret.
 *
 * @param kind what sort of change it is
 * @param path the place in the descriptor before the edit: elements from the root
 * @param what what was done, for people
 */
public record Change(Kind kind, String path, String what) {

  /** Tells changes apart, for programs. */
  public enum Kind {
    /** Something was given another value or form. */
    CHANGED,
    /** Something was added. */
    ADDED,
    /** Something was removed because it was asked for, or because it contradicts the edit. */
    REMOVED,
    /** Something did not carry over into the dialect that was asked for. */
    LOST,
    /** Nothing was changed, but a consequence should be known. */
    NOTE
  }

  /** Validates the parts. */
  public Change {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(what, "what");
  }
}
