package io.intermodal.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HypervisorUriTest {

  @Test
  void takesThePathAsItStandsAndDecodesParameters() {
    HypervisorUri uri = HypervisorUri.parse("LOCAL:/my vms/100%?profile=a%20b&x=1");

    assertThat(uri.scheme()).isEqualTo("local");
    assertThat(uri.rest()).isEqualTo("/my vms/100%");
    assertThat(uri.parameters()).containsExactly(Map.entry("profile", "a b"), Map.entry("x", "1"));
    assertThat(uri.parameter("y")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "vms",
        ":x",
        "1x:y",
        "local:",
        "local: ",
        "local:x?a",
        "local:x?=b",
        "local:x?",
        "local:x?a=1&a=2",
        "local:x?a=%zz",
        "local:x?a=%"
      })
  void refusesWhatItDoesNotUnderstand(String text) {
    assertThatExceptionOfType(HypervisorException.class)
        .isThrownBy(() -> HypervisorUri.parse(text))
        .satisfies(e -> assertThat(e.code()).isEqualTo(HypervisorError.INVALID_URI));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vsphere://root:geheim@host",
        "vsphere://root:geheim@host?x=1",
        "vsphere://:geheim@host/a@b",
        "vsphere://host?password=geheim",
        "vsphere://host?user=root&PASSWD=geheim&x",
        "vsphere://host?token=geheim",
      })
  void refusesAPasswordAndDoesNotRepeatIt(String text) {
    assertThatExceptionOfType(HypervisorException.class)
        .isThrownBy(() -> HypervisorUri.parse(text))
        .withMessageContaining("holds a password")
        .satisfies(
            e -> {
              assertThat(e.getMessage()).doesNotContain("geheim");
              assertThat(e.location().orElse("")).doesNotContain("geheim");
            });
  }

  @Test
  void takesAUserWithoutAPassword() {
    assertThat(HypervisorUri.parse("vsphere://root@host:443/x").rest())
        .isEqualTo("//root@host:443/x");
  }

  @Property
  void readsBackWhatItWrites(@ForAll @NotEmpty @AlphaChars String name, @ForAll String value) {
    HypervisorUri uri = new HypervisorUri("local", "/x", Map.of("x" + name, value));

    assertThat(HypervisorUri.parse(uri.toString())).isEqualTo(uri);
  }
}
