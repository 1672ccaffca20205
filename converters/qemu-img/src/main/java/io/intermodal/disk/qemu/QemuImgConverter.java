package io.intermodal.disk.qemu;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.intermodal.BuildVersion;
import io.intermodal.Cancellation;
import io.intermodal.CommonError;
import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.Progress;
import io.intermodal.convert.ConvertError;
import io.intermodal.convert.Fidelity;
import io.intermodal.convert.FormatEdge;
import io.intermodal.convert.spi.DiskConverter;
import io.intermodal.disk.Compression;
import io.intermodal.disk.CopyResult;
import io.intermodal.disk.DiskCopy;
import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.DiskImages;
import io.intermodal.disk.DiskSource;
import io.intermodal.disk.DiskTarget;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads formats that only QEMU knows. {@code qemu-img} unpacks such an image to a sparse raw file
 * in the folder for temporary files, and the disk engine makes the target out of that, so that
 * digests and formats are the same as for every other disk. Found by {@code ServiceLoader}; without
 * {@code qemu-img} on the path it offers nothing. Stateless and thread-safe.
 *
 * <p>A base image is never opened, and an image is handed over only after its header was looked at.
 */
public final class QemuImgConverter implements DiskConverter {

  /** CPU milliseconds for one gigabyte of data: unpacked, written, read again, written. */
  private static final int COST = 30_000;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Makes the plugin; called by {@code ServiceLoader}. */
  public QemuImgConverter() {}

  @Override
  public String id() {
    return "qemu-img";
  }

  @Override
  public String version() {
    return BuildVersion.of(QemuImgConverter.class)
        + QemuImg.find().map(tool -> " with " + tool.version()).orElse(" without qemu-img");
  }

  @Override
  public List<FormatEdge> edges() {
    List<FormatEdge> edges = new ArrayList<>();
    for (String from : readableFormats()) {
      for (DiskFormat to : DiskImages.writableFormats()) {
        if (DiskImages.isOneFile(to)) {
          edges.add(new FormatEdge(id(), from, to.id(), COST, Fidelity.CONTENT));
        }
      }
    }
    return edges;
  }

  @Override
  public Set<String> readableFormats() {
    return QemuImg.find().isEmpty()
        ? Set.of()
        : Arrays.stream(ForeignFormat.values())
            .map(ForeignFormat::id)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public Optional<String> detect(SeekableByteChannel source, String disk) {
    if (QemuImg.find().isEmpty()) {
      return Optional.empty();
    }
    byte[] head = Channels.read(source, 0, ForeignFormat.HEAD, disk);
    byte[] tail =
        Channels.read(source, Channels.size(source, disk) - ForeignFormat.HEAD, 512, disk);
    return ForeignFormat.detect(head, tail).map(ForeignFormat::id);
  }

  @Override
  public Result convert(Request request) {
    Channels.compareDigests(
        request.source(), request.expectedDigests(), request.task(), request.cancellation());
    DiskFormat targetFormat = new DiskFormat(request.targetFormat());
    try (Unpacked raw =
        unpack(request.source(), request.sourceFormat(), request.task(), request.cancellation())) {
      CopyResult result =
          DiskCopy.from(raw.source())
              .to(DiskTarget.channel(request.task(), request.target()), targetFormat)
              .compress(targetFormat.equals(DiskFormat.QCOW2) ? Compression.NONE : Compression.FAST)
              .progress(renamed(request.task(), request.progress()))
              .cancellation(request.cancellation())
              .run();
      List<String> notes = new ArrayList<>(result.notes());
      notes.add(0, "unpacked by qemu-img");
      return new Result(
          result.virtualSizeBytes(),
          result.contentDigest().orElse(null),
          result.targetContentDigest().orElse(null),
          Channels.size(request.source(), request.task()),
          result.bytesWritten(),
          String.join("; ", notes));
    }
  }

  @Override
  public long capacityBytes(SeekableByteChannel source, String format) {
    ForeignFormat foreign = foreign(format);
    try (HandedOver file = HandedOver.of(source, foreign, "disk", Cancellation.none())) {
      String text =
          tool().run(List.of("info", "--output=json", file.json()), "disk", Cancellation.none());
      return JSON.readTree(text).path("virtual-size").longValue();
    } catch (JsonProcessingException e) {
      throw new IntermodalException(
          ConvertError.CONVERSION_FAILED, "cannot read what qemu-img says of the disk", e);
    }
  }

  @Override
  public String contentDigest(
      SeekableByteChannel source,
      String format,
      String task,
      Progress.Listener progress,
      Cancellation cancellation) {
    try (Unpacked raw = unpack(source, format, task, cancellation)) {
      return DiskImages.contentDigest(raw.source(), renamed(task, progress), cancellation);
    }
  }

  private static Unpacked unpack(
      SeekableByteChannel source, String format, String task, Cancellation cancellation) {
    Unpacked raw = new Unpacked(temporary());
    try (HandedOver file = HandedOver.of(source, foreign(format), task, cancellation)) {
      tool()
          .run(
              List.of("convert", "-O", "raw", file.json(), raw.file().toString()),
              task,
              cancellation);
      Unpacked done = raw;
      raw = null;
      return done;
    } finally {
      if (raw != null) {
        raw.close();
      }
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempFile("intermodal-qemu-", ".raw");
    } catch (IOException e) {
      throw new IntermodalException(
          CommonError.WRITE_FAILED, "cannot make a temporary file: " + Errors.reason(e), e);
    }
  }

  private static QemuImg tool() {
    return QemuImg.find()
        .orElseThrow(
            () ->
                new IntermodalException(
                    ConvertError.CONVERSION_FAILED,
                    "cannot read the disk without qemu-img; install it (Debian: qemu-utils)"));
  }

  private static ForeignFormat foreign(String id) {
    return ForeignFormat.of(id)
        .orElseThrow(
            () ->
                new IntermodalException(
                    ConvertError.UNKNOWN_FORMAT, "cannot read the disk format " + id));
  }

  private static Progress.Listener renamed(String task, Progress.Listener listener) {
    return progress ->
        listener.progress(new Progress(task, progress.doneBytes(), progress.totalBytes()));
  }

  /** A raw file that goes away with it. */
  private record Unpacked(Path file) implements AutoCloseable {

    DiskSource source() {
      return DiskSource.file(file).as(DiskFormat.RAW);
    }

    @Override
    public void close() {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        file.toFile().deleteOnExit();
      }
    }
  }

  static String text(Map<String, ?> json) {
    try {
      return "json:" + JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
