package io.intermodal.disk.internal;

import java.util.List;

/** Several stored parts in a row, as of a disk that was cut into chunks (OVF {@code chunkSize}). */
public final class JoinedBytes implements StoredBytes {

  private final String name;
  private final List<? extends StoredBytes> parts;
  private final long[] ends;

  /** Joins parts, of which there is at least one; closes them with itself. */
  public JoinedBytes(String name, List<? extends StoredBytes> parts) {
    this.name = name;
    this.parts = List.copyOf(parts);
    this.ends = new long[parts.size()];
    long end = 0;
    for (int i = 0; i < ends.length; i++) {
      end = Math.addExact(end, parts.get(i).size());
      ends[i] = end;
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long size() {
    return ends[ends.length - 1];
  }

  @Override
  public void read(long position, byte[] into, int from, int length, String structure) {
    if (position < 0 || position > size() - length) {
      throw Problems.truncated(name, Math.min(Math.max(position, 0), size()), structure);
    }
    long at = position;
    int done = 0;
    for (int i = 0; i < ends.length && done < length; i++) {
      if (at < ends[i]) {
        long start = ends[i] - parts.get(i).size();
        int n = (int) Math.min(length - done, ends[i] - at);
        parts.get(i).read(at - start, into, from + done, n, structure);
        at += n;
        done += n;
      }
    }
  }

  @Override
  public long nextData(long position) {
    for (int i = 0; i < ends.length; i++) {
      if (position < ends[i]) {
        StoredBytes part = parts.get(i);
        long start = ends[i] - part.size();
        long found = part.nextData(Math.max(0, position - start));
        if (found < part.size()) {
          return start + found;
        }
      }
    }
    return size();
  }

  @Override
  public long nextHole(long position) {
    for (int i = 0; i < ends.length; i++) {
      if (position < ends[i]) {
        long start = ends[i] - parts.get(i).size();
        return start + parts.get(i).nextHole(position - start);
      }
    }
    return size();
  }

  @Override
  public void abort() {
    parts.forEach(StoredBytes::abort);
  }

  @Override
  public void checkUnchanged() {
    parts.forEach(StoredBytes::checkUnchanged);
  }

  @Override
  public void close() {
    RuntimeException first = null;
    for (StoredBytes part : parts) {
      try {
        part.close();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
