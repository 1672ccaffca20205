package io.intermodal.driver.libvirt;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import io.intermodal.hypervisor.HypervisorError;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Is one run of bytes of a volume on its way, in one direction. It holds its connection; whatever
 * goes wrong, closing it gives up the stream and the volume, so that libvirt does not keep them in
 * use. Used by one thread at a time.
 */
final class VolumeStream implements AutoCloseable {

  /** {@code VIR_STORAGE_VOL_UPLOAD_SPARSE_STREAM} and its like for downloads. */
  private static final int SPARSE = 1;

  /** {@code VIR_STREAM_RECV_STOP_AT_HOLE}. */
  private static final int STOP_AT_HOLE = 1;

  private static final int AT_A_HOLE = -3;

  private final Session session;
  private final NativeCalls calls;
  private final LiveConnection connection;
  private final String what;
  private final String volume;
  private final Pointer stream;
  private boolean closed;

  private VolumeStream(
      Session session, LiveConnection connection, String what, String volume, Pointer stream) {
    this.session = session;
    this.calls = session.calls();
    this.connection = connection;
    this.what = what;
    this.volume = volume;
    this.stream = stream;
  }

  /** Is what starts a transfer: {@code virStorageVolUpload} or its like. */
  private interface Start {
    int of(Pointer volume, Pointer stream);
  }

  /**
   * Starts to write.
   *
   * @param offset where in the volume
   * @param sparse whether {@link #hole} is used; the volume must end at the offset then, as libvirt
   *     cuts a file off behind each hole
   */
  static VolumeStream upload(Session session, String path, long offset, boolean sparse) {
    NativeCalls calls = session.calls();
    int flags = sparse ? SPARSE : 0;
    return open(
        session,
        "write the volume " + path,
        path,
        (volume, stream) -> calls.virStorageVolUpload(volume, stream, offset, 0, flags));
  }

  /** Starts to read that many bytes, holes counted. */
  static VolumeStream download(Session session, String path, long offset, long length) {
    NativeCalls calls = session.calls();
    return open(
        session,
        "read the volume " + path,
        path,
        (volume, stream) -> calls.virStorageVolDownload(volume, stream, offset, length, SPARSE));
  }

  private static VolumeStream open(Session session, String what, String path, Start start) {
    NativeCalls calls = session.calls();
    // Never repeated: an upload that had begun is not the same a second time.
    return session.change(
        what,
        path,
        connect -> {
          LiveConnection connection = session.hold(connect);
          @Nullable Pointer volume = null;
          @Nullable Pointer stream = null;
          boolean open = false;
          try {
            volume =
                NativeFailure.check(
                    calls, calls.virStorageVolLookupByPath(connect.pointer(), path));
            stream = NativeFailure.check(calls, calls.virStreamNew(connect.pointer(), 0));
            NativeFailure.check(calls, start.of(volume, stream));
            open = true;
            return new VolumeStream(session, connection, what, path, stream);
          } finally {
            if (volume != null) {
              calls.virStorageVolFree(volume);
            }
            if (!open) {
              if (stream != null) {
                calls.virStreamFree(stream);
              }
              connection.release();
            }
          }
        });
  }

  /** Writes the first bytes of an array. */
  void send(byte[] bytes, int count) {
    Objects.checkFromIndexSize(0, count, bytes.length);
    byte[] rest = bytes;
    int left = count;
    while (left > 0) {
      int sent = calls.virStreamSend(stream, rest, new NativeCalls.SizeT(left));
      if (sent <= 0) {
        throw failure();
      }
      if (sent < left) {
        rest = Arrays.copyOfRange(rest, sent, left);
      }
      left -= sent;
    }
  }

  /** Leaves out bytes, which read as zeros. */
  void hole(long length) {
    if (calls.virStreamSendHole(stream, length, 0) < 0) {
      throw failure();
    }
  }

  /**
   * Reads on.
   *
   * @return how many bytes were put into the array; 0 at the end of the run; below 0 a hole of that
   *     many bytes
   */
  long receive(byte[] into) {
    int count =
        calls.virStreamRecvFlags(stream, into, new NativeCalls.SizeT(into.length), STOP_AT_HOLE);
    if (count >= 0) {
      return count;
    }
    if (count != AT_A_HOLE) {
      throw failure();
    }
    LongByReference length = new LongByReference();
    if (calls.virStreamRecvHole(stream, length, 0) < 0) {
      throw failure();
    }
    return -length.getValue();
  }

  /** Ends a run that was sent or received in full; what was sent is then in the volume. */
  void finish() {
    if (calls.virStreamFinish(stream) < 0) {
      throw failure();
    }
    end();
  }

  /** Gives up what is under way, unless it was finished. */
  @Override
  public void close() {
    if (!closed) {
      calls.virStreamAbort(stream);
      end();
    }
  }

  private void end() {
    closed = true;
    calls.virStreamFree(stream);
    connection.release();
  }

  /** Must be called by the thread that made the call, before any other call. */
  private LibvirtFailure failure() {
    NativeFailure reported = NativeFailure.last(calls);
    boolean alive = connection.isAlive();
    close();
    HypervisorError code = reported.error().category();
    if (!alive) {
      return new LibvirtFailure(
          HypervisorError.CONNECTION_FAILED,
          what + ", as the connection to " + session.uri().shown() + " was lost",
          reported.error(),
          volume,
          reported);
    }
    return new LibvirtFailure(code, what, reported.error(), volume, reported);
  }
}
