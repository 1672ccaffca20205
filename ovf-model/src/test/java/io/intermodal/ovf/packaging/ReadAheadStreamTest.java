package io.intermodal.ovf.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReadAheadStreamTest {

  private static final int LENGTH = (20 << 20) + 12_345;

  @TempDir Path folder;
  private Path file;
  private byte[] bytes;

  @BeforeEach
  void write() throws IOException {
    bytes = new byte[LENGTH];
    new Random(1).nextBytes(bytes);
    file = Files.write(folder.resolve("disk"), bytes);
  }

  @Test
  void readsWhatTheFileHolds() throws IOException {
    for (int length : new int[] {0, 1, 1000, 16 << 20, (16 << 20) + 1, LENGTH - 7}) {
      try (InputStream in = ReadAheadStream.of(new FileRange(file, 7, length))) {
        assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, 7, 7 + length));
        assertThat(in.read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void readsShortAheadOfNothing() throws IOException {
    try (InputStream in = ReadAheadStream.of(new FileRange(file, 0, LENGTH))) {
      assertThat(in).isInstanceOf(ReadAheadStream.class);
      assertThat(in.read()).isEqualTo(bytes[0] & 0xff);
      assertThat(in.skip(3 << 20)).isEqualTo(3 << 20);
      assertThat(in.read()).isEqualTo(bytes[1 + (3 << 20)] & 0xff);
    }
    try (InputStream in = ReadAheadStream.of(new FileRange(file, 0, 1 << 20))) {
      assertThat(in).isInstanceOf(RangeInputStream.class);
    }
  }

  @Test
  void tellsThatTheFileIsShorterThanItWas() throws IOException {
    try (InputStream in = ReadAheadStream.of(new FileRange(file, 0, LENGTH + 1L))) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(in::readAllBytes)
          .withMessageContaining("became shorter");
    }
  }

  @Test
  void tellsAgainWhenAskedAgain() throws IOException {
    try (InputStream in = ReadAheadStream.of(new FileRange(folder.resolve("none"), 0, LENGTH))) {
      assertThatExceptionOfType(IOException.class).isThrownBy(in::read);
      assertThatExceptionOfType(IOException.class).isThrownBy(in::read);
    }
  }

  @Test
  void endsItsThreadWhenItIsClosedEarly() throws Exception {
    InputStream in = ReadAheadStream.of(new FileRange(file, 0, LENGTH));
    assertThat(in.read()).isNotNegative();
    in.close();
    while (Thread.getAllStackTraces().keySet().stream()
        .anyMatch(t -> t.getName().equals("intermodal-read-ahead"))) {
      Thread.sleep(10);
    }
  }
}
