package io.intermodal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@code survey run} between simulated folders. */
class SurveyRunCommandTest {

  @TempDir Path folder;
  private Path hosts;
  private Path guest;
  private Path report;

  @BeforeEach
  void layOut() throws IOException {
    guest = folder.resolve("guest.raw");
    try (RandomAccessFile image = new RandomAccessFile(guest.toFile(), "rw")) {
      image.setLength(2 << 20);
      image.write("a boot sector".getBytes(StandardCharsets.UTF_8));
    }
    hosts = hosts("kvm", "xen");
    report = folder.resolve("report");
  }

  private Path hosts(String... profiles) throws IOException {
    List<String> items = new ArrayList<>();
    for (String profile : profiles) {
      items.add(
          "{\"name\":\""
              + profile
              + "\",\"uri\":\"local:"
              + folder.resolve(profile)
              + "?profile="
              + profile
              + "\"}");
    }
    return Files.writeString(
        folder.resolve("hosts-" + profiles.length + ".json"),
        "{\"schema\":\"io.intermodal.hosts/1\",\"hosts\":[" + String.join(",", items) + "]}");
  }

  private CommandRun run(Object... more) {
    List<Object> all =
        new ArrayList<>(
            List.of(
                "survey", "run", "--hosts", hosts, "--guest", guest, "--report", report, "--json"));
    all.addAll(Arrays.asList(more));
    return CommandRun.of(all.toArray());
  }

  @Test
  void measuresEachPairAndLeavesNothing() throws IOException {
    CommandRun run = run("--cycles", "3");
    assertThat(run.exitCode()).as(run.all()).isZero();
    JsonNode json = run.json();
    assertThat(json.at("/schema").textValue()).isEqualTo("io.intermodal.survey-run/1");
    assertThat(json.at("/complete").booleanValue()).isTrue();
    assertThat(json.at("/real").booleanValue()).as("a folder is no real hypervisor").isFalse();
    assertThat(json.at("/pairs")).hasSize(2);
    for (JsonNode pair : json.at("/pairs")) {
      assertThat(pair.at("/score").textValue()).isEqualTo("WARNING");
      assertThat(pair.at("/stability").textValue()).isEqualTo("STABLE");
      assertThat(pair.at("/routes/0/cycles")).hasSize(3);
      assertThat(pair.at("/routes/0/reasons").findValuesAsText("explanation"))
          .as("a WARNING is explained by its tests")
          .isNotEmpty()
          .allSatisfy(text -> assertThat(text).isNotBlank());
    }
    assertThat(json.at("/totals/WARNING").intValue()).isEqualTo(2);
    assertThat(json.at("/totals/pairs").intValue()).isEqualTo(2);
    assertThat(machinesAt("kvm")).isEmpty();
    assertThat(machinesAt("xen")).isEmpty();

    String html = Files.readString(report.resolve("report.html"));
    assertThat(html)
        .contains("SIMULATED")
        .contains("Citrix XenServer 6.0.2")
        .contains("2 SUCCESS, 15 WARNING, 19 FAILURE")
        .contains("id=\"pair1\"")
        .doesNotContain("<script");
    assertThat(CommandRun.json(Files.readString(report.resolve("report.json")))).isEqualTo(json);
  }

  @Test
  void doesNotCountTooFewCycles() {
    CommandRun run = run("--cycles", "1");
    assertThat(run.json().at("/pairs/0/stability").textValue()).isEqualTo("INSUFFICIENT");
    assertThat(run.json().at("/pairs/0/score").textValue()).isEqualTo("WARNING");
  }

  @Test
  void goesOnWhereAKilledRunWasCutOff() throws IOException {
    run("--cycles", "2");
    Path first = report.resolve("cycles/0-0-1.json");
    Path last = report.resolve("cycles/1-0-2.json");
    String kept = Files.readString(first);
    Files.delete(last);
    // What a kill leaves: the machine at both ends, one of them running.
    String name =
        "survey-"
            + CommandRun.json(Files.readString(report.resolve("survey.json")))
                .at("/id")
                .textValue();
    leave("kvm", name);
    leave("xen", name);

    CommandRun run = run("--cycles", "2", "--resume");
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.json().at("/complete").booleanValue()).isTrue();
    assertThat(Files.readString(first)).as("what is finished is not done again").isEqualTo(kept);
    assertThat(last).exists();
    assertThat(machinesAt("kvm")).isEmpty();
    assertThat(machinesAt("xen")).isEmpty();

    // More cycles may be asked for later.
    CommandRun more = run("--cycles", "3", "--resume");
    assertThat(more.json().at("/pairs/1/stability").textValue()).isEqualTo("STABLE");
    assertThat(Files.readString(first)).isEqualTo(kept);
  }

  private void leave(String host, String name) {
    String uri = "local:" + folder.resolve(host) + "?profile=" + host;
    SampleAppliance.small().writeOva(folder.resolve(host + ".ova"));
    CommandRun left =
        CommandRun.of(
            "move",
            folder.resolve(host + ".ova"),
            "--to",
            uri,
            "--name",
            name,
            "--report",
            folder.resolve("left-" + host));
    assertThat(left.exitCode()).as(left.all()).isZero();
  }

  private List<String> machinesAt(String host) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(host))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(".locks") && !name.equals("hypervisor.json"))
          .toList();
    }
  }

  @Test
  void refusesAFolderThatIsNotItsOwn() throws IOException {
    Files.createDirectories(report);
    Files.writeString(report.resolve("letter.txt"), "mine");
    assertRefused(run(), "it is not empty");
    assertRefused(run("--resume"), "there is no survey.json in it");
    report = folder.resolve("other");
    run("--cycles", "1");
    assertRefused(run("--cycles", "1"), "go on with --resume");
    hosts = hosts("kvm", "xen", "hyperv");
    assertRefused(run("--cycles", "1", "--resume"), "begun with other hosts or another guest");
  }

  @Test
  void refusesListsOfHostsThatCannotBe() throws IOException {
    assertRefused(listed("[]"), "between 2 and 50 hosts, here are 0");
    assertRefused(
        listed("[{\"name\":\"a\",\"uri\":\"x:y\"},{\"name\":\"A\",\"uri\":\"x:y\"}]"),
        "at $.hosts[1]: two hosts have the name A");
    assertRefused(
        listed("[{\"name\":\"a\",\"uri\":\"x:y\",\"password\":\"p\"},{\"name\":\"b\"}]"),
        "\"password\" is not known here");
    assertRefused(
        listed("[{\"name\":\"../a\",\"uri\":\"x:y\"},{\"name\":\"b\",\"uri\":\"x:y\"}]"),
        "letters, digits, blanks");
    assertThat(report).doesNotExist();
  }

  private CommandRun listed(String list) throws IOException {
    hosts =
        Files.writeString(
            folder.resolve("listed.json"),
            "{\"schema\":\"io.intermodal.hosts/1\",\"hosts\":" + list + "}");
    return run();
  }

  private static void assertRefused(CommandRun run, String reason) {
    assertThat(run.exitCode()).as(run.all()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.json().at("/message").textValue()).contains(reason);
  }

  @Test
  void recordsABreakdownAndGoesOn() throws IOException {
    CommandRun run = run("--cycles", "1", "--memory", "2TiB");
    assertThat(run.exitCode()).as(run.all()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.json().at("/pairs")).hasSize(2);
    assertBrokeDown(run.json().at("/pairs/0"), "preflight");
    assertBrokeDown(run.json().at("/pairs/1"), "import at the source");
    assertThat(machinesAt("kvm")).isEmpty();
  }

  private static void assertBrokeDown(JsonNode pair, String where) {
    assertThat(pair.at("/score").textValue()).isEqualTo("FAILURE");
    assertThat(pair.at("/routes/0/cycles/0/breakdown/where").textValue()).isEqualTo(where);
    assertThat(pair.at("/routes/0/reasons/0/explanation").textValue()).contains("1649267441664");
  }

  @Test
  void refusesANetworkThatAHostDoesNotHave() throws IOException {
    Files.writeString(
        hosts, Files.readString(hosts).replace("=xen\"", "=xen\",\"network\":\"moon\""));
    assertRefused(run(), "xen has no network moon; it has Network 0");
    assertThat(report).doesNotExist();
  }

  @Test
  void printsTheMatrixForPeople() {
    CommandRun run =
        CommandRun.of(
            "survey",
            "run",
            "--hosts",
            hosts,
            "--guest",
            guest,
            "--report",
            report,
            "--cycles",
            "1");
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out())
        .contains("WARNING *")
        .contains("Simulated: at one host at least no machine really ran.")
        .contains("Report: " + report.resolve("report.html"));
    assertThat(run.err()).contains("kvm to xen by qcow2 -[disk-images]-> raw, cycle 1 of 1");
  }
}
