package io.intermodal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the options that say how a guest is asked. */
class GuestOptionsTest {

  @TempDir Path folder;
  private String esx;
  private String kvm;

  @BeforeEach
  void makeASource() {
    esx = "local:" + folder.resolve("esx") + "?profile=vsphere";
    kvm = "local:" + folder.resolve("kvm") + "?profile=kvm";
    Path ova = SampleAppliance.small().writeOva(folder.resolve("sample.ova"));
    CommandRun run = CommandRun.of("move", ova, "--to", esx, "--report", folder.resolve("first"));
    assertThat(run.exitCode()).as(run.all()).isZero();
  }

  private CommandRun move(Object... more) {
    Object[] all = new Object[more.length + 7];
    Object[] first = {"move", esx, "--to", kvm, "--json", "--report", folder.resolve("second")};
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return CommandRun.of(all);
  }

  @Test
  void theHypervisorsOwnAnswerComesFirst() {
    JsonNode tests = move().json().at("/cycles/0/tests");
    assertThat(tests.at("/source/guest/via").textValue()).isEqualTo("hypervisor");
    assertThat(tests.at("/target/guest/steps")).isNotEmpty();
    assertThat(tests.at("/target/hypervisor")).hasSize(18);
    assertThat(tests.at("/target/hypervisor/0/durationMillis").isIntegralNumber()).isTrue();
  }

  @Test
  void asksNobodyWhenThatIsWanted() {
    CommandRun run = move("--probe", "none");
    assertThat(run.exitCode()).as("what could not be performed fails").isEqualTo(1);
    JsonNode guest = run.json().at("/cycles/0/tests/target/guest");
    assertThat(guest.get("via").isNull()).isTrue();
    assertThat(guest.get("silence").textValue()).contains("asked for");
  }

  @Test
  void aCheckThatCannotBeRunFails() {
    CommandRun run = move("--guest-check", "2.5.a=systemctl is-active web");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.json().at("/cycles/0/observations/target/tests/2.5.a/reason").textValue())
        .contains("no shell to run it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--probe=ssh|ssh needs --guest-user",
        "--probe=ssh --guest-user=root|a login needs a key or a password",
        "--probe=ssh --guest-user=root --guest-password-env=NOT_THERE_AT_ALL|there is no"
            + " environment variable NOT_THERE_AT_ALL",
        "--probe=ssh --guest-user=root --guest-key=k --guest-jump=a:b:c|no host to go through",
        "--probe=console --guest-user=-x|no name of a user",
        "--guest-check=1.1.a=true|test must be from 2.5.a to 2.5.zz",
        "--guest-public-address=example.org|publicPing must be an IPv4 or IPv6 address",
        "--guest-wait=-1|longestWait must be from"
      })
  void saysWhatIsWrong(String options, String message) {
    CommandRun run = move((Object[]) options.split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.all()).contains(message.replace("\n", ""));
  }
}
