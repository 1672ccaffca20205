package io.intermodal.driver.libvirt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a volume that lies on another host, as a file. libvirt gives runs of bytes one after the
 * other only, so a run is asked for from where somebody reads, and longer each time that reading
 * goes on where the last run ended: tables cost little, a whole disk takes few runs. Holes are not
 * transferred. One thread at a time.
 */
final class VolumeReader implements SeekableByteChannel {

  private static final int BUFFER_BYTES = 256 * 1024;
  private static final long FIRST_RUN_BYTES = 1L << 20;
  private static final long LONGEST_RUN_BYTES = 1L << 30;

  /** What is nearer than this is read and dropped, since a new run takes a round trip or more. */
  private static final long SKIP_BYTES = 1L << 20;

  private final Session session;
  private final String path;
  private final long size;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private long bufferStart;

  /** The end of what is known from {@code bufferStart} on: bytes, or a hole. */
  private long bufferEnd;

  private boolean hole;
  private @Nullable VolumeStream run;
  private long runAt;
  private long runEnd;
  private long runBytes = FIRST_RUN_BYTES;
  private long position;
  private boolean open = true;

  VolumeReader(Session session, String path, long size) {
    this.session = session;
    this.path = path;
    this.size = size;
  }

  @Override
  public synchronized int read(ByteBuffer to) throws IOException {
    requireOpen();
    if (!to.hasRemaining()) {
      return 0;
    }
    if (position >= size) {
      return -1;
    }
    while (position < bufferStart || position >= bufferEnd) {
      fetch();
    }
    int count = (int) Math.min(to.remaining(), bufferEnd - position);
    if (hole) {
      count = Math.min(count, BUFFER_BYTES);
      to.put(new byte[count]);
    } else {
      to.put(buffer, (int) (position - bufferStart), count);
    }
    position += count;
    return count;
  }

  /** Reads what comes next of the run, or begins another one. */
  private void fetch() throws IOException {
    VolumeStream going = run;
    if (going == null || position < runAt || position - runAt > SKIP_BYTES || runAt >= runEnd) {
      going = begin();
    }
    long count = going.receive(buffer);
    if (count == 0) {
      throw new IOException(
          "the volume "
              + path
              + " ends at "
              + runAt
              + " bytes instead of "
              + size
              + ": somebody changed it meanwhile");
    }
    hole = count < 0;
    bufferStart = runAt;
    runAt = Math.min(runEnd, runAt + Math.abs(count));
    bufferEnd = runAt;
    if (runAt >= runEnd) {
      endRun(going);
    }
  }

  private VolumeStream begin() {
    boolean goesOn = position == runEnd && runEnd > 0;
    runBytes = goesOn ? Math.min(LONGEST_RUN_BYTES, runBytes * 4) : FIRST_RUN_BYTES;
    giveUp();
    runAt = position;
    runEnd = Math.min(size, position + runBytes);
    VolumeStream begun = VolumeStream.download(session, path, runAt, runEnd - runAt);
    run = begun;
    return begun;
  }

  /** The end of the run is received as well: libvirt counts a stream that was not as broken. */
  private void endRun(VolumeStream going) {
    byte[] nothing = new byte[1];
    run = null;
    if (going.receive(nothing) == 0) {
      going.finish();
    } else {
      going.close();
    }
  }

  private void giveUp() {
    VolumeStream going = run;
    run = null;
    if (going != null) {
      going.close();
    }
  }

  @Override
  public int write(ByteBuffer from) {
    throw new NonWritableChannelException();
  }

  @Override
  public synchronized long position() throws IOException {
    requireOpen();
    return position;
  }

  @Override
  public synchronized SeekableByteChannel position(long newPosition) throws IOException {
    requireOpen();
    if (newPosition < 0) {
      throw new IllegalArgumentException("position must not be negative: " + newPosition);
    }
    position = newPosition;
    return this;
  }

  @Override
  public synchronized long size() throws IOException {
    requireOpen();
    return size;
  }

  @Override
  public SeekableByteChannel truncate(long newSize) {
    throw new NonWritableChannelException();
  }

  @Override
  public synchronized boolean isOpen() {
    return open;
  }

  @Override
  public synchronized void close() {
    if (open) {
      open = false;
      giveUp();
    }
  }

  private void requireOpen() throws ClosedChannelException {
    if (!open) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public String toString() {
    return Objects.requireNonNull(path);
  }
}
