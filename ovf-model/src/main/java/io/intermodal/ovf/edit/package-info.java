/**
 * Edits envelopes and converts them between dialects. Work is done on the tree that was read, so
 * what an edit does not touch stays as it was written: order, comments, prefixes, foreign parts.
 * The entry is {@link io.intermodal.ovf.edit.EnvelopeEditor}; each edit says in words what it
 * changed, in an {@link io.intermodal.ovf.edit.EditReport}.
 */
@NullMarked
package io.intermodal.ovf.edit;

import org.jspecify.annotations.NullMarked;
