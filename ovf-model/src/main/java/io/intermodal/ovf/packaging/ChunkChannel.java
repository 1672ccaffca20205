package io.intermodal.ovf.packaging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Cuts what is written into parts of one size, each a file of its own; the last may be shorter. */
final class ChunkChannel extends OpenEnded {

  /** Opens and ends the parts. */
  interface Parts {

    WritableByteChannel begin(int number) throws IOException;

    void end() throws IOException;
  }

  private final Parts parts;
  private final long partBytes;
  private @Nullable WritableByteChannel part;
  private int next;
  private long left;

  ChunkChannel(Parts parts, long partBytes) {
    this.parts = parts;
    this.partBytes = partBytes;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int count = source.remaining();
    while (source.hasRemaining()) {
      if (left == 0) {
        turn();
      }
      ByteBuffer view = source.slice();
      view.limit((int) Math.min(view.limit(), left));
      int written = Objects.requireNonNull(part).write(view);
      left -= written;
      source.position(source.position() + written);
    }
    return count;
  }

  private void turn() throws IOException {
    if (part != null) {
      parts.end();
    }
    part = parts.begin(next++);
    left = partBytes;
  }

  /** Ends the last part; a file without content still has one. */
  void finish() throws IOException {
    if (part == null) {
      turn();
    }
    parts.end();
  }
}
