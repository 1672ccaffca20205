package io.intermodal.disk.internal.engine;

import io.intermodal.disk.internal.BufferPool;
import io.intermodal.disk.internal.Encoding;
import io.intermodal.disk.internal.Extent;
import java.util.ArrayList;
import java.util.List;

/** What a worker made of a batch: extents as the writer wants them, digests, loaned buffers. */
final class EncodedBatch {

  /** Stands for the end of the source. */
  static final EncodedBatch END = new EncodedBatch(0);

  private final List<Extent> extents = new ArrayList<>();
  private final List<byte[]> loans = new ArrayList<>();
  private final List<BlockDigest> digests = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final long storedEnd;
  private int passedThrough;
  private long dataBytes;

  EncodedBatch(long storedEnd) {
    this.storedEnd = storedEnd;
  }

  void add(Extent extent) {
    extents.add(extent);
  }

  /** Adds the guest's bytes, joined with those before when they follow; all of one window. */
  void addRaw(long offset, byte[] bytes, int from, int size) {
    if (!extents.isEmpty()) {
      Extent before = extents.get(extents.size() - 1);
      if (before.encoding() == Encoding.RAW && before.offset() + before.size() == offset) {
        int joined = before.size() + size;
        extents.set(
            extents.size() - 1, Extent.raw(before.offset(), bytes, before.from(), joined, 0));
        return;
      }
    }
    extents.add(Extent.raw(offset, bytes, from, size, 0));
  }

  void addPassed(Extent extent) {
    extents.add(extent);
    passedThrough++;
  }

  void loan(byte[] buffer) {
    loans.add(buffer);
  }

  void digest(BlockDigest digest) {
    digests.add(digest);
  }

  /** Notes what is wrong with a block. */
  void problem(String problem) {
    problems.add(problem);
  }

  /** Counts the guest's bytes of a block that is not all zeros. */
  void data(int bytes) {
    dataBytes += bytes;
  }

  List<Extent> extents() {
    return extents;
  }

  List<String> problems() {
    return problems;
  }

  long dataBytes() {
    return dataBytes;
  }

  List<BlockDigest> digests() {
    return digests;
  }

  long storedEnd() {
    return storedEnd;
  }

  int passedThrough() {
    return passedThrough;
  }

  void giveBack(BufferPool pool) {
    loans.forEach(pool::give);
  }

  /** The digest of one block that is not all zeros. */
  static final class BlockDigest {
    private final long block;
    private final byte[] sha256;
    private final byte[] written;

    /**
     * Creates one.
     *
     * @param written the digest of the same block in the disk that is written, which may go on with
     *     zeros where the source ends
     */
    BlockDigest(long block, byte[] sha256, byte[] written) {
      this.block = block;
      this.sha256 = sha256;
      this.written = written;
    }

    long block() {
      return block;
    }

    byte[] sha256() {
      return sha256;
    }

    byte[] written() {
      return written;
    }
  }
}
