package io.intermodal.migrate;

import io.intermodal.Cancellation;
import io.intermodal.CommonError;
import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.Progress;
import io.intermodal.convert.Converters;
import io.intermodal.convert.FormatEdge;
import io.intermodal.convert.Route;
import io.intermodal.convert.spi.DiskConverter;
import io.intermodal.hypervisor.MachineExport;
import io.intermodal.hypervisor.MachineImport;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Carries one disk along its route and proves that the guest sees the same bits on both sides: the
 * digest of the content at the source is compared with that of what was written, read back.
 */
final class DiskTransfer {

  private final Converters converters;
  private final Progress.Listener progress;
  private final Cancellation cancellation;

  DiskTransfer(Converters converters, Progress.Listener progress, Cancellation cancellation) {
    this.converters = converters;
    this.progress = progress;
    this.cancellation = cancellation;
  }

  DiskRecord transfer(MachineExport source, MachineImport target, String key, Route route) {
    String digest;
    long capacityBytes;
    long bytesRead;
    long bytesWritten;
    @Nullable String note;
    try (SeekableByteChannel in = source.openDisk(key);
        SeekableByteChannel out = target.openDisk(key, route.to())) {
      DiskConverter.Result result =
          route.edges().isEmpty()
              ? copy(in, out, key, route.from(), source.storedDigests(key))
              : convert(in, out, key, route.edges(), source.storedDigests(key));
      String expected = result.targetContentDigest();
      digest = expected == null ? digest(in, key, route.from()) : expected;
      capacityBytes = result.capacityBytes();
      bytesRead = result.bytesRead();
      bytesWritten = result.bytesWritten();
      note = result.note();
    } catch (IOException e) {
      throw failed(key, e);
    }
    String written;
    try (SeekableByteChannel back = target.reopenDisk(key)) {
      written =
          converters
              .readerOf(route.to())
              .contentDigest(back, route.to(), "verify " + key, progress, cancellation);
    } catch (IOException e) {
      throw failed(key, e);
    }
    DiskRecord record =
        new DiskRecord(
            key, route.explain(), capacityBytes, bytesRead, bytesWritten, digest, written, note);
    if (!record.isIdentical()) {
      throw differs(key, "at the target", written, digest);
    }
    return record;
  }

  private static IntermodalException differs(
      String key, String where, String found, String expected) {
    return new IntermodalException(
        MigrateError.CONTENT_DIFFERS,
        "cannot accept disk "
            + key
            + ": its content "
            + where
            + " differs from the source, "
            + found
            + " instead of "
            + expected
            + "; check the storage and try again",
        key,
        null);
  }

  /** The last conversion writes to the target; those before it to temporary files. */
  private DiskConverter.Result convert(
      SeekableByteChannel in,
      SeekableByteChannel out,
      String key,
      List<FormatEdge> edges,
      Map<String, String> digests)
      throws IOException {
    FormatEdge edge = edges.get(0);
    if (edges.size() == 1) {
      return apply(edge, in, out, key, digests);
    }
    Path temporary = Files.createTempFile("intermodal-", "." + edge.to());
    try (FileChannel between =
        FileChannel.open(temporary, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      DiskConverter.Result first = apply(edge, in, between, key, digests);
      between.position(0);
      DiskConverter.Result rest =
          convert(between, out, key, edges.subList(1, edges.size()), Map.of());
      return new DiskConverter.Result(
          rest.capacityBytes(),
          first.contentDigest(),
          joined(first, rest, key),
          first.bytesRead(),
          rest.bytesWritten(),
          first.note() + "; " + rest.note());
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Returns what the target must show, when what one wrote is what the next one read. */
  private static @Nullable String joined(
      DiskConverter.Result first, DiskConverter.Result rest, String key) {
    String written = first.targetContentDigest();
    if (written == null || rest.contentDigest() == null) {
      return first.capacityBytes() == rest.capacityBytes() ? written : null;
    }
    if (!written.equals(rest.contentDigest())) {
      throw differs(key, "between two conversions", rest.contentDigest(), written);
    }
    return rest.targetContentDigest();
  }

  private DiskConverter.Result apply(
      FormatEdge edge,
      SeekableByteChannel in,
      SeekableByteChannel out,
      String key,
      Map<String, String> digests) {
    return converters
        .disk(edge.converter())
        .convert(
            new DiskConverter.Request(
                in, edge.from(), out, edge.to(), digests, "disk " + key, progress, cancellation));
  }

  /** Both sides know the format: the bytes are copied, holes stay holes. */
  private DiskConverter.Result copy(
      SeekableByteChannel in,
      SeekableByteChannel out,
      String key,
      String format,
      Map<String, String> digests)
      throws IOException {
    DiskConverter reader = converters.readerOf(format);
    long capacityBytes = reader.capacityBytes(in, format);
    String content = digest(in, key, format);
    long written =
        SparseCopy.copy(
            in, out, "copy " + key, new StoredDigests(key, digests), progress, cancellation);
    return new DiskConverter.Result(capacityBytes, content, in.size(), written, "copied as it is");
  }

  private String digest(SeekableByteChannel in, String key, String format) {
    return converters
        .readerOf(format)
        .contentDigest(in, format, "digest " + key, progress, cancellation);
  }

  private static IntermodalException failed(String key, IOException e) {
    return new IntermodalException(
        CommonError.WRITE_FAILED, "cannot transfer disk " + key + ": " + Errors.reason(e), key, e);
  }
}
