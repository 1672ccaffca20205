package io.intermodal.disk.internal.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.disk.internal.deflate.Inflate.Result;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JDK's inflater reads what ours deflates. */
class DeflateTest {

  private static final int BLOCK = Deflate.MAX_BLOCK;
  private static final byte UNTOUCHED = (byte) 0xA5;

  static Stream<Deflate> both() {
    return Stream.of(Deflate.fast(), Deflate.small());
  }

  @Property(tries = 300)
  void zlibReadsIt(@ForAll("seeds") long seed) throws DataFormatException {
    Random random = new Random(seed);
    for (Deflate deflate : new Deflate[] {Deflate.fast(), Deflate.small()}) {
      for (int i = 0; i < 3; i++) {
        roundTrip(deflate, Material.content(random, BLOCK), random.nextBoolean());
      }
    }
  }

  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.longs();
  }

  @ParameterizedTest
  @MethodSource("both")
  void carriesEverySmallSize(Deflate deflate) throws DataFormatException {
    for (int size = 0; size < 300; size++) {
      byte[] same = new byte[size];
      roundTrip(deflate, same, true);
      new Random(size).nextBytes(same);
      roundTrip(deflate, same, false);
    }
  }

  /** Codes that want to be longer than 15 bits: each value is as frequent as all rarer ones. */
  @ParameterizedTest
  @MethodSource("both")
  void limitsTheLengthsOfCodes(Deflate deflate) throws DataFormatException {
    byte[] bytes = new byte[BLOCK];
    int at = 0;
    int a = 1;
    int b = 1;
    for (int value = 0; value < 40 && at < BLOCK; value++) {
      for (int i = 0; i < a && at < BLOCK; i++) {
        bytes[at++] = (byte) value;
      }
      int sum = a + b;
      a = b;
      b = sum;
    }
    Random random = new Random(1);
    for (int i = BLOCK - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      byte swap = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = swap;
    }
    roundTrip(deflate, bytes, true);
  }

  @ParameterizedTest
  @MethodSource("both")
  void givesTheSameBytesWhateverCameBefore(Deflate used) {
    Random random = new Random(3);
    for (int i = 0; i < 50; i++) {
      byte[] content = Material.content(random, BLOCK);
      Deflate fresh = i % 2 == 0 ? Deflate.fast() : Deflate.small();
      Deflate other = i % 2 == 0 ? Deflate.fast() : Deflate.small();
      byte[] unused = packed(other, Material.content(random, BLOCK), 0);
      assertThat(packed(other, content, random.nextInt(100))).isEqualTo(packed(fresh, content, 0));
      assertThat(packed(used, content, 7)).isEqualTo(packed(used, content, 0));
      assertThat(unused).isNotNull();
    }
  }

  @ParameterizedTest
  @MethodSource("both")
  void saysWhenItDoesNotFit(Deflate deflate) {
    byte[] noise = new byte[BLOCK];
    new Random(1).nextBytes(noise);
    byte[] out = new byte[BLOCK + 100];
    Arrays.fill(out, UNTOUCHED);
    assertThat(deflate.raw(noise, 0, BLOCK, out, 0, BLOCK + 100)).isZero();
    assertThat(deflate.zlib(noise, 0, BLOCK, out, 0, 3)).isZero();
    assertThat(out).containsOnly(UNTOUCHED);

    byte[] text = Arrays.copyOf(new byte[] {1, 2, 3, 1, 2, 3, 1, 2}, 1000);
    int size = deflate.raw(text, 0, 1000, out, 10, 1000);
    Arrays.fill(out, UNTOUCHED);
    assertThat(deflate.raw(text, 0, 1000, out, 10, size - 1)).isZero();
    assertThat(deflate.raw(text, 0, 1000, out, 10, size)).isEqualTo(size);
    assertThat(out[9]).isEqualTo(UNTOUCHED);
    assertThat(out[10 + size]).isEqualTo(UNTOUCHED);
  }

  @ParameterizedTest
  @MethodSource("both")
  void carriesMoreThanABlock(Deflate deflate) throws DataFormatException {
    Random random = new Random(6);
    for (int i = 0; i < 20; i++) {
      byte[] content = new byte[1 + random.nextInt(5 * BLOCK)];
      for (int at = 0; at < content.length; ) {
        byte[] part = Material.content(random, BLOCK);
        int n = Math.min(part.length, content.length - at);
        System.arraycopy(part, 0, content, at, n);
        at += n;
      }
      roundTrip(deflate, content, i % 2 == 0);
    }
  }

  @Test
  void isAboutAsSmallAsZlib() {
    Random random = new Random(5);
    long fast = 0;
    long small = 0;
    long one = 0;
    long six = 0;
    Deflate fastest = Deflate.fast();
    Deflate smallest = Deflate.small();
    for (int i = 0; i < 60; i++) {
      byte[] content = Arrays.copyOf(Material.content(random, BLOCK), BLOCK);
      fast += packed(fastest, content, 0).length;
      small += packed(smallest, content, 0).length;
      one += Math.min(BLOCK, zlib(content, 1));
      six += Math.min(BLOCK, zlib(content, 6));
    }
    assertThat(fast).isLessThan(one * 105 / 100);
    assertThat(small).isLessThan(six * 103 / 100);
  }

  private static long zlib(byte[] content, int level) {
    Deflater deflater = new Deflater(level, true);
    deflater.setInput(content);
    deflater.finish();
    int size = deflater.deflate(new byte[content.length * 2 + 100]);
    deflater.end();
    return size;
  }

  private static void roundTrip(Deflate deflate, byte[] content, boolean raw)
      throws DataFormatException {
    int room = content.length + 1000;
    byte[] out = new byte[room];
    int size =
        raw
            ? deflate.raw(content, 0, content.length, out, 0, room)
            : deflate.zlib(content, 0, content.length, out, 0, room);
    if (size == 0) {
      assertThat(zlib(content, 9)).as("what is not smaller").isGreaterThan(BLOCK * 98 / 100);
      return;
    }
    byte[] back = new byte[content.length + 1];
    Inflater inflater = new Inflater(raw);
    inflater.setInput(out, 0, size);
    int n = inflater.inflate(back);
    assertThat(inflater.finished()).isTrue();
    assertThat(inflater.getBytesRead()).isEqualTo(size);
    inflater.end();
    assertThat(Arrays.copyOf(back, n)).isEqualTo(content);
    Inflate ours = new Inflate();
    Result result =
        raw
            ? ours.raw(out, 0, size, back, 0, content.length)
            : ours.zlib(out, 0, size, back, 0, content.length);
    assertThat(result).isEqualTo(Result.DONE);
    assertThat(ours.farthestMatch()).isLessThanOrEqualTo(32768);
  }

  /** Deflates from inside a larger array, with content before and behind that it could match. */
  private static byte[] packed(Deflate deflate, byte[] content, int before) {
    byte[] in = new byte[content.length + before + 40];
    for (int i = 0; i < before && content.length > 0; i++) {
      in[i] = content[i % content.length];
    }
    System.arraycopy(content, 0, in, before, content.length);
    byte[] out = new byte[BLOCK];
    int size = deflate.raw(in, before, content.length, out, 0, BLOCK);
    return size == 0 ? content : Arrays.copyOf(out, size);
  }
}
