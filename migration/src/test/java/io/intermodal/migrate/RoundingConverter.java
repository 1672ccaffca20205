package io.intermodal.migrate;

import io.intermodal.Cancellation;
import io.intermodal.Progress;
import io.intermodal.convert.FormatEdge;
import io.intermodal.convert.spi.DiskConverter;
import io.intermodal.disk.CopyResult;
import io.intermodal.disk.DiskCopy;
import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.DiskSource;
import io.intermodal.disk.DiskTarget;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Set;

/** Makes each disk a MiB larger, as formats do that round sizes up. */
record RoundingConverter(DiskConverter real) implements DiskConverter {

  @Override
  public String id() {
    return real.id();
  }

  @Override
  public String version() {
    return "rounding";
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
    long size = capacityBytes(request.source(), request.sourceFormat());
    CopyResult result =
        DiskCopy.from(
                DiskSource.channel("source", request.source())
                    .as(new DiskFormat(request.sourceFormat())))
            .to(
                DiskTarget.channel("target", request.target()),
                new DiskFormat(request.targetFormat()))
            .atLeast(size + (1 << 20))
            .run();
    return new Result(
        result.virtualSizeBytes(),
        result.contentDigest().orElseThrow(),
        result.targetContentDigest().orElseThrow(),
        result.bytesRead(),
        result.bytesWritten(),
        "rounded up");
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
