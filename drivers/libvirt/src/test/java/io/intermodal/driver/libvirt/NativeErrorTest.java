package io.intermodal.driver.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.hypervisor.HypervisorError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NativeErrorTest {

  @ParameterizedTest
  @CsvSource({
    "1, INTERNAL_ERROR, OPERATION_FAILED",
    "3, NO_SUPPORT, UNSUPPORTED_OPERATION",
    "5, NO_CONNECT, CONNECTION_FAILED",
    "9, OPERATION_FAILED, OPERATION_FAILED",
    "28, DOM_EXIST, NAME_TAKEN",
    "38, SYSTEM_ERROR, OPERATION_FAILED",
    "39, RPC, CONNECTION_FAILED",
    "42, NO_DOMAIN, MACHINE_NOT_FOUND",
    "45, AUTH_FAILED, CONNECTION_FAILED",
    "50, NO_STORAGE_VOL, NO_SUCH_PART",
    "55, OPERATION_INVALID, ILLEGAL_STATE",
    "67, CONFIG_UNSUPPORTED, LIMIT_EXCEEDED",
    "68, OPERATION_TIMEOUT, OPERATION_FAILED",
    "72, NO_DOMAIN_SNAPSHOT, NO_SUCH_PART",
    "74, ARGUMENT_UNSUPPORTED, UNSUPPORTED_OPERATION",
    "84, OPERATION_UNSUPPORTED, UNSUPPORTED_OPERATION",
    "86, AGENT_UNRESPONSIVE, GUEST_UNREACHABLE",
    "87, RESOURCE_BUSY, LOCKED",
    "90, STORAGE_VOL_EXIST, NAME_TAKEN",
    "91, CPU_INCOMPATIBLE, LIMIT_EXCEEDED",
    "97, AGENT_UNSYNCED, GUEST_UNREACHABLE"
  })
  void givesEachCodeItsNameAndOurs(int number, String name, HypervisorError ours) {
    NativeError error = NativeError.of(number, 10, "words");
    assertThat(error.code()).isEqualTo(name);
    assertThat(error.domain()).isEqualTo("QEMU");
    assertThat(error.category()).isEqualTo(ours);
  }

  @Test
  void knowsAFullDiskByTheNumberOfTheOperatingSystem() {
    assertThat(new NativeError(38, "SYSTEM_ERROR", "STORAGE", "x", 28).category())
        .isEqualTo(HypervisorError.STORAGE_FULL);
  }

  @Test
  void namesCodesOfNewerHostsByTheirNumber() {
    NativeError error = NativeError.of(4711, 4712, null);
    assertThat(error.code()).isEqualTo("error 4711");
    assertThat(error.domain()).isEqualTo("part 4712");
    assertThat(error.message()).isEqualTo("libvirt does not say why");
    assertThat(error.category()).isEqualTo(HypervisorError.OPERATION_FAILED);
    assertThat(NativeError.of(-1, -1, "x").code()).isEqualTo("error -1");
  }

  @Test
  void putsTheWordsOfLibvirtIntoOneLine() {
    assertThat(NativeError.of(1, 0, " first\n  second\r\n").message()).isEqualTo("first; second");
    assertThat(NativeError.of(1, 0, "x".repeat(5000)).message()).hasSize(2001).endsWith("…");
  }

  @Test
  void saysWhatFailedWhereAndWhatToDo() {
    LibvirtFailure failure =
        new LibvirtFailure(
            HypervisorError.STORAGE_FULL,
            "make the volume a",
            NativeError.of(38, 18, "No space left on device"),
            "a",
            null);
    assertThat(failure)
        .hasMessage(
            "cannot make the volume a: No space left on device (libvirt SYSTEM_ERROR from STORAGE);"
                + " make room, or name another pool with ?pool=");
    assertThat(failure.nativeCode()).isEqualTo("SYSTEM_ERROR");
    assertThat(failure.nativeDomain()).isEqualTo("STORAGE");
    assertThat(failure.nativeMessage()).isEqualTo("No space left on device");
    assertThat(failure.driver()).isEqualTo("libvirt");
  }
}
