package io.intermodal.driver.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.HypervisorUri;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LibvirtUriTest {

  @ParameterizedTest
  @CsvSource({
    "qemu:///system, QEMU, true",
    "qemu:///session, QEMU, true",
    "qemu+unix:///system?socket=/run/lab/libvirt-sock, QEMU, true",
    "qemu+tcp://host/system, QEMU, false",
    "qemu+ssh://root@host:2222/system, QEMU, false",
    "qemu+tls://host/system, QEMU, false",
    "xen:///, XEN, true",
    "xen:///system, XEN, true",
    "xen+tcp://127.0.0.1:16609/system, XEN, false",
    "test:///default, TEST, true",
    "test:///srv/hosts.xml, TEST, true",
    "esx://esx.example/?no_verify=1, ESX, false"
  })
  void takesWhatLibvirtTakes(String text, HypervisorKind kind, boolean local) {
    LibvirtUri uri = LibvirtUri.of(HypervisorUri.parse(text));
    assertThat(uri.kind()).isEqualTo(kind);
    assertThat(uri.text()).isEqualTo(text);
    assertThat(uri.isLocal()).isEqualTo(local);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "quemu:///system | its scheme is none of esx, qemu,",
        "test+tcp://host/default | its scheme is none of",
        "qemu+udp://host/system | its scheme is none of",
        "qemu:/system | two slashes and a host must follow the colon",
        "qemu+tcp:///system | it names no host",
        "qemu+unix://host/system | no host belongs into it",
        "qemu:///sistem | its path is \"/sistem\", it must be /system or /session",
        "xen:///other | its path is \"/other\"",
        "test:/// | its path is \"/\"",
        "qemu:///system?pool= | its parameter pool names no storage pool"
      })
  void refusesOthersWithTheReason(String text, String reason) {
    assertThatThrownBy(() -> LibvirtUri.of(HypervisorUri.parse(text)))
        .isInstanceOfSatisfying(
            HypervisorException.class,
            e -> assertThat(e.code()).isEqualTo(HypervisorError.INVALID_URI))
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"qemu:///sys tem", "qemu+tcp://host\u0001/system", "qemu+tcp://h#x/system"})
  void refusesCharactersThatLibvirtWouldReadOtherwise(String text) {
    assertThatThrownBy(() -> LibvirtUri.of(HypervisorUri.parse(text)))
        .hasMessageContaining("it holds a blank, a control character or a #");
  }

  @Test
  void keepsThePoolToItself() {
    LibvirtUri uri =
        LibvirtUri.of(HypervisorUri.parse("qemu+unix:///system?socket=/run/a&pool=fast"));
    assertThat(uri.pool()).isEqualTo("fast");
    assertThat(uri.text()).isEqualTo("qemu+unix:///system?socket=/run/a");
    assertThat(uri.shown()).isEqualTo("qemu+unix:///system?socket=/run/a&pool=fast");
  }

  @Test
  void hidesTheValuesOfParametersInMessages() {
    LibvirtUri uri =
        LibvirtUri.of(HypervisorUri.parse("qemu+ssh://host/system?keyfile=/home/me/key"));
    assertThat(uri.shown()).isEqualTo("qemu+ssh://host/system?keyfile=…");
  }
}
