package io.intermodal.ovf.packaging;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.OvfError;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Unpacks a gzip stream, of several members too; what is broken is an error of ours. */
final class GunzipStream extends InputStream {

  private static final int BUFFER = 1 << 16;

  private final String name;
  private final InputStream in;
  private @Nullable GZIPInputStream unpacked;

  GunzipStream(String name, InputStream in) {
    this.name = name;
    this.in = new Unhurried(in);
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    try {
      if (unpacked == null) {
        unpacked = new GZIPInputStream(in, BUFFER);
      }
      return unpacked.read(buffer, offset, length);
    } catch (EOFException e) {
      throw new IntermodalException(
          OvfError.ARCHIVE_TRUNCATED,
          "cannot read " + name + ": it ends within its gzip data; get it again",
          name,
          e);
    } catch (IOException e) {
      // The source below throws no IOException, so this is about the data.
      throw new IntermodalException(
          OvfError.COMPRESSION, "cannot read " + name + ": its gzip data is broken", name, e);
    }
  }

  @Override
  public void close() throws IOException {
    if (unpacked != null) {
      unpacked.close();
    }
  }

  /** The JDK takes a pause of the source for its end, unless told that there is more to come. */
  private static final class Unhurried extends FilterInputStream {

    Unhurried(InputStream in) {
      super(in);
    }

    @Override
    public int available() {
      return 1;
    }

    @Override
    public void close() {
      // The caller's stream is the caller's.
    }
  }
}
