package io.intermodal.disk.internal.vhdx;

import static io.intermodal.disk.internal.vhdx.Vhdx.MEBIBYTE;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.internal.Appender;
import io.intermodal.disk.internal.ByteTarget;
import io.intermodal.disk.internal.Encoding;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.ExtentWriter;
import io.intermodal.disk.internal.Geometry;
import io.intermodal.disk.internal.Identifiers;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.WriteSettings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes a dynamic image: log, metadata, table, then blocks in the guest's order. What is not
 * written of a block is a hole of the file. Headers go last, so that a torn file is none.
 */
final class VhdxWriter implements ExtentWriter {

  private static final String CREATOR = "Intermodal";
  private static final int DEFAULT_BLOCK = 32 * MEBIBYTE;
  private static final int LOGICAL_SECTOR = 512;
  private static final int PHYSICAL_SECTOR = 4096;
  private static final long LOG_OFFSET = MEBIBYTE;
  private static final int LOG_BYTES = MEBIBYTE;
  private static final long METADATA_OFFSET = LOG_OFFSET + LOG_BYTES;
  private static final long BAT_OFFSET = METADATA_OFFSET + MEBIBYTE;
  private static final int BAT_BUFFER = 64 * 1024;
  private static final int DATA_BUFFER = MEBIBYTE;

  private final ByteTarget target;
  private final WriteSettings settings;
  private final Metadata metadata;
  private final RegionTable.Region bat;
  private final Appender table;
  private final Appender data;
  private final byte[] entryBytes = new byte[8];
  private final ByteBuffer entry = Vhdx.little(entryBytes);

  /** The first block whose entry is not written yet; the one before it may be open still. */
  private long nextBlock;

  /** Where the open block starts, and where the next one will. */
  private long place;

  private long nextPlace;

  VhdxWriter(ByteTarget target, WriteSettings settings) {
    if (!target.seekable()) {
      throw Problems.cannotWrite(
          DiskError.FORMAT_UNSUPPORTED,
          target.name(),
          "VHDX cannot go to a stream, its header is written last");
    }
    int block = settings.options().clusterBytes().orElse(DEFAULT_BLOCK);
    if (block < Vhdx.MIN_BLOCK) {
      throw Problems.cannotWrite(
          DiskError.OPTION_UNSUPPORTED,
          target.name(),
          "a block of VHDX has 1 to 256 MiB, not " + block + " bytes");
    }
    if (settings.virtualSizeBytes() > Geometry.MAX_VIRTUAL_BYTES) {
      throw Problems.cannotWrite(
          DiskError.TOO_LARGE, target.name(), "VHDX holds disks of 64 TiB and no larger");
    }
    this.target = target;
    this.settings = settings;
    this.metadata =
        new Metadata(
            block,
            false,
            settings.virtualSizeBytes(),
            Identifiers.uuid(settings, "vhdx disk"),
            LOGICAL_SECTOR,
            PHYSICAL_SECTOR);
    long tableBytes = Geometry.roundUp(Math.max(1, metadata.tableEntries() * 8), MEBIBYTE);
    this.bat = new RegionTable.Region(Vhdx.BAT_REGION, BAT_OFFSET, tableBytes);
    this.table = new Appender(target, BAT_OFFSET, BAT_BUFFER);
    this.nextPlace = BAT_OFFSET + tableBytes;
    this.data = new Appender(target, nextPlace, DATA_BUFFER);
  }

  @Override
  public Encoding wanted() {
    return Encoding.RAW;
  }

  @Override
  public void write(Extent extent) {
    int block = metadata.blockBytes();
    for (int done = 0; done < extent.size(); ) {
      long guest = extent.offset() + done;
      int within = (int) (guest % block);
      int n = Math.min(extent.size() - done, block - within);
      open(guest / block);
      data.moveTo(place + within);
      data.append(extent.bytes(), extent.from() + done, n);
      done += n;
    }
  }

  private void open(long block) {
    if (block < nextBlock) {
      return;
    }
    enterZeros(block);
    place = nextPlace;
    nextPlace += metadata.blockBytes();
    // The place counts in MiB from bit 20 on, which is the place in bytes itself.
    enter(place | BlockTable.FULLY_PRESENT);
  }

  /**
   * Says of all blocks before one that they are zeros. To leave their entries empty would do for
   * every reader known, but the format then calls their content undefined.
   */
  private void enterZeros(long end) {
    while (nextBlock < end) {
      enter(BlockTable.ZERO);
    }
  }

  private void enter(long value) {
    if (nextBlock > 0 && nextBlock % metadata.chunkRatio() == 0) {
      append(0);
    }
    append(value);
    nextBlock++;
  }

  private void append(long value) {
    entry.putLong(0, value);
    table.append(entryBytes, 0, entryBytes.length);
  }

  @Override
  public void finish() {
    enterZeros(metadata.blocks());
    table.flush();
    data.flush();
    target.extendTo(nextPlace);
    put(METADATA_OFFSET, metadata.forWriting());
    RegionTable.Region meta =
        new RegionTable.Region(Vhdx.METADATA_REGION, METADATA_OFFSET, MEBIBYTE);
    put(Vhdx.REGION_TABLE_1, RegionTable.forWriting(bat, meta));
    put(Vhdx.REGION_TABLE_2, RegionTable.forWriting(bat, meta));
    put(Vhdx.HEADER_1, header(1));
    put(Vhdx.HEADER_2, header(2));
    put(0, fileIdentifier());
  }

  private ByteBuffer header(long sequence) {
    return VhdxHeader.forWriting(
        sequence,
        Identifiers.uuid(settings, "vhdx file"),
        Identifiers.uuid(settings, "vhdx data"),
        LOG_BYTES,
        LOG_OFFSET);
  }

  private static ByteBuffer fileIdentifier() {
    byte[] creator = CREATOR.getBytes(StandardCharsets.UTF_16LE);
    ByteBuffer identifier = Vhdx.little(8 + creator.length);
    Vhdx.putSignature(identifier, 0, Vhdx.FILE_SIGNATURE);
    identifier.put(8, creator);
    return identifier;
  }

  private void put(long at, ByteBuffer bytes) {
    target.write(bytes.duplicate().clear(), at);
  }
}
