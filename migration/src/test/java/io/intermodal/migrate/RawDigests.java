package io.intermodal.migrate;

import io.intermodal.Cancellation;
import io.intermodal.Progress;
import io.intermodal.convert.FormatEdge;
import io.intermodal.convert.spi.DiskConverter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Set;

/** Digests small raw disks on the spot and converts nothing; raw is copied as it is. */
final class RawDigests implements DiskConverter {

  @Override
  public String id() {
    return "raw-digests";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public List<FormatEdge> edges() {
    return List.of();
  }

  @Override
  public Set<String> readableFormats() {
    return Set.of("raw");
  }

  @Override
  public Result convert(Request request) {
    throw new IllegalStateException("there is nothing to convert");
  }

  @Override
  public long capacityBytes(SeekableByteChannel source, String format) {
    try {
      return source.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String contentDigest(
      SeekableByteChannel source,
      String format,
      String task,
      Progress.Listener progress,
      Cancellation cancellation) {
    try {
      ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(source.size()));
      source.position(0);
      while (all.hasRemaining() && source.read(all) >= 0) {
        // A channel may give less than was asked for.
      }
      return Integer.toHexString(all.flip().hashCode());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
