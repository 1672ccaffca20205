package io.intermodal.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.intermodal.IntermodalException;
import io.intermodal.migrate.guest.SshLogin;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurveyHostsTest {

  private static final String SECOND = ",{\"name\":\"b\",\"uri\":\"local:/b\"}";

  @Test
  void readsHowToLogInToGuests() {
    List<SurveyHost> hosts =
        read(
            "{\"name\":\"Xen 4\",\"uri\":\"xen+tcp://h/system\",\"network\":\"lan\",\"ssh\":{"
                + "\"user\":\"root\",\"keyFile\":\"/k/id\",\"knownHosts\":\"/k/known\","
                + "\"hostAlias\":\"guest\",\"jump\":{\"user\":\"admin\",\"host\":\"127.0.0.1\","
                + "\"port\":2223}}}"
                + SECOND);

    assertThat(hosts).extracting(SurveyHost::name).containsExactly("Xen 4", "b");
    assertThat(hosts.get(0).network()).isEqualTo("lan");
    assertThat(hosts.get(1).ssh()).isNull();
    SshLogin login = Objects.requireNonNull(hosts.get(0).ssh());
    assertThat(login.user()).isEqualTo("root");
    assertThat(login.host()).as("a guest's address is asked of its hypervisor").isNull();
    assertThat(login.port()).isEqualTo(22);
    assertThat(login.hostAlias()).isEqualTo("guest");
    SshLogin jump = Objects.requireNonNull(login.jump());
    assertThat(jump.host()).isEqualTo("127.0.0.1");
    assertThat(jump.port()).isEqualTo(2223);
    assertThat(jump.key()).as("shared with the guest's").isSameAs(login.key());
    assertThat(jump.knownHosts()).isEqualTo(Path.of("/k/known"));
    assertThat(hosts.get(0).probe().name()).contains("ssh");
    assertThat(hosts.get(1).probe().name()).doesNotContain("ssh");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                   | \"user\" is missing",
        "{\"user\":\"root\",\"knownHosts\":\"/k\"}            | a login needs a key or a password",
        "{\"user\":\"root\",\"keyFile\":\"/k\"}               | \"knownHosts\" is missing",
        "{\"user\":\"-oProxyCommand=x\",\"knownHosts\":\"/k\",\"keyFile\":\"/k\"} | as a name",
        "{\"user\":\"root\",\"password\":\"x\"}               | \"password\" is not known here",
        "{\"user\":\"root\",\"knownHosts\":\"/k\",\"keyFile\":\"/k\",\"port\":99999999999} | port",
      })
  void refusesLoginsThatCannotBe(String ssh, String reason) {
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> read("{\"name\":\"a\",\"uri\":\"x:y\",\"ssh\":" + ssh + "}" + SECOND))
        .withMessageContaining("$.hosts[0]")
        .withMessageContaining(reason)
        .satisfies(e -> assertThat(e.code()).isEqualTo(MigrateError.INVALID_HOSTS));
  }

  @Test
  void refusesAnotherSchema() {
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> SurveyHosts.read("{\"schema\":\"x/1\"}", "h.json"))
        .withMessageContaining("io.intermodal.hosts/1");
  }

  private static List<SurveyHost> read(String items) {
    return SurveyHosts.read(
        "{\"schema\":\"io.intermodal.hosts/1\",\"hosts\":[" + items + "]}", "h.json");
  }
}
