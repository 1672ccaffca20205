package io.intermodal.driver.local;

import io.intermodal.Cancellation;
import io.intermodal.Progress;
import io.intermodal.convert.Converters;
import io.intermodal.convert.Fidelity;
import io.intermodal.convert.FormatEdge;
import io.intermodal.convert.spi.DiskConverter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Set;

/** Stands for converters between raw and the native formats: it copies the bytes as they are. */
final class FakeConverter implements DiskConverter {

  static Converters converters() {
    return Converters.of(List.of(new FakeConverter()), List.of());
  }

  @Override
  public String id() {
    return "fake";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public List<FormatEdge> edges() {
    return List.of(
        new FormatEdge("fake", "raw", "qcow2", 1, Fidelity.CONTENT),
        new FormatEdge("fake", "qcow2", "raw", 1, Fidelity.CONTENT),
        new FormatEdge("fake", "raw", "vmdk-streamOptimized", 1, Fidelity.CONTENT),
        new FormatEdge("fake", "vmdk-streamOptimized", "raw", 1, Fidelity.CONTENT));
  }

  @Override
  public Set<String> readableFormats() {
    return Set.of("raw", "qcow2", "vmdk-streamOptimized");
  }

  @Override
  public Result convert(Request request) {
    try {
      SeekableByteChannel source = request.source();
      ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
      while (source.read(buffer.clear()) > 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          request.target().write(buffer);
        }
      }
      return new Result(source.size(), null, source.size(), source.size(), "copied");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    throw new UnsupportedOperationException("not needed here");
  }
}
