package io.intermodal.disk.internal.engine;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.ZstdCodecs;
import io.intermodal.disk.spi.ZstdCodec;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/** Decompresses and compresses blocks with zstd, as far as a codec for it is there. */
final class ZstdBlocks {

  private final String name;
  private @Nullable ZstdCodec found;
  private int consumed;

  ZstdBlocks(String name) {
    this.name = name;
  }

  /** Returns how long the frame at the start of a payload is. */
  int length(Extent extent) {
    try {
      return ZstdFrame.length(extent.bytes(), extent.from(), extent.size());
    } catch (DataFormatException e) {
      throw damaged(extent, String.valueOf(e.getMessage()));
    }
  }

  /** Decompresses the frame at the start of a payload and returns how much it yielded. */
  int decode(Extent extent, byte[] into, int at) {
    ZstdCodec codec = codec();
    if (codec == null) {
      throw Problems.at(
          DiskError.FEATURE_UNSUPPORTED,
          name,
          extent.storedAt(),
          "block of the disk's byte " + extent.offset(),
          ZstdCodecs.WAY_OUT);
    }
    consumed = length(extent);
    try {
      return codec.decompress(extent.bytes(), extent.from(), consumed, into, at, extent.unit());
    } catch (RuntimeException e) {
      // Whatever a decoder trips over is the block's fault; its own words are for its authors.
      throw damaged(
          extent, "it cannot be decompressed to at most " + extent.unit() + " bytes by zstd");
    }
  }

  /** Returns how many bytes of the payload belonged to the last frame that was decoded. */
  int consumed() {
    return consumed;
  }

  /** Compresses a unit and returns the length; 0 when it would not get smaller. */
  int compress(byte[] bytes, int from, int length, byte[] into, int at) {
    ZstdCodec codec = codec();
    if (codec == null) {
      throw Problems.cannotWrite(DiskError.FEATURE_UNSUPPORTED, name, ZstdCodecs.WAY_OUT);
    }
    return codec.compress(bytes, from, length, into, at, length - 1);
  }

  /** Looks for a codec when one is needed first, which for most images is never. */
  private @Nullable ZstdCodec codec() {
    if (found == null) {
      found = ZstdCodecs.find().orElse(null);
    }
    return found;
  }

  private RuntimeException damaged(Extent extent, String why) {
    return Problems.damaged(
        name, extent.storedAt(), "block of the disk's byte " + extent.offset(), why);
  }
}
