package io.intermodal.disk.internal.xva;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.XvaDisk;
import io.intermodal.disk.internal.Head;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.StoredBytes;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where in an archive the chunks of each disk start, found by reading headers alone. */
public final class XvaIndex {

  private final OvaXml description;
  private final List<XvaDisk> disks;
  private final Map<String, Long> starts;
  private final int firstLength;

  private XvaIndex(
      OvaXml description, List<XvaDisk> disks, Map<String, Long> starts, int firstLength) {
    this.description = description;
    this.disks = disks;
    this.starts = starts;
    this.firstLength = firstLength;
  }

  /**
   * Looks through an archive that is not compressed.
   *
   * @throws io.intermodal.IntermodalException {@code FORMAT_UNSUPPORTED} when it is compressed
   */
  public static XvaIndex of(StoredBytes archive) {
    refuseCompressed(archive);
    TarInput tar = new TarInput(ArchiveInput.of(archive, 0));
    OvaXml description = OvaXml.read(tar);
    List<XvaDisk> disks = new ArrayList<>();
    Map<String, Long> starts = new HashMap<>();
    int firstLength = 0;
    String current = "";
    for (TarMember member = tar.next(); member != null; member = tar.next()) {
      ChunkName chunk = ChunkName.of(member.name());
      XvaDisk disk = chunk == null ? null : description.disk(chunk.reference());
      if (disk != null && !disk.reference().equals(current)) {
        current = disk.reference();
        if (disks.isEmpty()) {
          firstLength = firstLength(archive, member);
        }
        if (starts.putIfAbsent(current, member.at()) != null) {
          throw Problems.damaged(
              archive.name(),
              member.at(),
              "chunk " + TarInput.shown(member.name()),
              "the chunks of its disk are in two places");
        }
        disks.add(disk);
      }
      tar.skip(member);
    }
    return new XvaIndex(description, List.copyOf(disks), starts, firstLength);
  }

  private static void refuseCompressed(StoredBytes archive) {
    String with = compressedWith(Head.of(archive));
    if (with != null) {
      throw Problems.refuse(
          DiskError.FORMAT_UNSUPPORTED,
          archive.name(),
          "the archive is compressed with " + with + "; unpack it first (" + with + " -d)");
    }
  }

  private static @Nullable String compressedWith(Head head) {
    if (head.has(0, "\u001f\u008b")) {
      return "gzip";
    }
    return head.intAt(0, ByteOrder.LITTLE_ENDIAN) == XvaFormat.ZSTD_MAGIC ? "zstd" : null;
  }

  private static int firstLength(StoredBytes archive, TarMember member) {
    if (member.size() == 0 || member.size() > ChunkCursor.MAX_CHUNK) {
      throw Problems.damaged(
          archive.name(),
          member.at(),
          "chunk " + TarInput.shown(member.name()),
          "the first chunk of all has 1 to 1048576 bytes, not " + member.size());
    }
    return (int) member.size();
  }

  /** Returns the description. */
  public OvaXml description() {
    return description;
  }

  /** Returns the disks that have data in the archive, in its order. */
  public List<XvaDisk> disks() {
    return disks;
  }

  /** Returns where the first chunk's header of a disk is that has data. */
  long startOf(XvaDisk disk) {
    Long start = starts.get(disk.reference());
    if (start == null) {
      throw new IllegalArgumentException("the archive has no data of " + disk.reference());
    }
    return start;
  }

  /** Returns how long the first chunk of the first disk is. */
  int firstLength() {
    return firstLength;
  }
}
