package io.intermodal.disk.internal.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Closes a stream that stays silent for too long, since a read of it would never end. */
final class StallGuard extends FilterInputStream {

  private final long silenceNanos;
  private final Thread watch;
  private volatile long waitingSince;
  private volatile boolean waiting;
  private volatile boolean stalled;
  private volatile boolean closed;

  StallGuard(InputStream stream, Duration silence) {
    super(stream);
    this.silenceNanos = silence.toNanos();
    this.watch = new Thread(this::watch, "intermodal-disk-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private void watch() {
    try {
      while (!closed) {
        Thread.sleep(Math.max(1, Math.min(1_000, silenceNanos / 4_000_000)));
        if (waiting && System.nanoTime() - waitingSince > silenceNanos) {
          stalled = true;
          in.close();
          return;
        }
      }
    } catch (InterruptedException | IOException e) {
      // Closed: the read that waited fails by itself.
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    waitingSince = System.nanoTime();
    waiting = true;
    try {
      return super.read(into, offset, length);
    } catch (IOException e) {
      throw stalled
          ? new IOException("nothing came within " + silenceNanos / 1_000_000 + " ms", e)
          : new IOException("the connection failed", e);
    } finally {
      waiting = false;
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    watch.interrupt();
    super.close();
  }
}
