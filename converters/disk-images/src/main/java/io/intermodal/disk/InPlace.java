package io.intermodal.disk;

import io.intermodal.CommonError;
import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.disk.internal.ByteTarget;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.List;

/** A device or file that is written over where it is. */
final class InPlace implements DiskTarget.Commit {

  private final Path path;
  private final FileChannel channel;
  private final boolean isFile;

  private InPlace(Path path, FileChannel channel, boolean isFile) {
    this.path = path;
    this.channel = channel;
    this.isFile = isFile;
  }

  static InPlace open(Path path) {
    if (!Files.exists(path)) {
      throw new IntermodalException(
          CommonError.FILE_NOT_FOUND,
          "cannot write over " + path + ": it does not exist; write a new file instead",
          path.toString(),
          null);
    }
    try {
      return new InPlace(
          path, FileChannel.open(path, StandardOpenOption.WRITE), Files.isRegularFile(path));
    } catch (IOException e) {
      throw Errors.writing(path, e);
    }
  }

  /** Empties a file; of a device, nothing is touched before the first byte of the image. */
  ByteTarget bytes(List<MessageDigest> digests) {
    if (!isFile) {
      return ByteTarget.overwriting(path.toString(), channel, digests);
    }
    try {
      channel.truncate(0);
    } catch (IOException e) {
      close();
      throw Errors.writing(path, e);
    }
    return ByteTarget.of(path.toString(), channel, digests);
  }

  @Override
  public void commit(boolean force) {
    try {
      if (force) {
        channel.force(true);
      }
      channel.close();
    } catch (IOException e) {
      throw Errors.writing(path, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw Errors.writing(path, e);
    }
  }
}
