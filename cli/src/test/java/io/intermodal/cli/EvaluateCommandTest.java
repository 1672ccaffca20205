package io.intermodal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluateCommandTest {

  private static final String GOOD =
      """
      {"schema":"io.intermodal.observations/1",
       "source":{"hypervisor":"A","machine":"web","tests":{}},
       "target":{"hypervisor":"B","machine":"web","tests":{}}}
      """;

  private static final String VALUES =
      """
      {"2.1.a":{"release":"6.1.0-13-amd64","architecture":"x86_64"},
       "2.2.a":{"cores":2,"mhz":2000},
       "2.2.b":{"bytes":1073741824},
       "2.2.c":{"mounts":[{"path":"/","bytes":8589934592}]},
       "2.3.a":{"interfaces":[{"name":"eth0","mac":"00:50:56:01:02:03"}]},
       "2.3.b":{"addresses":[{"interface":"eth0","address":"10.0.0.5/24"}]},
       "2.3.c":{"rules":[{"chain":"INPUT","match":"tcp dport 22","action":"ACCEPT"}]},
       "2.3.d":{"routes":[{"destination":"default","via":"10.0.0.1","interface":"eth0"}]},
       "2.3.e":{"sent":3,"lost":0,"totalMillis":90},
       "2.3.f":{"sent":3,"lost":0,"totalMillis":91},
       "2.3.g":{"address":"10.0.0.1","name":"gateway.example.org"},
       "2.3.h":{"address":"194.25.2.129","name":"dns.isp.t-ipnet.de"},
       "2.3.i":{"running":true},
       "2.3.j":{"port":22,"open":true}}
      """;

  private static final List<String> WITHOUT_VALUE =
      Arrays.asList(
          ("1.1.a 1.1.b 1.1.c 1.1.d 1.1.e 1.1.f 1.1.g 1.2.a 1.2.b 1.2.c 1.3.a 1.3.b 1.4.a 1.4.b"
                  + " 1.5.a 1.5.b 1.5.c 1.5.d 2.4.a 2.4.b 2.4.c 2.4.d 2.4.e 2.4.f")
              .split(" "));

  @TempDir Path folder;

  /** Returns a document in which every test was successful and saw the same on both sides. */
  private static ObjectNode allGood() {
    ObjectNode root = (ObjectNode) CommandRun.json(GOOD);
    for (String side : List.of("source", "target")) {
      ObjectNode tests = tests(root, side);
      WITHOUT_VALUE.forEach(id -> tests.putObject(id).put("outcome", "SUCCESSFUL"));
      CommandRun.json(VALUES)
          .properties()
          .forEach(
              value ->
                  tests
                      .putObject(value.getKey())
                      .put("outcome", "SUCCESSFUL")
                      .set("value", value.getValue()));
    }
    return root;
  }

  private static ObjectNode tests(ObjectNode root, String side) {
    return (ObjectNode) root.get(side).get("tests");
  }

  private static ObjectNode value(ObjectNode root, String side, String id) {
    return (ObjectNode) tests(root, side).get(id).get("value");
  }

  private Path write(Object document) throws IOException {
    return Files.writeString(folder.resolve("observations.json"), document.toString());
  }

  private Path rules(String text) throws IOException {
    return Files.writeString(folder.resolve("rules.txt"), text);
  }

  @Test
  void scoresWhatIsEqualAsSuccess() throws IOException {
    CommandRun run = CommandRun.of("evaluate", write(allGood()), "--json");
    assertThat(run.exitCode()).as(run.all()).isZero();
    JsonNode json = run.json();
    assertThat(json.get("schema").textValue()).isEqualTo("io.intermodal.evaluation/1");
    assertThat(json.get("hypervisor").textValue()).isEqualTo("SUCCESS");
    assertThat(json.get("os").textValue()).isEqualTo("SUCCESS");
    assertThat(json.get("overall").textValue()).isEqualTo("SUCCESS");
    assertThat(json.get("scores")).hasSize(38);
    assertThat(json.get("scores")).allMatch(score -> score.textValue().equals("SUCCESS"));
    json.get("scores")
        .fieldNames()
        .forEachRemaining(
            id -> assertThat(json.get("explanations").get(id).textValue()).isNotBlank());
    assertThat(run.err()).isEmpty();
  }

  @Test
  void scoresAChangedAddressAsWarning() throws IOException {
    ObjectNode changed = allGood();
    ((ObjectNode) value(changed, "target", "2.3.b").get("addresses").get(0))
        .put("address", "10.0.0.77/24");
    CommandRun run = CommandRun.of("evaluate", write(changed), "--json");
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.json().get("scores").get("2.3.b").textValue()).isEqualTo("WARNING");
    assertThat(run.json().get("os").textValue()).isEqualTo("WARNING");
    assertThat(run.json().get("hypervisor").textValue()).isEqualTo("SUCCESS");
    assertThat(run.json().get("overall").textValue()).isEqualTo("WARNING");
    assertThat(run.json().get("explanations").get("2.3.b").textValue())
        .contains("10.0.0.5/24", "10.0.0.77/24");
  }

  @Test
  void scoresADeadShellAsFailure() throws IOException {
    ObjectNode changed = allGood();
    value(changed, "target", "2.3.i").put("running", false);
    Path file = write(changed);
    CommandRun run = CommandRun.of("evaluate", file, "--json");
    assertThat(run.exitCode()).as(run.all()).isEqualTo(1);
    assertThat(run.json().get("scores").get("2.3.i").textValue()).isEqualTo("FAILURE");
    assertThat(run.json().get("overall").textValue()).isEqualTo("FAILURE");
    CommandRun text = CommandRun.of("evaluate", file);
    assertThat(text.exitCode()).isEqualTo(1);
    assertThat(text.out()).contains("2.3.i", "FAILURE", "37 further tests are SUCCESS");
    assertThat(CommandRun.of("evaluate", file, "--explain").out()).contains("1.1.a");
  }

  @Test
  void neverPassesATestThatWasNotPerformed() throws IOException {
    ObjectNode missing = allGood();
    tests(missing, "target").remove("1.1.a");
    CommandRun run = CommandRun.of("evaluate", write(missing), "--json");
    assertThat(run.json().get("scores").get("1.1.a").textValue()).isNotEqualTo("SUCCESS");
    assertThat(run.json().get("overall").textValue()).isNotEqualTo("SUCCESS");
    ObjectNode said = allGood();
    tests(said, "target")
        .putObject("1.1.a")
        .put("outcome", "NOT_PERFORMED")
        .put("reason", "no right to");
    CommandRun explicit = CommandRun.of("evaluate", write(said), "--json");
    assertThat(explicit.json().get("scores")).isEqualTo(run.json().get("scores"));
    assertThat(explicit.json().get("explanations").get("1.1.a").textValue())
        .contains("no right to");
  }

  @Test
  void scoresEmptySidesAndNeverAsSuccess() throws IOException {
    CommandRun run = CommandRun.of("evaluate", write(GOOD), "--json");
    assertThat(run.exitCode()).isBetween(0, 1);
    assertThat(run.json().get("overall").textValue()).isNotEqualTo("SUCCESS");
  }

  @Test
  void appliesARelaxationAndTellsTheScoreWithoutIt() throws IOException {
    ObjectNode changed = allGood();
    ((ObjectNode) value(changed, "target", "2.3.b").get("addresses").get(0))
        .put("address", "10.0.0.77/24");
    Path relaxed =
        rules("relax 2.3.b because \"the new network uses DHCP\" agreed by \"J. Doe\"\n");
    Path file = write(changed);
    CommandRun run = CommandRun.of("evaluate", file, "--rules", relaxed, "--json");
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.json().get("overall").textValue()).isEqualTo("SUCCESS");
    assertThat(run.json().get("overallWithoutRelaxations").textValue()).isEqualTo("WARNING");
    assertThat(run.json().get("explanations").get("2.3.b").textValue())
        .contains("the new network uses DHCP", "J. Doe");
    assertThat(CommandRun.of("evaluate", file, "--rules", relaxed).out())
        .contains("without relaxations the score is WARNING");
  }

  @Test
  void tellsWhereRulesAreWrong() throws IOException {
    Path wrong = rules("preset TIOSA\nrelax 2.3.b because the network changed\n");
    Path file = write(allGood());
    CommandRun run = CommandRun.of("evaluate", file, "--rules", wrong);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("error: cannot read rules at line 2, column 21: ");
    CommandRun json = CommandRun.of("evaluate", file, "--rules", wrong, "--json");
    assertThat(json.exitCode()).isEqualTo(2);
    assertThat(json.json().get("schema").textValue()).isEqualTo("io.intermodal.error/1");
    assertThat(json.json().get("code").textValue()).isEqualTo("INVALID_RULES");
    assertThat(json.json().get("category").textValue()).isEqualTo("USER_INPUT");
    assertThat(json.json().get("location").textValue()).isEqualTo("line 2, column 21");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|schema",
        "{|it is not JSON",
        "[]|",
        "{\"schema\":\"io.intermodal.observations/2\"}|io.intermodal.observations/2",
        "{\"schema\":\"io.intermodal.observations/1\"}|source",
      })
  void refusesWhatIsNoDocumentOfObservations(String document, String reason) throws IOException {
    CommandRun run = CommandRun.of("evaluate", write(document));
    assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
    assertThat(run.err()).startsWith("error: cannot read ").contains(reason == null ? "" : reason);
  }

  @ParameterizedTest
  @CsvSource({
    "9.9.z, SUCCESSFUL",
    "1.1.a, GOOD",
    "1.1.a, SUCCESSFUL",
    "2.2.b, SUCCESSFUL",
  })
  void namesTheTestThatIsWrong(String id, String outcome) throws IOException {
    ObjectNode wrong = allGood();
    tests(wrong, "source").putObject(id).put("outcome", outcome).putObject("value").put("x", 1);
    CommandRun run = CommandRun.of("evaluate", write(wrong), "--json");
    assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
    assertThat(run.json().get("code").textValue()).isEqualTo("INVALID_OBSERVATIONS");
    assertThat(run.json().get("message").textValue()).contains(id, "source");
  }

  @Test
  void refusesASideWithoutANameAndAScoreThatIsNone() throws IOException {
    ObjectNode nameless = allGood();
    ((ObjectNode) nameless.get("target")).put("hypervisor", "");
    CommandRun run = CommandRun.of("evaluate", write(nameless));
    assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
    assertThat(run.err()).contains("$.target", "hypervisor must not be blank");
    ObjectNode odd = allGood();
    tests(odd, "target")
        .putObject("2.5.a")
        .put("outcome", "SUCCESSFUL")
        .putObject("value")
        .put("score", "GOOD");
    run = CommandRun.of("evaluate", write(odd));
    assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
    assertThat(run.err()).contains("\"GOOD\" is not a score; known are", "SUCCESS");
  }

  @Test
  void refusesMissingAndBinaryFiles() throws IOException {
    CommandRun missing = CommandRun.of("evaluate", folder.resolve("none.json"));
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err()).contains("none.json", "no such file");
    Path binary = Files.write(folder.resolve("b.json"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThat(CommandRun.of("evaluate", binary).err()).contains("it is not text in UTF-8");
  }
}
