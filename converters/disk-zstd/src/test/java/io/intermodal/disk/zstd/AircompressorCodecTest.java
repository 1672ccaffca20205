package io.intermodal.disk.zstd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intermodal.disk.spi.ZstdCodec;
import java.util.Arrays;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is compressed comes back; what is damaged does no harm. */
class AircompressorCodecTest {

  private final ZstdCodec codec = new AircompressorCodec();

  private static byte[] content(Random random, int length) {
    byte[] bytes = new byte[length];
    int kinds = 1 + random.nextInt(255);
    for (int i = 0; i < length; i++) {
      boolean repeat = i > 300 && random.nextInt(4) > 0;
      bytes[i] = repeat ? bytes[i - 1 - random.nextInt(300)] : (byte) random.nextInt(kinds);
    }
    return bytes;
  }

  @Test
  void isFoundAsAService() {
    assertThat(ServiceLoader.load(ZstdCodec.class))
        .singleElement()
        .isInstanceOf(AircompressorCodec.class);
    assertThat(codec.id()).isEqualTo("aircompressor");
  }

  @Property(tries = 100)
  void bringsBackWhatWasCompressed(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] bytes = content(random, 512 << random.nextInt(9));
    byte[] frame = new byte[bytes.length + 1000];
    int size = codec.compress(bytes, 0, bytes.length, frame, 7, bytes.length + 500);
    assertThat(size).isPositive();
    byte[] back = new byte[bytes.length + 20];
    assertThat(codec.decompress(frame, 7, size, back, 11, bytes.length)).isEqualTo(bytes.length);
    assertThat(Arrays.copyOfRange(back, 11, 11 + bytes.length)).isEqualTo(bytes);
    assertThat(back[10]).isZero();
    assertThat(back[11 + bytes.length]).isZero();
  }

  @Test
  void saysThatAFrameDoesNotFit() {
    byte[] noise = new byte[65536];
    new Random(1).nextBytes(noise);
    byte[] frame = new byte[65536];
    assertThat(codec.compress(noise, 0, 65536, frame, 0, 65535)).isZero();
    byte[] text = new byte[65536];
    int size = codec.compress(text, 0, 65536, frame, 0, 65535);
    byte[] back = new byte[65536];
    assertThatThrownBy(() -> codec.decompress(frame, 0, size, back, 0, 65535))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void isSafeForManyThreads() {
    boolean allBack =
        IntStream.range(0, 400)
            .parallel()
            .allMatch(
                i -> {
                  byte[] bytes = content(new Random(i), 4096);
                  byte[] frame = new byte[5000];
                  int size = codec.compress(bytes, 0, 4096, frame, 0, 5000);
                  byte[] back = new byte[4096];
                  return codec.decompress(frame, 0, size, back, 0, 4096) == 4096
                      && Arrays.equals(back, bytes);
                });
    assertThat(allBack).isTrue();
  }

  /** Only runtime exceptions come out, and nothing is written where it may not be. */
  @Test
  @Timeout(600)
  void survivesDamage() {
    int rounds = Integer.getInteger("intermodal.fuzz.count", 4000);
    Random random = new Random(Long.getLong("intermodal.fuzz.seed", 1));
    int refused = 0;
    for (int i = 0; i < rounds; i++) {
      byte[] bytes = content(random, 512 << random.nextInt(6));
      byte[] frame = new byte[bytes.length + 1000];
      int size = codec.compress(bytes, 0, bytes.length, frame, 0, frame.length);
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        frame[4 + random.nextInt(size - 4)] = (byte) random.nextInt();
      }
      int cut = random.nextInt(8) == 0 ? random.nextInt(size) : size;
      byte[] back = new byte[bytes.length + 64];
      try {
        assertThat(codec.decompress(frame, 0, cut, back, 32, bytes.length))
            .isBetween(0, bytes.length);
      } catch (RuntimeException e) {
        refused++;
      }
      assertThat(Arrays.copyOf(back, 32)).containsOnly(0);
      assertThat(Arrays.copyOfRange(back, 32 + bytes.length, back.length)).containsOnly(0);
    }
    assertThat(refused).isGreaterThan(rounds / 4);
  }
}
