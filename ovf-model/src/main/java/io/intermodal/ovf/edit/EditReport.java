package io.intermodal.ovf.edit;

import java.util.List;

/**
 * Lists what a series of edits did, in order. Immutable.
 *
 * @param changes empty when all was as asked for already
 */
public record EditReport(List<Change> changes) {

  /** The most changes a report lists; a hostile document must not become an endless one. */
  public static final int MOST = 10_000;

  /** Copies the list. */
  public EditReport {
    changes = List.copyOf(changes);
  }

  /** Returns the changes of a kind, in order. */
  public List<Change> of(Change.Kind kind) {
    return changes.stream().filter(c -> c.kind() == kind).toList();
  }

  /** Tells whether the document is another one than before: whether there is more than notes. */
  public boolean changed() {
    return changes.stream().anyMatch(c -> c.kind() != Change.Kind.NOTE);
  }
}
