package io.intermodal.disk.internal.deflate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intermodal.disk.internal.deflate.Inflate.Result;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JDK's inflater judges ours: the same bytes, the same end, the same refusal. */
@Timeout(3600)
class InflateTest {

  private static final int COUNT = Integer.getInteger("intermodal.fuzz.count", 20_000);
  private static final int MARGIN = 16;
  private static final byte UNTOUCHED = (byte) 0xA5;

  private final Inflate inflate = new Inflate();

  private record Outcome(String how, int produced, int consumed, String bytes) {

    /** With one byte too many zlib may see at once the damage that comes next. */
    boolean same(Outcome zlib) {
      if (how.equals("OVERFLOW")) {
        return !zlib.how.equals("DONE");
      }
      return how.equals(zlib.how)
          && (!how.equals("DONE")
              || (produced == zlib.produced
                  && consumed == zlib.consumed
                  && bytes.equals(zlib.bytes)));
    }

    @Override
    public String toString() {
      return how + ", " + produced + " bytes out of " + consumed;
    }
  }

  @Test
  void inflatesWhatZlibDeflates() {
    Random random = new Random(1);
    for (int i = 0; i < 3_000; i++) {
      byte[] content = Material.content(random, i % 10 == 0 ? 200_000 : 20_000);
      boolean raw = random.nextBoolean();
      byte[] deflated = Material.deflated(random, content, raw);
      Outcome ours = ours(deflated, content.length, raw);
      assertThat(ours.how).isEqualTo("DONE");
      assertThat(ours.bytes).isEqualTo(text(content, 0, content.length));
      assertThat(ours.consumed).isEqualTo(deflated.length);
    }
  }

  @Test
  void agreesWithZlibOnDamagedData() {
    Random random = new Random(Long.getLong("intermodal.fuzz.seed", 2));
    int refused = 0;
    byte[] deflated = {};
    byte[] content = {};
    boolean raw = false;
    for (int i = 0; i < COUNT; i++) {
      if (i % 20 == 0) {
        content = Material.content(random, 3_000);
        raw = random.nextInt(4) > 0;
        deflated = Material.deflated(random, content, raw);
      }
      byte[] damaged = damage(random, deflated);
      int room = random.nextInt(4) == 0 ? random.nextInt(content.length + 10) : 4_000;
      refused += agree(damaged, room, raw).how.equals("DONE") ? 0 : 1;
    }
    assertThat(refused).isGreaterThan(COUNT / 3);
  }

  @Test
  void agreesWithZlibOnRandomHeaders() {
    Random random = new Random(3);
    for (int i = 0; i < COUNT; i++) {
      byte[] bits = new byte[2 + random.nextInt(90)];
      random.nextBytes(bits);
      // Dynamic or fixed; sparse bits make short lists of lengths, and often whole codes.
      if (random.nextBoolean()) {
        for (int j = 2; j < bits.length; j++) {
          bits[j] &= (byte) random.nextInt();
        }
      }
      bits[0] = (byte) ((bits[0] & ~7) | (random.nextInt(4) << 1) | 1);
      agree(bits, random.nextInt(600), true);
    }
  }

  @Test
  void agreesWithZlibOnEveryPrefix() {
    Random random = new Random(4);
    for (int i = 0; i < 40; i++) {
      byte[] content = Material.content(random, 1_000);
      boolean raw = i % 2 == 0;
      byte[] deflated = Material.deflated(random, content, raw);
      for (int size = 0; size < deflated.length; size++) {
        agree(Arrays.copyOf(deflated, size), content.length, raw);
      }
      for (int room = 0; room < content.length; room++) {
        agree(deflated, room, raw);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "07, invalid block type",
    "01 05 00 00 00, invalid stored block lengths",
    "05 ff ff, too many length or distance symbols",
    "7801 03, TRUNCATED",
    "7802, incorrect header check",
    "7709, unknown compression method",
    "7820 00000001, DICTIONARY",
    "7820 000000, TRUNCATED",
    "7701, incorrect header check",
    "881c, invalid window size",
    "7801 0300 00000002, incorrect data check",
    "7801 0300 00000001, DONE"
  })
  void saysWhatIsWrong(String hex, String how) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    boolean raw = (bytes[0] & 0xF0) == 0;
    assertThat(agree(bytes, 100, raw).how).isEqualTo(how);
  }

  @Test
  void knowsTheFarthestMatch() {
    byte[] content = new byte[30_000];
    new Random(5).nextBytes(content);
    System.arraycopy(content, 100, content, 29_000, 300);
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(content);
    deflater.finish();
    byte[] out = new byte[40_000];
    int size = deflater.deflate(out);
    deflater.end();
    assertThat(inflate.raw(out, 0, size, new byte[30_000], 0, 30_000)).isEqualTo(Result.DONE);
    assertThat(inflate.farthestMatch()).isEqualTo(28_900);
    assertThat(inflate.raw(new byte[] {3, 0}, 0, 2, new byte[0], 0, 0)).isEqualTo(Result.DONE);
    assertThat(inflate.farthestMatch()).isZero();
  }

  @Test
  void refusesRangesOutsideItsArrays() {
    byte[] ten = new byte[10];
    assertThatThrownBy(() -> inflate.raw(ten, 5, 6, ten, 0, 10))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> inflate.raw(ten, 0, 10, ten, 8, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static String text(byte[] bytes, int from, int length) {
    return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
  }

  private Outcome agree(byte[] data, int room, boolean raw) {
    Outcome ours = ours(data, room, raw);
    Outcome zlib = zlib(data, room, raw);
    assertThat(ours.same(zlib))
        .as(
            "%s of %s into %d: ours %s, zlib's %s",
            raw ? "raw" : "zlib", HexFormat.of().formatHex(data), room, ours, zlib)
        .isTrue();
    return ours;
  }

  /** Inflates inside larger arrays, and looks that nothing beside the range was written. */
  private Outcome ours(byte[] data, int room, boolean raw) {
    byte[] in = new byte[data.length + 2 * MARGIN];
    Arrays.fill(in, (byte) 0x5A);
    System.arraycopy(data, 0, in, MARGIN, data.length);
    byte[] out = new byte[room + 2 * MARGIN];
    Arrays.fill(out, UNTOUCHED);
    Result result =
        raw
            ? inflate.raw(in, MARGIN, data.length, out, MARGIN, room)
            : inflate.zlib(in, MARGIN, data.length, out, MARGIN, room);
    for (int i = 0; i < MARGIN; i++) {
      assertThat(out[i]).isEqualTo(UNTOUCHED);
      assertThat(out[MARGIN + room + i]).isEqualTo(UNTOUCHED);
    }
    return new Outcome(
        result == Result.DAMAGED ? inflate.reason() : result.name(),
        inflate.produced(),
        inflate.consumed(),
        text(out, MARGIN, inflate.produced()));
  }

  private static Outcome zlib(byte[] data, int room, boolean raw) {
    Inflater inflater = new Inflater(raw);
    byte[] out = new byte[room + 1];
    try {
      inflater.setInput(data);
      int size = 0;
      while (!inflater.finished()) {
        int n = inflater.inflate(out, size, size < room ? room - size : 1);
        size += n;
        if (size > room) {
          return new Outcome("OVERFLOW", room, 0, "");
        }
        if (inflater.needsDictionary()) {
          return new Outcome("DICTIONARY", size, 0, "");
        }
        if (n == 0 && !inflater.finished()) {
          return new Outcome("TRUNCATED", size, 0, "");
        }
      }
      return new Outcome("DONE", size, (int) inflater.getBytesRead(), text(out, 0, size));
    } catch (DataFormatException e) {
      return new Outcome(String.valueOf(e.getMessage()), 0, 0, "");
    } finally {
      inflater.end();
    }
  }

  private static byte[] damage(Random random, byte[] good) {
    byte[] bad = good.clone();
    for (int n = random.nextInt(3); n >= 0; n--) {
      int at = random.nextInt(random.nextBoolean() ? Math.min(bad.length, 80) : bad.length);
      switch (random.nextInt(6)) {
        case 0, 1, 2 -> bad[at] ^= (byte) (1 << random.nextInt(8));
        case 3 -> bad[at] = (byte) random.nextInt();
        case 4 -> {
          int from = random.nextInt(good.length);
          int length = Math.min(bad.length - at, Math.min(good.length - from, random.nextInt(60)));
          System.arraycopy(good, from, bad, at, length);
        }
        default -> {
          if (random.nextBoolean()) {
            return Arrays.copyOf(bad, 1 + random.nextInt(bad.length));
          }
        }
      }
    }
    return bad;
  }
}
