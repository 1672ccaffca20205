package io.intermodal.disk.internal.vhd;

import io.intermodal.IntermodalException;
import io.intermodal.disk.DiskError;
import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.internal.ByteTarget;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.ExtentWriter;
import io.intermodal.disk.internal.Format;
import io.intermodal.disk.internal.Head;
import io.intermodal.disk.internal.LayeredReader;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.ReadSettings;
import io.intermodal.disk.internal.SourceBytes;
import io.intermodal.disk.internal.StoredBytes;
import io.intermodal.disk.internal.WriteSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The VHD that holds what changed since its parent. The parent is opened only as far as the caller
 * allowed it, and must be the very one that the child was made of.
 */
public final class VhdDifferencingFormat implements Format {

  /** Any kind of VHD may be a parent. */
  private static final DiskFormat VHD = new DiskFormat("vhd");

  @Override
  public DiskFormat id() {
    return DiskFormat.VHD_DIFFERENCING;
  }

  @Override
  public boolean recognises(Head head) {
    return VhdType.of(head) == VhdType.DIFFERENCING;
  }

  @Override
  public ExtentReader open(SourceBytes source, ReadSettings settings) {
    DynamicReader child = DynamicReader.open(source, settings, VhdType.DIFFERENCING);
    StoredBytes file = child.file();
    ExtentReader parent = openParent(file, child.header(), settings);
    String expected = child.header().parentUuid().toString();
    String found = parent.details().getOrDefault("uuid", "unknown");
    if (!found.equals(expected)) {
      // A time stamp is there as well; copying the parent changes that, and not the identifier.
      throw Problems.damaged(
          file.name(),
          child.header().at() + DynamicHeader.PARENT_UUID_AT,
          "VHD header",
          "its parent is the disk with UUID "
              + expected
              + ", the one that was found has "
              + found
              + "; put the right one there");
    }
    DynamicReader.drain(source, settings);
    return new LayeredReader(child, parent);
  }

  private static ExtentReader openParent(
      StoredBytes file, DynamicHeader header, ReadSettings settings) {
    List<ParentReference> references = ParentReference.of(file, header);
    IntermodalException first = null;
    for (ParentReference reference : references) {
      try {
        return settings.backing().open(file.name(), reference.at(), reference.text(), VHD);
      } catch (IntermodalException e) {
        if (e.code() != DiskError.REFERS_TO_ANOTHER_FILE) {
          throw e;
        }
        first = firstOf(first, e);
      }
    }
    throw first == null ? new IllegalStateException("a parent has at least one name") : first;
  }

  private static IntermodalException firstOf(
      @Nullable IntermodalException first, IntermodalException next) {
    if (first == null) {
      return next;
    }
    first.addSuppressed(next);
    return first;
  }

  @Override
  public boolean isWritable() {
    return false;
  }

  @Override
  public boolean writesInOrder(boolean seekable) {
    return false;
  }

  @Override
  public ExtentWriter create(ByteTarget target, WriteSettings settings) {
    throw Problems.cannotWrite(
        DiskError.FORMAT_UNSUPPORTED, target.name(), "the format " + id() + " is read only");
  }
}
