package io.intermodal.disk.internal.deflate;

import java.util.Objects;
import java.util.zip.Adler32;

/**
 * Inflates data that is in memory as a whole into a range of an array. Takes and refuses what
 * {@link java.util.zip.Inflater} does, in two thirds of the time, and knows how far back matches
 * go. Reads nothing outside the range of the input and writes nothing outside that of the output;
 * what is in the output after a refusal is of no use. Needs no closing. Not thread-safe.
 */
public final class Inflate {

  /** How a run ended. */
  public enum Result {
    /** All of it is there. */
    DONE,
    /** The input ends inside the data. */
    TRUNCATED,
    /** There is more than the output takes. */
    OVERFLOW,
    /** It can be inflated only with a dictionary that is elsewhere. */
    DICTIONARY,
    /** It is no such data; {@link #reason()} says why. */
    DAMAGED
  }

  private final BitInput in = new BitInput();
  private final BlockHeader header = new BlockHeader();
  private final DecodeTable litlen = DecodeTable.litlen();
  private final DecodeTable distance = DecodeTable.distance();
  private final DecodeTable fixedLitlen = DecodeTable.litlen();
  private final DecodeTable fixedDistance = DecodeTable.distance();
  private final HuffmanBlock block = new HuffmanBlock(in);
  private final Adler32 adler = new Adler32();
  private String reason = "";
  private int produced;

  /** Creates one that may be used any number of times. */
  public Inflate() {
    fixedLitlen.build(Symbols.fixedLitlen(), 0, Symbols.LITLEN, true);
    fixedDistance.build(Symbols.fixedDistance(), 0, Symbols.DISTANCE, true);
  }

  /**
   * Inflates one run of deflate data (RFC 1951); bytes may follow behind it.
   *
   * @param room how many bytes of {@code into} there are from {@code at} on
   */
  public Result raw(byte[] bytes, int from, int size, byte[] into, int at, int room) {
    start(bytes, from, size, into, at, room);
    Result result = blocks();
    produced = block.position() - at;
    return result;
  }

  /** Inflates data in zlib's frame (RFC 1950) and checks its Adler-32; bytes may follow. */
  public Result zlib(byte[] bytes, int from, int size, byte[] into, int at, int room) {
    start(bytes, from, size, into, at, room);
    Result result = frameHeader();
    if (result == Result.DONE) {
      result = blocks();
    }
    produced = block.position() - at;
    return result == Result.DONE ? trailer(into, at) : result;
  }

  /** Returns why the data of the last run is damaged, in zlib's words. */
  public String reason() {
    return reason;
  }

  /** Returns how many bytes the last run put out. */
  public int produced() {
    return produced;
  }

  /** Returns how many bytes the last run took, its frame included. */
  public int consumed() {
    return in.consumed();
  }

  /** Returns how far back the farthest match of the last run went; 0 when there was none. */
  public int farthestMatch() {
    return block.farthest();
  }

  private void start(byte[] bytes, int from, int size, byte[] into, int at, int room) {
    Objects.checkFromIndexSize(from, size, bytes.length);
    Objects.checkFromIndexSize(at, room, into.length);
    in.start(bytes, from, size);
    block.start(into, at, room);
    reason = "";
  }

  private Result frameHeader() {
    if (!in.has(16)) {
      return Result.TRUNCATED;
    }
    int first = in.take(8);
    int second = in.take(8);
    if ((first << 8 | second) % 31 != 0) {
      return damaged("incorrect header check");
    }
    if ((first & 0x0F) != 8) {
      return damaged("unknown compression method");
    }
    if (first >> 4 > 7) {
      return damaged("invalid window size");
    }
    if ((second & 0x20) != 0) {
      return in.has(32) ? Result.DICTIONARY : Result.TRUNCATED;
    }
    return Result.DONE;
  }

  private Result trailer(byte[] into, int at) {
    in.align();
    if (!in.has(32)) {
      return Result.TRUNCATED;
    }
    int sum = Integer.reverseBytes((int) in.bits());
    in.drop(32);
    adler.reset();
    adler.update(into, at, produced);
    return sum == (int) adler.getValue() ? Result.DONE : damaged("incorrect data check");
  }

  private Result blocks() {
    while (true) {
      if (!in.has(3)) {
        return Result.TRUNCATED;
      }
      boolean last = in.take(1) == 1;
      Result result =
          switch (in.take(2)) {
            case 0 -> stored();
            case 1 -> huffman(fixedLitlen, fixedDistance);
            case 2 -> dynamic();
            default -> damaged("invalid block type");
          };
      if (result != Result.DONE || last) {
        return result;
      }
    }
  }

  private Result stored() {
    in.align();
    if (!in.has(32)) {
      return Result.TRUNCATED;
    }
    int length = in.take(16);
    if (length != (in.take(16) ^ 0xFFFF)) {
      return damaged("invalid stored block lengths");
    }
    in.align();
    int there = Math.min(length, in.end() - in.next());
    if (!block.copy(in.bytes(), in.next(), there)) {
      return Result.OVERFLOW;
    }
    in.skip(there);
    return there < length ? Result.TRUNCATED : Result.DONE;
  }

  private Result dynamic() {
    String why = header.read(in, litlen, distance);
    if (why == null) {
      return huffman(litlen, distance);
    }
    return why.equals(BlockHeader.TRUNCATED) ? Result.TRUNCATED : damaged(why);
  }

  private Result huffman(DecodeTable lengths, DecodeTable distances) {
    String why = block.decode(lengths, distances);
    if (why == null) {
      return Result.DONE;
    }
    return switch (why) {
      case HuffmanBlock.TRUNCATED -> Result.TRUNCATED;
      case HuffmanBlock.OVERFLOW -> Result.OVERFLOW;
      default -> damaged(why);
    };
  }

  private Result damaged(String why) {
    reason = why;
    return Result.DAMAGED;
  }
}
