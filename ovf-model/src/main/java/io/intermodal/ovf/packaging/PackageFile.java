package io.intermodal.ovf.packaging;

import io.intermodal.ovf.FileReference;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Is a file that the descriptor refers to, with where its bytes are.
 *
 * @param parts the stored parts in order: one, or the chunks; empty when the file is not there, is
 *     at a URL, or is outside of the package
 * @param complete whether all parts are there
 */
public record PackageFile(FileReference reference, List<StoredFile> parts, boolean complete) {

  /** Copies the list. */
  public PackageFile {
    Objects.requireNonNull(reference, "reference");
    parts = List.copyOf(parts);
  }

  /** Returns the ranges to read, in order; compressed content when {@link #gzip()}. */
  public List<FileRange> ranges() {
    return parts.stream().map(StoredFile::range).toList();
  }

  /** Tells whether the parts together are a gzip stream. */
  public boolean gzip() {
    return reference.gzip();
  }

  /** Returns the real size as stored; empty when the file is not there as a whole. */
  public OptionalLong storedBytes() {
    return complete
        ? OptionalLong.of(parts.stream().mapToLong(p -> p.range().length()).sum())
        : OptionalLong.empty();
  }
}
