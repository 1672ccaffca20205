package io.intermodal.driver.libvirt;

import com.sun.jna.Pointer;
import io.intermodal.hypervisor.GuestConsole;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/**
 * Is a guest's console as a stream of libvirt. The stream never blocks in native code, where no
 * other thread could end the wait: it is asked again and again. It holds its connection until it is
 * closed.
 */
final class StreamConsole implements GuestConsole {

  private static final int NON_BLOCKING = 1;
  private static final int TAKE_IT_FROM_OTHERS = 1;
  private static final int WOULD_BLOCK = -2;
  private static final int CHUNK = 4096;
  private static final long SHORT_MILLIS = 5;
  private static final long LONG_MILLIS = 100;

  private final NativeCalls calls;
  private final LiveConnection connection;
  private final Pointer stream;
  private final Object lock = new Object();
  private final Output output = new Output();
  private boolean closed;
  private boolean ended;

  private StreamConsole(NativeCalls calls, LiveConnection connection, Pointer stream) {
    this.calls = calls;
    this.connection = connection;
    this.stream = stream;
  }

  /** Opens the first console of a domain; whoever had it before loses it. */
  static StreamConsole open(DomainAccess domain) {
    NativeCalls calls = domain.session().calls();
    StreamConsole[] console = new StreamConsole[1];
    domain.change(
        "open the console of",
        handle -> {
          LiveConnection connection = domain.session().hold(handle.connect());
          boolean open = false;
          try {
            Pointer stream =
                NativeFailure.check(
                    calls, calls.virStreamNew(handle.connect().pointer(), NON_BLOCKING));
            try {
              NativeFailure.check(
                  calls,
                  calls.virDomainOpenConsole(handle.raw(), null, stream, TAKE_IT_FROM_OTHERS));
              console[0] = new StreamConsole(calls, connection, stream);
              open = true;
            } finally {
              if (!open) {
                calls.virStreamFree(stream);
              }
            }
          } finally {
            if (!open) {
              connection.release();
            }
          }
        });
    return Objects.requireNonNull(console[0], "console");
  }

  @Override
  public InputStream input() {
    return new Input();
  }

  @Override
  public OutputStream output() {
    return output;
  }

  @Override
  public void close() {
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
      calls.virStreamAbort(stream);
      calls.virStreamFree(stream);
    }
    connection.release();
  }

  /** Returns what is there now, at most the length of the buffer; 0 for nothing, -1 at the end. */
  int readNow(byte[] buffer) throws IOException {
    synchronized (lock) {
      if (closed || ended) {
        return -1;
      }
      int count = calls.virStreamRecv(stream, buffer, new NativeCalls.SizeT(buffer.length));
      if (count == WOULD_BLOCK) {
        return 0;
      }
      if (count <= 0) {
        // A console has no end of its own: the machine stopped, another one took it, or the
        // connection is gone.
        ended = true;
        return -1;
      }
      return count;
    }
  }

  private int writeNow(byte[] bytes) throws IOException {
    synchronized (lock) {
      if (closed) {
        throw new IOException("the console is closed");
      }
      int count = calls.virStreamSend(stream, bytes, new NativeCalls.SizeT(bytes.length));
      if (count == WOULD_BLOCK) {
        return 0;
      }
      if (count < 0) {
        throw new IOException("the console is gone: " + NativeFailure.last(calls).getMessage());
      }
      return count;
    }
  }

  @SuppressWarnings("ThreadSleep")
  static void sleep(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the console");
    }
  }

  private final class Input extends InputStream {

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, to.length);
      if (length == 0) {
        return 0;
      }
      byte[] buffer = new byte[Math.min(length, CHUNK)];
      long millis = SHORT_MILLIS;
      while (true) {
        int count = readNow(buffer);
        if (count < 0) {
          return -1;
        }
        if (count > 0) {
          System.arraycopy(buffer, 0, to, offset, count);
          return count;
        }
        sleep(millis);
        millis = Math.min(LONG_MILLIS, millis * 2);
      }
    }

    @Override
    public void close() {
      StreamConsole.this.close();
    }
  }

  private final class Output extends OutputStream {

    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

    @Override
    public synchronized void write(int b) throws IOException {
      waiting.write(b);
      sendWhenFull();
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
      waiting.write(bytes, offset, length);
      sendWhenFull();
    }

    private void sendWhenFull() throws IOException {
      if (waiting.size() >= CHUNK) {
        flush();
      }
    }

    @Override
    public synchronized void flush() throws IOException {
      byte[] bytes = waiting.toByteArray();
      waiting.reset();
      int sent = 0;
      while (sent < bytes.length) {
        int count = writeNow(Arrays.copyOfRange(bytes, sent, Math.min(bytes.length, sent + CHUNK)));
        sent += count;
        if (count == 0) {
          sleep(SHORT_MILLIS);
        }
      }
    }

    @Override
    public void close() throws IOException {
      flush();
      StreamConsole.this.close();
    }
  }
}
