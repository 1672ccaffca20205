package io.intermodal.disk;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says what a copy did.
 *
 * @param sourceFormat what was read
 * @param targetFormat what was written
 * @param virtualSizeBytes the size that a guest sees of what was written: that of the source, or
 *     more when a larger disk was asked for or the format rounds sizes up
 * @param contentDigest the digest of what a guest sees of the source, as by {@link
 *     DiskImages#contentDigest}; empty when it was not asked for
 * @param targetContentDigest the digest of what a guest must see of what was written: the same, or
 *     when that disk is larger that of the source's content with zeros behind its end; empty when
 *     it was not asked for
 * @param sourceDigests digests of all stored bytes of the source in lower-case hex, by algorithm;
 *     those that were asked for or expected
 * @param targetDigests digests of all bytes written, likewise
 * @param bytesRead stored bytes that were read
 * @param bytesWritten bytes that were written, without holes
 * @param passedThroughBlocks how many blocks were passed on without compressing them anew; a block
 *     has 64 KiB, or is a cluster of a compressed qcow2 whose clusters have another size
 * @param notes what was rounded, left out or found odd, for people; empty when nothing was
 */
public record CopyResult(
    DiskFormat sourceFormat,
    DiskFormat targetFormat,
    long virtualSizeBytes,
    Optional<String> contentDigest,
    Optional<String> targetContentDigest,
    Map<String, String> sourceDigests,
    Map<String, String> targetDigests,
    long bytesRead,
    long bytesWritten,
    long passedThroughBlocks,
    List<String> notes) {

  /** Copies the collections. */
  public CopyResult {
    sourceDigests = Map.copyOf(sourceDigests);
    targetDigests = Map.copyOf(targetDigests);
    notes = List.copyOf(notes);
  }

  /** Tells whether any block was passed on without compressing it anew. */
  public boolean passedThrough() {
    return passedThroughBlocks > 0;
  }
}
