package io.intermodal.ovf.packaging;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.OvfError;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes a package: files in the order of the descriptor's References, then the descriptor with a
 * manifest for all of it. What is written is complete or absent. Not thread-safe.
 */
public sealed interface PackageWriter extends AutoCloseable permits OvaWriter, FolderWriter {

  /**
   * Says what was written.
   *
   * @param name the name the file was added by
   * @param sizeBytes the size as stored, of all parts, for {@code ovf:size}
   * @param entries the lines of the manifest: one, or one for each part
   */
  record Written(String name, long sizeBytes, List<Manifest.Entry> entries) {

    /** Copies the list. */
    public Written {
      entries = List.copyOf(entries);
    }
  }

  /**
   * Adds a file; it is digested while it is written.
   *
   * @param name the name in the package, as in the descriptor's href before percent-encoding
   * @throws IllegalArgumentException when the name is none that every reader takes, or is used
   * @throws IntermodalException {@code WRITE_FAILED}, or what the content throws
   */
  default Written addFile(String name, FileContent content) {
    return addFile(name, StoredForm.plain(), content);
  }

  /**
   * Adds a file that is compressed or cut into parts.
   *
   * @throws IllegalStateException when the target needs to know sizes beforehand
   */
  Written addFile(String name, StoredForm form, FileContent content);

  /**
   * Adds a file whose size is known.
   *
   * @throws IllegalStateException when the content has another size
   */
  Written addFile(String name, long sizeBytes, FileContent content);

  /** Adds a file of the disk. */
  Written addFile(String name, Path from);

  /**
   * Writes the descriptor and the manifest, and the certificate when there is a signer, and lets
   * the package appear.
   *
   * @throws IllegalArgumentException when the descriptor does not state the form a file was stored
   *     in
   * @throws IntermodalException {@link OvfError#DESCRIPTOR_TOO_LONG} when it is longer than the
   *     room kept for it; {@code WRITE_FAILED}
   */
  void finish(byte[] descriptor);

  /** Deletes what was written, unless it was finished. */
  @Override
  void close();
}
