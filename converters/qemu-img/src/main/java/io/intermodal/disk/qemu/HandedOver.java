package io.intermodal.disk.qemu;

import io.intermodal.Cancellation;
import io.intermodal.CommonError;
import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.convert.spi.StoredInFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Is an image that QEMU may open: where it lies, addressed by offset and length inside of its
 * archive, or else in a temporary copy. What it is called to QEMU is a JSON document, so that no
 * name is ever taken for an option.
 */
final class HandedOver implements AutoCloseable {

  private static final int SECTOR = 512;
  private static final int BUFFER = 1 << 20;

  private final ForeignFormat format;
  private final Path file;
  private final long offset;
  private final long length;
  private final boolean temporary;

  private HandedOver(ForeignFormat format, Path file, long offset, long length, boolean temporary) {
    this.format = format;
    this.file = file;
    this.offset = offset;
    this.length = length;
    this.temporary = temporary;
  }

  static HandedOver of(
      SeekableByteChannel source, ForeignFormat format, String name, Cancellation cancellation) {
    format.refuseOtherFiles(name, Channels.read(source, 0, ForeignFormat.HEAD, name));
    if (source instanceof StoredInFile stored && isAddressable(stored)) {
      return new HandedOver(
          format, stored.file(), stored.offsetBytes(), stored.lengthBytes(), false);
    }
    return copy(source, format, name, cancellation);
  }

  /** QEMU addresses sectors; behind a member of an archive there is padding up to the next one. */
  private static boolean isAddressable(StoredInFile stored) {
    return stored.offsetBytes() % SECTOR == 0;
  }

  private static HandedOver copy(
      SeekableByteChannel source, ForeignFormat format, String name, Cancellation cancellation) {
    try {
      Path copy = Files.createTempFile("intermodal-qemu-", "." + format.id());
      HandedOver over = new HandedOver(format, copy, 0, source.size(), true);
      boolean done = false;
      try (FileChannel out = FileChannel.open(copy, StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        source.position(0);
        while (source.read(buffer) >= 0) {
          cancellation.check(name);
          buffer.flip();
          while (buffer.hasRemaining()) {
            out.write(buffer);
          }
          buffer.clear();
        }
        done = true;
        return over;
      } finally {
        if (!done) {
          over.close();
        }
      }
    } catch (IOException e) {
      throw new IntermodalException(
          CommonError.WRITE_FAILED,
          "cannot copy " + name + " for qemu-img: " + Errors.reason(e),
          name,
          e);
    }
  }

  /** Returns what QEMU is given in place of a file name. */
  String json() {
    Map<String, Object> bytes =
        Map.of("driver", "file", "filename", file.toAbsolutePath().toString());
    Map<String, @Nullable Object> image = new LinkedHashMap<>();
    image.put("driver", format.id());
    image.put("file", offset == 0 && isWholeFile() ? bytes : range(bytes));
    if (format.mayHaveBase()) {
      image.put("backing", null);
    }
    return QemuImgConverter.text(image);
  }

  private boolean isWholeFile() {
    try {
      return Files.size(file) == length;
    } catch (IOException e) {
      return false;
    }
  }

  private Map<String, Object> range(Map<String, Object> bytes) {
    long sectors = (length + SECTOR - 1) / SECTOR;
    return Map.of("driver", "raw", "offset", offset, "size", sectors * SECTOR, "file", bytes);
  }

  @Override
  public void close() {
    if (temporary) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        file.toFile().deleteOnExit();
      }
    }
  }
}
