package io.intermodal.disk.qemu;

import io.intermodal.Cancellation;
import io.intermodal.CommonError;
import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.disk.DiskError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/** Reads channels, with errors that say of what. */
final class Channels {

  private static final int BUFFER = 1 << 20;

  private Channels() {}

  static long size(SeekableByteChannel channel, String name) {
    try {
      return channel.size();
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  /** Reads at most so many bytes; from the start when the position is negative. */
  static byte[] read(SeekableByteChannel channel, long position, int length, String name) {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    try {
      channel.position(Math.max(0, position));
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
        // Until it is full, or the channel at its end.
      }
    } catch (IOException e) {
      throw failed(name, e);
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  /** Reads everything once where digests are expected, and refuses another one. */
  static void compareDigests(
      SeekableByteChannel channel,
      Map<String, String> expected,
      String name,
      Cancellation cancellation) {
    for (Map.Entry<String, String> one : expected.entrySet()) {
      String found = digest(channel, one.getKey(), name, cancellation);
      if (!found.equalsIgnoreCase(one.getValue())) {
        throw new IntermodalException(
            DiskError.DIGEST_MISMATCH,
            "cannot read "
                + name
                + ": its "
                + one.getKey()
                + " is "
                + found
                + ", expected was "
                + one.getValue()
                + "; it was damaged or changed");
      }
    }
  }

  private static String digest(
      SeekableByteChannel channel, String algorithm, String name, Cancellation cancellation) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
      channel.position(0);
      while (channel.read(buffer) >= 0) {
        cancellation.check(name);
        digest.update(buffer.flip());
        buffer.clear();
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException("no digest is called " + algorithm, e);
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  private static IntermodalException failed(String name, IOException e) {
    return new IntermodalException(
        CommonError.READ_FAILED, "cannot read " + name + ": " + Errors.reason(e), name, e);
  }
}
