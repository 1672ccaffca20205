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
  private final @Nullable Extent[] passed;

  /** Which blocks were decoded, at least in part; the others hold zeros, or what is passed on. */
  private final boolean[] touched;

  /** Which blocks the source could not make smaller; trying again would cost most of the time. */
  private final boolean[] incompressible;

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
    this.passed = new Extent[(batch.length() + BLOCK - 1) / BLOCK];
    this.touched = new boolean[passed.length];
    this.incompressible = new boolean[passed.length];
  }

  static EncodedBatch run(Plan plan, Batch batch, Codec codec, BufferPool pool) {
    Transcoder transcoder = new Transcoder(plan, batch, codec, pool);
    transcoder.result.loan(batch.buffer());
    for (Extent extent : batch.extents()) {
      transcoder.takeOrNote(extent);
    }
    for (int i = 0; i < transcoder.passed.length; i++) {
      transcoder.give(i);
    }
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
      case ZERO -> {}
      case RAW -> takeRaw(extent);
      case ZLIB, DEFLATE, ZSTD -> takeCompressed(extent);
    }
  }

  private void takeRaw(Extent extent) {
    boolean whole = extent.size() == plan.windowBytes() && extent.from() == 0;
    if (whole && window == null) {
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
    boolean last = extent.offset() + extent.length() == plan.virtualSizeBytes();
    boolean full = extent.unit() == BLOCK && extent.length() == BLOCK;
    if (!plan.inspects() && full && extent.encoding() == Encoding.ZLIB) {
      Extent as = reframe(extent);
      if (as != null) {
        passed[at(extent) / BLOCK] = as;
        return;
      }
    }
    byte[] into = decoded(extent);
    codec.inflate(extent, into, at(extent), last);
    if (extent.unit() == BLOCK && codec.produced() == BLOCK) {
      incompressible[at(extent) / BLOCK] = codec.consumed() >= BLOCK;
      passed[at(extent) / BLOCK] =
          extent.encoding() == Encoding.ZLIB ? reframe(extent) : framed(extent, into);
    }
  }

  /** Passes a payload with zlib's frame on, with or without the frame; null when it cannot be. */
  private @Nullable Extent reframe(Extent extent) {
    return switch (plan.wanted()) {
      case ZLIB -> extent;
      case DEFLATE -> {
        int size = extent.size() - 6;
        yield size >= BLOCK
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
      case DEFLATE ->
          size >= BLOCK ? null : extent.with(Encoding.DEFLATE, extent.bytes(), extent.from(), size);
      case ZLIB -> {
        if (size + 6 > Codec.MAX_ZLIB) {
          yield null;
        }
        byte[] out = output();
        int from = outputUsed;
        outputUsed += Codec.frame(extent, size, content, at(extent), out, from);
        yield extent.with(Encoding.ZLIB, out, from, size + 6);
      }
      case RAW, ZERO, ZSTD -> null;
    };
  }

  private void give(int block) {
    Extent pass = passed[block];
    int from = block * BLOCK;
    long offset = batch.start() + from;
    int length = (int) Math.min(BLOCK, plan.virtualSizeBytes() - offset);
    byte[] content = window;
    boolean look = touched[block] && (pass == null || plan.inspects());
    if (!look || content == null) {
      if (pass != null) {
        result.addPassed(pass);
      }
      return;
    }
    if (length < BLOCK && !Zeros.isZero(content, from + length, BLOCK - length)) {
      // What is behind the disk's end must not come to light in a larger one.
      pass = null;
      Arrays.fill(content, from + length, from + BLOCK, (byte) 0);
    }
    boolean zero = Zeros.isZero(content, from, length);
    if (!zero) {
      result.data(length);
    }
    if (plan.contentDigest() && !zero) {
      byte[] own = digest(content, from, length);
      int written = (int) Math.min(BLOCK, plan.writtenBytes() - offset);
      result.digest(
          new BlockDigest(
              offset / BLOCK, own, written == length ? own : digest(content, from, written)));
    }
    if (pass != null) {
      result.addPassed(pass);
    } else if (!zero && plan.writes()) {
      encode(content, block, offset, length);
    }
  }

  private byte[] digest(byte[] content, int from, int length) {
    MessageDigest sha256 = codec.sha256();
    sha256.update(content, from, length);
    return sha256.digest();
  }

  private void encode(byte[] content, int block, long offset, int length) {
    int from = block * BLOCK;
    if (plan.wanted() == Encoding.RAW) {
      result.addRaw(offset, content, from, length);
      return;
    }
    if (plan.wanted() == Encoding.DEFLATE && incompressible[block]) {
      result.add(Extent.raw(offset, content, from, BLOCK, 0));
      return;
    }
    byte[] out = output();
    boolean zlib = plan.wanted() == Encoding.ZLIB;
    int size =
        zlib
            ? codec.zlib(content, from, out, outputUsed)
            : codec.rawDeflate(content, from, out, outputUsed);
    if (size == 0) {
      result.add(Extent.raw(offset, content, from, BLOCK, 0));
      return;
    }
    result.add(new Extent(offset, length, BLOCK, plan.wanted(), out, outputUsed, size, 0));
    outputUsed += size;
  }

  private int at(Extent extent) {
    return (int) (extent.offset() - batch.start());
  }

  /** Returns the window, with zeros in blocks that the extent is the first to touch in part. */
  private byte[] decoded(Extent extent) {
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
      current = pool.take(passed.length * Codec.MAX_ZLIB + BLOCK);
      result.loan(current);
      output = current;
    }
    return current;
  }
}
