package io.intermodal.ovf.packaging;

import io.intermodal.Cancellation;
import io.intermodal.CommonError;
import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Reads a caller's stream: counts, reports and asks whether to go on. Its failure is an {@code
 * IntermodalException}, so that it cannot be taken for one of a handler's.
 */
final class SourceStream extends InputStream {

  private final String name;
  private final String task;
  private final InputStream in;
  private final Progress.Listener listener;
  private final OptionalLong total;
  private final Cancellation cancellation;
  private long done;

  SourceStream(
      String name,
      InputStream in,
      Progress.Listener listener,
      OptionalLong total,
      Cancellation cancellation) {
    this.name = name;
    this.task = "read " + name;
    this.in = in;
    this.listener = listener;
    this.total = total;
    this.cancellation = cancellation;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (length == 0) {
      return 0;
    }
    cancellation.check(task);
    int count;
    try {
      count = in.read(buffer, offset, length);
    } catch (IOException e) {
      throw new IntermodalException(
          CommonError.READ_FAILED, "cannot read " + name + ": " + Errors.reason(e), name, e);
    }
    if (count > 0) {
      done += count;
      listener.progress(new Progress(task, done, total));
    }
    return count;
  }
}
