package io.intermodal.migrate.guest;

import io.intermodal.hypervisor.GuestShell;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the first bytes of an output and drops the rest. Thread-safe. */
final class BoundedOutput extends OutputStream {

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private boolean truncated;

  @Override
  public synchronized void write(int b) {
    if (kept.size() < GuestShell.MAX_OUTPUT_BYTES) {
      kept.write(b);
    } else {
      truncated = true;
    }
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    int room = Math.min(length, GuestShell.MAX_OUTPUT_BYTES - kept.size());
    kept.write(bytes, offset, room);
    truncated |= room < length;
  }

  synchronized boolean isTruncated() {
    return truncated;
  }

  /** Returns what was kept as UTF-8, malformed bytes replaced. */
  synchronized String text() {
    return kept.toString(StandardCharsets.UTF_8);
  }
}
