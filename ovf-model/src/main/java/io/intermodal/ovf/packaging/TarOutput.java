package io.intermodal.ovf.packaging;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/** Writes the members of an archive into a stream, so their sizes must be known beforehand. */
final class TarOutput implements PackageSink {

  private final OutputStream out;
  private final WritableByteChannel channel;
  private String name = "";
  private long size;
  private long left;

  TarOutput(OutputStream out) {
    this.out = out;
    this.channel = Channels.newChannel(out);
  }

  @Override
  public WritableByteChannel begin(String member, @Nullable Long stated) throws IOException {
    if (stated == null) {
      throw new IllegalStateException(
          "the size of " + member + " must be known before it is written to a stream");
    }
    name = member;
    size = stated;
    left = stated;
    out.write(TarHeader.of(member, stated));
    return new OpenEnded() {
      @Override
      public int write(ByteBuffer source) throws IOException {
        if (source.remaining() > left) {
          throw new IllegalStateException(name + " has more than the " + size + " bytes stated");
        }
        int count = channel.write(source);
        left -= count;
        return count;
      }
    };
  }

  @Override
  public void end() throws IOException {
    if (left > 0) {
      throw new IllegalStateException(
          name + " was to have " + size + " bytes and has " + (size - left));
    }
    out.write(new byte[TarHeader.padding(size)]);
  }

  /** Writes the mark that ends an archive. */
  @Override
  public void finish() throws IOException {
    out.write(new byte[2 * TarHeader.BLOCK]);
    out.flush();
  }
}
