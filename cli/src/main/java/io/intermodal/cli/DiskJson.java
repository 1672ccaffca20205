package io.intermodal.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.disk.CopyResult;

/** Writes what a copy of a disk did as JSON. */
final class DiskJson {

  private DiskJson() {}

  static void put(ObjectNode root, CopyResult result) {
    root.put("sourceFormat", result.sourceFormat().id());
    root.put("targetFormat", result.targetFormat().id());
    root.put("virtualSizeBytes", result.virtualSizeBytes());
    root.put("contentDigest", result.contentDigest().orElse(null));
    root.put("targetContentDigest", result.targetContentDigest().orElse(null));
    ObjectNode digests = root.putObject("sourceDigests");
    result.sourceDigests().forEach(digests::put);
    root.put("bytesRead", result.bytesRead());
    root.put("bytesWritten", result.bytesWritten());
    root.put("passedThroughBlocks", result.passedThroughBlocks());
  }
}
