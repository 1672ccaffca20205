package io.intermodal.disk.internal.vmdk;

import static io.intermodal.disk.internal.Geometry.SECTOR;

import io.intermodal.disk.internal.ByteTarget;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.ExtentWriter;
import io.intermodal.disk.internal.ReadSettings;
import io.intermodal.disk.internal.SourceBytes;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a streamOptimized image of any layout, writes VMware's, and knows what is different about
 * the two. Grains go from one to the other as they are.
 */
public final class StreamOptimizedRepair {

  private final StreamOptimizedReader reader;
  private final DescriptorRepair descriptor;

  private StreamOptimizedRepair(StreamOptimizedReader reader, DescriptorRepair descriptor) {
    this.reader = reader;
    this.descriptor = descriptor;
  }

  /**
   * Opens the image to repair.
   *
   * @param fileName the name that a descriptor gets which names no usable one
   * @param seed of identifiers that are missing
   */
  public static StreamOptimizedRepair open(
      SourceBytes source, ReadSettings settings, String fileName, long seed) {
    StreamOptimizedReader reader = StreamOptimizedReader.open(source, settings);
    DescriptorRepair descriptor =
        new DescriptorRepair(
            reader.descriptor(), reader.virtualSizeBytes() / SECTOR, fileName, seed);
    return new StreamOptimizedRepair(reader, descriptor);
  }

  /** Returns what reads the image. */
  public ExtentReader reader() {
    return reader;
  }

  /** Starts the image that is right. */
  public ExtentWriter writer(ByteTarget target) {
    return new StreamOptimizedWriter(
        target, reader.virtualSizeBytes() / SECTOR, descriptor.padded(), List.of());
  }

  /** Returns what was changed, in words; complete after the last batch, empty if nothing was. */
  public List<String> changes() {
    List<String> changes = new ArrayList<>();
    SparseHeader was = reader.front();
    byte[] text = descriptor.padded();
    SparseHeader is =
        SparseHeader.forStream(
            reader.virtualSizeBytes() / SECTOR,
            text.length / SECTOR,
            SparseHeader.DIRECTORY_AT_END);
    if (reader.hasTablesInFront()) {
      changes.add("grain directory and grain tables were in front; they follow the grains now");
    }
    if (!reader.hasFooter()) {
      changes.add("there was no footer; there is one now");
    }
    if (!reader.hasEndMarker()) {
      changes.add("there was no end marker; there is one now");
    }
    if (was.capacity() != is.capacity()) {
      changes.add(
          "the header said "
              + was.capacity()
              + " sectors, the footer "
              + is.capacity()
              + "; both say the latter");
    }
    if (was.version() != is.version()) {
      changes.add("the header said version " + was.version() + "; it says " + is.version());
    }
    if (was.flags() != is.flags()) {
      changes.add("the header's flags were 0x%x; they are 0x%x".formatted(was.flags(), is.flags()));
    }
    if (was.unclean()) {
      changes.add("the header said that the image was not closed cleanly; it does not any more");
    }
    if (was.grainSize() != is.grainSize()) {
      changes.add(
          "grains were of "
              + was.grainSize()
              + " sectors; they were compressed anew, to 128 sectors each");
    }
    changes.addAll(places(was, is));
    if (reader.zeroGrains() > 0) {
      changes.add(
          reader.zeroGrains()
              + " grains were marked as zeros, which VMware's layout has no word for; they are"
              + " left out");
    }
    changes.addAll(descriptor.changes());
    return changes;
  }

  private static List<String> places(SparseHeader was, SparseHeader is) {
    List<String> changes = new ArrayList<>();
    if (was.descriptorSize() != 0
        && (was.descriptorOffset() != is.descriptorOffset()
            || was.descriptorSize() != is.descriptorSize())) {
      changes.add(
          "the descriptor took %d sectors from sector %d on; it takes %d from %d on"
              .formatted(
                  was.descriptorSize(),
                  was.descriptorOffset(),
                  is.descriptorSize(),
                  is.descriptorOffset()));
    }
    if (was.overHead() != is.overHead()) {
      changes.add(
          "grains started at sector " + was.overHead() + "; they start at " + is.overHead());
    }
    return changes;
  }
}
