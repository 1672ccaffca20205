package io.intermodal.ovf.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteWordsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 bytes",
    "1, 1 byte",
    "1023, 1023 bytes",
    "1024, 1 KiB",
    "1536, 1.5 KiB",
    "1025, 1025 bytes (1 KiB)",
    "1048576000, 1000 MiB",
    "4294967296, 4 GiB",
    "10000000000, 10000000000 bytes (9.3 GiB)",
    "1152921504606846976, 1 EiB"
  })
  void saysSizesExactly(String bytes, String words) {
    assertThat(ByteWords.of(new BigInteger(bytes))).isEqualTo(words);
  }
}
