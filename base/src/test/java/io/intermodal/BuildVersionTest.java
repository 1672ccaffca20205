package io.intermodal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BuildVersionTest {

  @Test
  void tellsTheVersionOfAJarAndOfAModule() {
    assertThat(BuildVersion.of(Test.class)).matches("5\\.\\d+\\.\\d+.*");
    assertThat(BuildVersion.of(Thread.class))
        .startsWith(System.getProperty("java.specification.version"));
  }

  @Test
  void classesOutsideOfJarsAreInDevelopment() {
    assertThat(BuildVersion.of(BuildVersionTest.class)).isEqualTo("development");
  }
}
