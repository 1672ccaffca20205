package io.intermodal.driver.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DiskTargetsTest {

  @ParameterizedTest
  @CsvSource({"0, a", "25, z", "26, aa", "51, az", "52, ba", "701, zz"})
  void countsInLetters(int index, String letters) {
    assertThat(DiskChanges.letters(index)).isEqualTo(letters);
  }
}
