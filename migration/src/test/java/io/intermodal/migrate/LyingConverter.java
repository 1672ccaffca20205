package io.intermodal.migrate;

import io.intermodal.Cancellation;
import io.intermodal.Progress;
import io.intermodal.convert.FormatEdge;
import io.intermodal.convert.spi.DiskConverter;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Set;

/** Converts well and then tells another digest than the one of what it read. */
record LyingConverter(DiskConverter real) implements DiskConverter {

  @Override
  public String id() {
    return real.id();
  }

  @Override
  public String version() {
    return "lying";
  }

  @Override
  public List<FormatEdge> edges() {
    return real.edges();
  }

  @Override
  public Set<String> readableFormats() {
    return real.readableFormats();
  }

  @Override
  public Result convert(Request request) {
    Result result = real.convert(request);
    return new Result(
        result.capacityBytes(), "0".repeat(64), result.bytesRead(), result.bytesWritten(), "lied");
  }

  @Override
  public long capacityBytes(SeekableByteChannel source, String format) {
    return real.capacityBytes(source, format);
  }

  @Override
  public String contentDigest(
      SeekableByteChannel source,
      String format,
      String task,
      Progress.Listener progress,
      Cancellation cancellation) {
    return real.contentDigest(source, format, task, progress, cancellation);
  }
}
