package io.intermodal.disk.internal.vmdk;

import static io.intermodal.disk.internal.Geometry.SECTOR;

import io.intermodal.disk.internal.ByteTarget;
import io.intermodal.disk.internal.Encoding;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.ExtentWriter;
import io.intermodal.disk.internal.WriteSettings;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Writes the guest's bytes to a file beside the descriptor, with holes where they are zeros, and
 * the descriptor last.
 */
final class FlatWriter implements ExtentWriter {

  private static final String SUFFIX = ".vmdk";

  private final ByteTarget target;
  private final ByteTarget flat;
  private final WriteSettings settings;
  private final byte[] descriptor;

  FlatWriter(ByteTarget target, WriteSettings settings, String createType, String extentType) {
    this.target = target;
    this.settings = settings;
    long capacity = settings.virtualSizeBytes() / SECTOR;
    String flatName = flatName(settings.diskName());
    // An offset is part of the line for hosted products, and is not for ESX.
    String offset = extentType.equals("FLAT") ? " 0" : "";
    this.descriptor =
        new DescriptorText(
                createType,
                capacity,
                "RW " + capacity + " " + extentType + " \"" + flatName + '"' + offset,
                AdapterType.chosen(settings.options(), target.name()),
                settings.seed())
            .bytes();
    this.flat = target.companion(flatName);
  }

  private static String flatName(String diskName) {
    boolean suffix = diskName.regionMatches(true, diskName.length() - 5, SUFFIX, 0, 5);
    String base = suffix ? diskName.substring(0, diskName.length() - 5) : diskName;
    return DescriptorText.plain(base) + "-flat.vmdk";
  }

  @Override
  public Encoding wanted() {
    return Encoding.RAW;
  }

  @Override
  public void write(Extent extent) {
    flat.write(ByteBuffer.wrap(extent.bytes(), extent.from(), extent.size()), extent.offset());
  }

  @Override
  public void finish() {
    flat.extendTo(settings.virtualSizeBytes());
    flat.flush();
    target.write(ByteBuffer.wrap(descriptor), 0);
    target.flush();
  }

  @Override
  public List<String> notes() {
    return AdapterType.notes(settings.options());
  }
}
