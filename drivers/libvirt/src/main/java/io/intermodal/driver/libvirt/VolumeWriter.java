package io.intermodal.driver.libvirt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Writes a volume on another host, which is empty at first, as a file. Bytes that follow each other
 * go in one stream; gaps and zeros at the end become holes there. Going back takes another stream.
 * What was written can be read. One thread at a time.
 */
final class VolumeWriter implements SeekableByteChannel {

  private static final int BUFFER_BYTES = 256 * 1024;

  private final Session session;
  private final String path;
  private final byte[] pending = new byte[BUFFER_BYTES];
  private int pendingBytes;
  private @Nullable VolumeStream stream;
  private boolean sparse;

  /** Where the stream goes on, behind what is pending. */
  private long streamAt;

  /** The end of what was written; pending bytes are not counted. */
  private long end;

  private @Nullable VolumeReader reader;
  private long position;
  private boolean open = true;

  VolumeWriter(Session session, String path) {
    this.session = session;
    this.path = path;
  }

  @Override
  public synchronized int write(ByteBuffer from) throws IOException {
    requireOpen();
    int length = from.remaining();
    if (length == 0) {
      return 0;
    }
    stopReading();
    moveTo(position);
    while (from.hasRemaining()) {
      int count = Math.min(from.remaining(), BUFFER_BYTES - pendingBytes);
      from.get(pending, pendingBytes, count);
      pendingBytes += count;
      streamAt += count;
      position += count;
      if (pendingBytes == BUFFER_BYTES) {
        flush();
      }
    }
    return length;
  }

  /** Has a stream ready whose next byte belongs there. */
  private void moveTo(long target) {
    if (stream != null && target == streamAt) {
      return;
    }
    flush();
    VolumeStream going = stream;
    if (going == null || !sparse || target < streamAt || streamAt != end) {
      finishStream();
      sparse = target >= end;
      streamAt = sparse ? end : target;
      going = VolumeStream.upload(session, path, streamAt, sparse);
      stream = going;
    }
    if (target > streamAt) {
      going.hole(target - streamAt);
      streamAt = target;
      end = target;
    }
  }

  private void flush() {
    VolumeStream going = stream;
    if (pendingBytes == 0 || going == null) {
      return;
    }
    int count = pendingBytes;
    pendingBytes = 0;
    if (sparse && isZero(count)) {
      going.hole(count);
    } else {
      going.send(pending, count);
    }
    end = Math.max(end, streamAt);
  }

  private boolean isZero(int count) {
    for (int i = 0; i < count; i++) {
      if (pending[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private void finishStream() {
    VolumeStream going = stream;
    stream = null;
    if (going != null) {
      going.finish();
    }
  }

  /** Brings everything to the volume. */
  private void settle() {
    flush();
    finishStream();
  }

  @Override
  public synchronized int read(ByteBuffer to) throws IOException {
    requireOpen();
    settle();
    VolumeReader reading = reader;
    if (reading == null) {
      reading = new VolumeReader(session, path, end);
      reader = reading;
    }
    reading.position(position);
    int count = reading.read(to);
    position += Math.max(0, count);
    return count;
  }

  private void stopReading() {
    VolumeReader reading = reader;
    reader = null;
    if (reading != null) {
      reading.close();
    }
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
    return Math.max(end, stream == null ? 0 : streamAt);
  }

  /** Returns how long the volume is, when all was brought there. */
  synchronized long written() {
    return end;
  }

  /** Not done: a volume that is being made only grows. */
  @Override
  public SeekableByteChannel truncate(long size) {
    throw new UnsupportedOperationException("a volume that is being written cannot be cut off");
  }

  @Override
  public synchronized boolean isOpen() {
    return open;
  }

  /** Brings what was written to the volume. */
  @Override
  public synchronized void close() {
    if (!open) {
      return;
    }
    open = false;
    stopReading();
    try {
      settle();
    } finally {
      abandonStream();
    }
  }

  /** Gives up what is under way; the volume is worthless then. */
  synchronized void abandon() {
    open = false;
    stopReading();
    abandonStream();
  }

  private void abandonStream() {
    VolumeStream going = stream;
    stream = null;
    if (going != null) {
      going.close();
    }
  }

  private void requireOpen() throws ClosedChannelException {
    if (!open) {
      throw new ClosedChannelException();
    }
  }
}
