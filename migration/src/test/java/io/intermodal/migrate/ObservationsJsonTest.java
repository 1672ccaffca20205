package io.intermodal.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intermodal.IntermodalException;
import io.intermodal.evaluate.Observations;
import io.intermodal.evaluate.ObservedValue;
import io.intermodal.evaluate.TestCatalog;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObservationsJsonTest {

  private static final String SIDE =
      """
      {"hypervisor":"esx 7","machine":"vm","tests":{
        "1.1.a":{"outcome":"SUCCESSFUL"},
        "1.1.c":{"outcome":"NOT_PERFORMED","reason":"no pause here"},
        "2.1.a":{"outcome":"SUCCESSFUL","value":{"release":"5.10.0-28-amd64","architecture":"x86_64"}},
        "2.2.a":{"outcome":"SUCCESSFUL","value":{"cores":2,"mhz":2000}},
        "2.2.b":{"outcome":"SUCCESSFUL","value":{"bytes":2147483648}},
        "2.2.c":{"outcome":"SUCCESSFUL","value":{"mounts":[{"path":"/","bytes":1}]}},
        "2.3.a":{"outcome":"SUCCESSFUL","value":{"interfaces":[{"name":"eth0","mac":"52:54:00:00:00:01"}]}},
        "2.3.b":{"outcome":"SUCCESSFUL","value":{"addresses":[{"interface":"eth0","address":"10.0.0.2/24"}]}},
        "2.3.c":{"outcome":"SUCCESSFUL","value":{"rules":[{"chain":"INPUT","match":"tcp","action":"ACCEPT"}]}},
        "2.3.d":{"outcome":"SUCCESSFUL","value":{"routes":[{"destination":"default","via":"10.0.0.1","interface":"eth0"}]}},
        "2.3.e":{"outcome":"SUCCESSFUL","value":{"sent":3,"lost":0,"totalMillis":12}},
        "2.3.g":{"outcome":"SUCCESSFUL","value":{"address":"10.0.0.1","name":null}},
        "2.3.i":{"outcome":"SUCCESSFUL","value":{"running":true}},
        "2.3.j":{"outcome":"UNSUCCESSFUL","reason":"refused","value":{"port":22,"open":false}}}}
      """;

  private static String document(String side) {
    return "{\"schema\":\"io.intermodal.observations/1\",\"source\":"
        + side
        + ",\"target\":"
        + side
        + "}";
  }

  @Test
  void readsEveryKindOfValue() {
    Observations source = ObservationsJson.read(document(SIDE), "doc").source();

    assertThat(source.hypervisor()).isEqualTo("esx 7");
    assertThat(source.of(TestCatalog.CPU).value()).contains(new ObservedValue.Cpu(2, 2000L));
    assertThat(source.of(TestCatalog.LOOKUP_PRIVATE).value())
        .contains(new ObservedValue.ReverseLookup("10.0.0.1", null));
    assertThat(source.of(TestCatalog.SHELL_PORT).reason()).contains("refused");
  }

  @Test
  void writesWhatItReads() {
    ObservationsJson.Sides sides = ObservationsJson.read(document(SIDE), "doc");

    String written = ObservationsJson.write(sides.source(), sides.target()).toString();

    assertThat(ObservationsJson.read(written, "again")).isEqualTo(sides);
  }

  @Test
  void roundsAMeasuredClock() {
    String side = SIDE.replace("\"mhz\":2000", "\"mhz\":2394.374");

    assertThat(
            ObservationsJson.read(document(side), "doc").source().of(TestCatalog.CPU).value())
        .contains(new ObservedValue.Cpu(2, 2394L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"cores\":2      | \"cores\":0       | $.source.tests.2.2.a.value",
        "\"cores\":2      | \"cores\":\"two\" | cores",
        "\"cores\":2      | \"core\":2        | \"core\" is not known",
        "\"lost\":0       | \"lost\":4        | $.source.tests.2.3.e",
        "\"1.1.a\"        | \"1.1.z\"         | 1.1.z",
        "\"1.1.a\"        | \"launch\"        | launch",
        "NOT_PERFORMED    | SKIPPED           | SKIPPED",
        "\"bytes\":2147483648 | \"bytes\":99999999999999999999 | 64 bits",
        "\"hypervisor\":\"esx 7\", | '' | \"hypervisor\" is missing"
      })
  void namesThePlaceOfWhatIsWrong(String good, String bad, String complaint) {
    assertThatThrownBy(
            () -> ObservationsJson.read(document(SIDE.replace(good.strip(), bad.strip())), "doc"))
        .isInstanceOf(IntermodalException.class)
        .hasMessageContaining("cannot read doc")
        .hasMessageContaining(complaint.strip());
  }

  @Test
  void asksForTheSchema() {
    assertThatThrownBy(() -> ObservationsJson.read("{\"schema\":\"x/1\"}", "doc"))
        .hasMessageContaining("io.intermodal.observations/1")
        .hasMessageContaining("x/1");
    assertThatThrownBy(() -> ObservationsJson.read("[]", "doc"))
        .isInstanceOf(IntermodalException.class);
  }

  @Test
  void saysWhereJsonIsBroken() {
    assertThatThrownBy(() -> ObservationsJson.read("{\n  \"schema\" 1}", "doc"))
        .isInstanceOf(IntermodalException.class)
        .hasMessageContaining("doc:2:");
  }

  @Test
  void mutatedInputGivesAnErrorOfOursOrAResult() {
    String good = document(SIDE);
    Random random = new Random(20260101);
    for (int i = 0; i < 3_000; i++) {
      StringBuilder mutated = new StringBuilder(good);
      for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
        int at = random.nextInt(mutated.length());
        switch (random.nextInt(3)) {
          case 0 -> mutated.setCharAt(at, (char) (32 + random.nextInt(96)));
          case 1 -> mutated.setLength(Math.max(1, at));
          default -> mutated.insert(at, mutated.substring(at, Math.min(mutated.length(), at + 20)));
        }
      }
      try {
        ObservationsJson.read(mutated.toString(), "doc");
      } catch (IntermodalException e) {
        assertThat(e.code()).isEqualTo(MigrateError.INVALID_OBSERVATIONS);
      }
    }
  }
}
