package io.intermodal.disk.internal.engine;

import static io.intermodal.disk.internal.Geometry.BLOCK;

import io.intermodal.IntermodalException;
import io.intermodal.disk.DiskError;
import io.intermodal.disk.internal.Batch;
import io.intermodal.disk.internal.BufferPool;
import io.intermodal.disk.internal.Encoding;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.Zeros;
import io.intermodal.disk.internal.engine.EncodedBatch.BlockDigest;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns one batch into what the writer wants. A payload that the writer can carry is passed on as
 * it is; it is inflated on the way only when somebody wants to look inside. One per batch.
 */
final class Transcoder {

  private final Plan plan;
  private final Batch batch;
  private final Codec codec;
  private final BufferPool pool;
  private final EncodedBatch result;

  /** What the writer takes as one compressed payload. */
  private final int unit;

  /** The payloads that are passed on, one for each unit. */
  private final @Nullable Extent[] passed;

  /** Which of them were not decoded. */
  private final boolean[] unseen;

  /** Which units the source could not make smaller; trying again would cost most of the time. */
  private final boolean[] incompressible;

  /** Which blocks were decoded, at least in part; the others hold zeros, or what is passed on. */
  private final boolean[] touched;

  /** The guest's bytes of the blocks that were touched; null while none was. */
  private byte @Nullable [] window;

  private byte @Nullable [] output;
  private int outputUsed;

  private Transcoder(Plan plan, Batch batch, Codec codec, BufferPool pool) {
    this.plan = plan;
    this.batch = batch;
    this.codec = codec;
    this.pool = pool;
    this.result = new EncodedBatch(batch.storedEnd());
    this.unit = plan.unitBytes();
    int units = (batch.length() + unit - 1) / unit;
    this.passed = new Extent[units];
    this.unseen = new boolean[units];
    this.incompressible = new boolean[units];
    this.touched = new boolean[(batch.length() + BLOCK - 1) / BLOCK];
  }

  static EncodedBatch run(Plan plan, Batch batch, Codec codec, BufferPool pool) {
    Transcoder transcoder = new Transcoder(plan, batch, codec, pool);
    transcoder.result.loan(batch.buffer());
    for (Extent extent : batch.extents()) {
      transcoder.takeOrNote(extent);
    }
    transcoder.give();
    return transcoder.result;
  }

  private void takeOrNote(Extent extent) {
    try {
      take(extent);
    } catch (IntermodalException e) {
      if (!plan.goesOn() || e.code() != DiskError.DAMAGED) {
        throw e;
      }
      result.problem(String.valueOf(e.getMessage()));
    }
  }

  private void take(Extent extent) {
    switch (extent.encoding()) {
      case ZERO -> takeZero(extent);
      case RAW -> takeRaw(extent);
      case ZLIB, DEFLATE, ZSTD -> takeCompressed(extent);
    }
  }

  /** Zeros hide what an extent before them brought; without one there is nothing to do. */
  private void takeZero(Extent extent) {
    uncover(extent);
    int to = at(extent) + extent.length();
    for (int from = at(extent); from < to; from = (from / BLOCK + 1) * BLOCK) {
      if (touched[from / BLOCK] && window != null) {
        Arrays.fill(window, from, Math.min(to, (from / BLOCK + 1) * BLOCK), (byte) 0);
      }
    }
  }

  /**
   * Makes an end of passing on what an earlier extent brought to the units of this one. Where this
   * one covers only a part of such a unit, the rest is wanted and must be decoded.
   */
  private void uncover(Extent extent) {
    int from = at(extent);
    int to = from + extent.length();
    for (int i = from / unit; i <= (to - 1) / unit; i++) {
      Extent before = passed[i];
      passed[i] = null;
      incompressible[i] = false;
      boolean inPart = from > i * unit || to < (i + 1) * unit;
      if (before != null && inPart && unseen[i]) {
        codec.inflate(before, touch(before), at(before), false);
      }
      unseen[i] = false;
    }
  }

  private void takeRaw(Extent extent) {
    boolean whole = extent.size() == plan.windowBytes() && extent.from() == 0;
    if (whole && window == null) {
      uncover(extent);
      window = extent.bytes();
      Arrays.fill(touched, true);
      return;
    }
    byte[] into = decoded(extent);
    System.arraycopy(extent.bytes(), extent.from(), into, at(extent), extent.size());
  }

  private void takeCompressed(Extent extent) {
    if (extent.encoding() == Encoding.ZLIB) {
      codec.checkZlibHeader(extent);
    }
    boolean last = extent.length() < extent.unit();
    if (!plan.inspects() && !last && extent.unit() == unit) {
      Extent as = unseen(extent);
      if (as != null) {
        uncover(extent);
        passed[at(extent) / unit] = as;
        unseen[at(extent) / unit] = true;
        return;
      }
    }
    byte[] into = decoded(extent);
    codec.inflate(extent, into, at(extent), last);
    int rest = extent.unit() - extent.length();
    // What a payload holds behind the disk's end must not show when the disk is enlarged.
    boolean clean = Zeros.isZero(into, at(extent) + extent.length(), rest);
    if (extent.unit() == unit && codec.produced() == unit && clean) {
      incompressible[at(extent) / unit] = codec.consumed() >= unit;
      passed[at(extent) / unit] =
          extent.encoding() == Encoding.ZLIB ? reframe(extent) : framed(extent, into);
    }
  }

  /** Passes a payload on without decoding it; null when its end or the writer asks for that. */
  private @Nullable Extent unseen(Extent extent) {
    return switch (extent.encoding()) {
      case ZLIB -> reframe(extent);
      case ZSTD ->
          plan.wanted() == Encoding.ZSTD
              ? passable(extent, Encoding.ZSTD, codec.zstdLength(extent))
              : null;
      case ZERO, RAW, DEFLATE -> null;
    };
  }

  /** Passes the start of a payload on; null when the unit itself is no larger. */
  private @Nullable Extent passable(Extent extent, Encoding as, int size) {
    return size >= unit ? null : extent.with(as, extent.bytes(), extent.from(), size);
  }

  /** Passes a payload with zlib's frame on, with or without the frame; null when it cannot be. */
  private @Nullable Extent reframe(Extent extent) {
    return switch (plan.wanted()) {
      case ZLIB -> extent;
      case DEFLATE -> {
        int size = extent.size() - 6;
        yield size >= unit
            ? null
            : extent.with(Encoding.DEFLATE, extent.bytes(), extent.from() + 2, size);
      }
      case RAW, ZERO, ZSTD -> null;
    };
  }

  /** Passes a payload without frame on; its length is known now that it was inflated. */
  private @Nullable Extent framed(Extent extent, byte[] content) {
    int size = codec.consumed();
    return switch (plan.wanted()) {
      case DEFLATE, ZSTD ->
          plan.wanted() == extent.encoding() ? passable(extent, plan.wanted(), size) : null;
      case ZLIB -> {
        if (extent.encoding() != Encoding.DEFLATE || size + 6 > Codec.MAX_ZLIB) {
          yield null;
        }
        byte[] out = output();
        int from = outputUsed;
        outputUsed += Codec.frame(extent, size, content, at(extent), out, from);
        yield extent.with(Encoding.ZLIB, out, from, size + 6);
      }
      case RAW, ZERO -> null;
    };
  }

  /** Gives block by block, or unit by unit where units are larger than blocks. */
  private void give() {
    int step = Math.max(BLOCK, unit);
    for (int from = 0; from < batch.length(); from += step) {
      int to = Math.min(from + step, batch.length());
      boolean data = look(from, to);
      for (int at = from; at < to; at += unit) {
        Extent pass = passed[at / unit];
        if (pass != null) {
          result.addPassed(pass);
        } else if (data && plan.writes()) {
          encode(at);
        }
      }
    }
  }

  /** Digests the blocks of a range that hold data, and tells whether any does. */
  private boolean look(int from, int to) {
    byte[] content = window;
    boolean wanted = unit < BLOCK || passed[from / unit] == null || plan.inspects();
    if (content == null || !wanted) {
      return false;
    }
    boolean data = false;
    for (int at = from; at < to; at += BLOCK) {
      int length = Math.min(BLOCK, to - at);
      if (touched[at / BLOCK] && !Zeros.isZero(content, at, length)) {
        data = true;
        result.data(length);
        if (plan.contentDigest()) {
          result.digest(digest(content, at, length));
        }
      }
    }
    return data;
  }

  /** Digests a block as the source has it, and as the target will when it is larger. */
  private BlockDigest digest(byte[] content, int from, int length) {
    long offset = batch.start() + from;
    int written = (int) Math.min(BLOCK, plan.writtenBytes() - offset);
    byte[] own = sha256(content, from, length);
    if (written == length) {
      return new BlockDigest(offset / BLOCK, own, own);
    }
    // What is behind the disk's end must not come to light in a larger one.
    Arrays.fill(content, from + length, from + BLOCK, (byte) 0);
    return new BlockDigest(offset / BLOCK, own, sha256(content, from, written));
  }

  private byte[] sha256(byte[] content, int from, int length) {
    MessageDigest sha256 = codec.sha256();
    sha256.update(content, from, length);
    return sha256.digest();
  }

  /** Encodes a unit from a range that holds data. */
  private void encode(int from) {
    byte[] content = window;
    int length = Math.min(unit, batch.length() - from);
    if (content == null || (unit < BLOCK && Zeros.isZero(content, from, length))) {
      return;
    }
    long offset = batch.start() + from;
    fillUp(content, from, length);
    if (plan.wanted() == Encoding.RAW) {
      result.addRaw(offset, content, from, length);
      return;
    }
    if (plan.wanted() != Encoding.ZLIB && incompressible[from / unit]) {
      result.add(Extent.raw(offset, content, from, unit, 0));
      return;
    }
    byte[] out = output();
    int size = codec.compress(plan.wanted(), content, from, unit, out, outputUsed);
    if (size == 0) {
      result.add(Extent.raw(offset, content, from, unit, 0));
      return;
    }
    result.add(new Extent(offset, length, unit, plan.wanted(), out, outputUsed, size, 0));
    outputUsed += size;
  }

  /** A compressed unit is always a whole one, and what no extent brought is zeros. */
  private void fillUp(byte[] content, int from, int length) {
    if (length < unit) {
      Arrays.fill(content, from + length, from + unit, (byte) 0);
    }
    for (int at = from; unit > BLOCK && at < from + length; at += BLOCK) {
      if (!touched[at / BLOCK]) {
        Arrays.fill(content, at, Math.min(at + BLOCK, from + length), (byte) 0);
      }
    }
  }

  private int at(Extent extent) {
    return (int) (extent.offset() - batch.start());
  }

  /** Returns the window to put an extent into, which hides what was there before. */
  private byte[] decoded(Extent extent) {
    uncover(extent);
    return touch(extent);
  }

  /** Returns the window, with zeros in blocks that the extent is the first to touch in part. */
  private byte[] touch(Extent extent) {
    byte[] current = window;
    if (current == null) {
      current = pool.take(plan.windowBytes());
      result.loan(current);
      window = current;
    }
    int from = at(extent);
    int to = from + extent.length();
    for (int block = from / BLOCK; block <= (to - 1) / BLOCK; block++) {
      int start = block * BLOCK;
      if (!touched[block]) {
        touched[block] = true;
        if (from > start || to < start + BLOCK) {
          Arrays.fill(current, start, start + BLOCK, (byte) 0);
        }
      }
    }
    return current;
  }

  private byte[] output() {
    byte[] current = output;
    if (current == null) {
      current = pool.take(Math.max(touched.length * Codec.MAX_ZLIB, passed.length * unit) + BLOCK);
      result.loan(current);
      output = current;
    }
    return current;
  }
}
