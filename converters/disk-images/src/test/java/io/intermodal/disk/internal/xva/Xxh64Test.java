package io.intermodal.disk.internal.xva;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** XXH64 gives what its reference implementation gives. */
class Xxh64Test {

  private static long of(byte[] bytes) {
    return Xxh64.of(bytes, 0, bytes.length);
  }

  @Test
  void givesTheKnownValues() {
    assertThat(of(new byte[0])).isEqualTo(0xEF46DB3751D8E999L);
    assertThat(of("abc".getBytes(StandardCharsets.US_ASCII))).isEqualTo(0x44BC2CF5AD770999L);
    byte[] counted = new byte[101];
    for (int i = 0; i < counted.length; i++) {
      counted[i] = (byte) i;
    }
    assertThat(of(counted)).isEqualTo(0xE99038495F85381EL);
    assertThat(of(new byte[1 << 20])).isEqualTo(0x87D2A1B6E1163EF1L);
  }

  @Test
  void readsFromAnywhere() {
    byte[] bytes = new byte[100];
    for (int length = 0; length < 70; length++) {
      for (int i = 0; i < length; i++) {
        bytes[7 + i] = (byte) (i * 31);
      }
      byte[] alone = java.util.Arrays.copyOfRange(bytes, 7, 7 + length);
      assertThat(Xxh64.of(bytes, 7, length)).isEqualTo(of(alone));
    }
  }
}
