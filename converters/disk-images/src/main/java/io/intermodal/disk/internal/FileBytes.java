package io.intermodal.disk.internal;

import io.intermodal.Errors;
import io.intermodal.disk.ByteRange;
import io.intermodal.disk.DiskError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A range of a file, opened for itself, that notices when the file changes under it. */
public final class FileBytes implements StoredBytes {

  /** What leads elsewhere on some system; looked for in all of a name, whatever its lines. */
  private static final Pattern NOT_PLAIN = Pattern.compile("[/\\\\:\\p{Cntrl}]");

  private final ByteRange range;
  private final FileChannel channel;
  private final ChannelBytes bytes;
  private final FileTime modified;
  private final long fileSize;
  private final @Nullable Object key;
  private final List<FileBytes> companions = new ArrayList<>();
  private @Nullable HoleMap holes;

  private FileBytes(String name, ByteRange range, FileChannel channel) throws IOException {
    this.range = range;
    this.channel = channel;
    this.modified = Files.getLastModifiedTime(range.file());
    this.fileSize = channel.size();
    this.key = keyOf(range.file());
    if (range.offsetBytes() > fileSize || range.lengthBytes() > fileSize - range.offsetBytes()) {
      throw Problems.refuse(
          DiskError.TRUNCATED,
          name,
          "its range goes to byte "
              + (range.offsetBytes() + range.lengthBytes())
              + " of a file of "
              + fileSize);
    }
    this.bytes = new ChannelBytes(name, channel, range.offsetBytes(), range.lengthBytes());
  }

  /** Opens a range of a file. */
  public static FileBytes open(String name, ByteRange range) {
    FileChannel channel = null;
    try {
      channel = FileChannel.open(range.file());
      FileBytes opened = new FileBytes(name, range, channel);
      channel = null;
      return opened;
    } catch (IOException e) {
      throw Errors.reading(range.file(), e);
    } finally {
      closeQuietly(channel);
    }
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // The error that led here says more.
      }
    }
  }

  @Override
  public String name() {
    return bytes.name();
  }

  @Override
  public long size() {
    return bytes.size();
  }

  @Override
  public void read(long position, byte[] into, int from, int length, String structure) {
    bytes.read(position, into, from, length, structure);
  }

  @Override
  public long nextData(long position) {
    long found = holes().nextData(range.offsetBytes() + position) - range.offsetBytes();
    return Math.min(found, size());
  }

  @Override
  public long nextHole(long position) {
    long found = holes().nextHole(range.offsetBytes() + position) - range.offsetBytes();
    return Math.min(found, size());
  }

  private synchronized HoleMap holes() {
    HoleMap known = holes;
    if (known == null) {
      known = HoleMaps.open(range.file(), fileSize).orElseGet(() -> HoleMap.unknown(fileSize));
      if (!isSameFile()) {
        known.close();
        known = HoleMap.unknown(fileSize);
      }
      holes = known;
    }
    return known;
  }

  /** Tells whether the name still leads to the file that was opened. */
  private boolean isSameFile() {
    try {
      return key != null && key.equals(keyOf(range.file()));
    } catch (IOException e) {
      return false;
    }
  }

  private static @Nullable Object keyOf(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  @Override
  public StoredBytes companion(long at, String fileName) {
    Path beside = plainSibling(fileName);
    if (beside == null || !hasCompanions() || beside.equals(range.file())) {
      throw Problems.notBeside(name(), at, fileName);
    }
    if (!Files.exists(beside, LinkOption.NOFOLLOW_LINKS)) {
      throw Problems.at(
          DiskError.TRUNCATED,
          name(),
          at,
          "reference to " + fileName,
          "that file is not beside it; put it there");
    }
    if (!Files.isRegularFile(beside, LinkOption.NOFOLLOW_LINKS)) {
      throw Problems.notBeside(name(), at, fileName);
    }
    try {
      FileBytes opened = open(beside.toString(), new ByteRange(beside, 0, Files.size(beside)));
      companions.add(opened);
      return opened;
    } catch (IOException e) {
      throw Errors.reading(beside, e);
    }
  }

  @Override
  public boolean hasCompanions() {
    return range.offsetBytes() == 0 && range.lengthBytes() == fileSize;
  }

  @Override
  public long totalSize() {
    long total = size();
    for (FileBytes companion : companions) {
      total = Math.addExact(total, companion.totalSize());
    }
    return total;
  }

  /** Returns the file of a plain name in the same folder; null for any other kind of name. */
  private @Nullable Path plainSibling(String fileName) {
    boolean dots = fileName.equals(".") || fileName.equals("..");
    if (fileName.isBlank() || dots || NOT_PLAIN.matcher(fileName).find()) {
      return null;
    }
    try {
      return range.file().resolveSibling(fileName);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  @Override
  public void checkUnchanged() {
    companions.forEach(FileBytes::checkUnchanged);
    try {
      if (channel.size() != fileSize || !Files.getLastModifiedTime(range.file()).equals(modified)) {
        throw Problems.refuse(
            DiskError.SOURCE_CHANGED, name(), "the file changed while it was read");
      }
    } catch (IOException e) {
      throw Errors.reading(range.file(), e);
    }
  }

  @Override
  public synchronized void close() {
    companions.forEach(FileBytes::close);
    HoleMap open = holes;
    if (open != null) {
      open.close();
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
