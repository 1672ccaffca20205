package io.intermodal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.intermodal.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests {@code move} and {@code copy} where all goes well; see {@link BadInputTest}. */
class TransferCommandsTest {

  @TempDir static Path sources;
  private static Path ova;

  @TempDir Path folder;
  private String esx;
  private String kvm;

  @BeforeAll
  static void writeAppliance() {
    ova = SampleAppliance.small().writeOva(sources.resolve("sample.ova"));
  }

  @BeforeEach
  void layOut() {
    esx = "local:" + folder.resolve("esx") + "?profile=vsphere";
    kvm = "local:" + folder.resolve("kvm") + "?profile=kvm";
  }

  private CommandRun run(Object... arguments) {
    List<Object> all = new ArrayList<>(Arrays.asList(arguments));
    all.add("--report");
    all.add(folder.resolve("report"));
    return CommandRun.of(all.toArray());
  }

  private CommandRun done(Object... arguments) {
    CommandRun run = run(arguments);
    assertThat(run.exitCode()).as(run.all()).isZero();
    return run;
  }

  private static String state(String host, String name) {
    return CommandRun.of("vm", host, "show", "--json", "--", name).json().get("state").textValue();
  }

  private static JsonNode machines(String host) {
    return CommandRun.of("vm", host, "list", "--json").json().get("machines");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vsphere", "kvm", "xen", "hyperv"})
  void movesAPackageToEveryProfile(String profile) {
    String target = "local:" + folder.resolve(profile) + "?profile=" + profile;
    CommandRun run = done("move", ova, "--to", target);
    assertThat(run.out())
        .containsPattern("vmdisk1 +4 MiB +identical ")
        .contains("Not scored", "the package is as it was", "simulated folder", "Report: ")
        .doesNotContain("\u001b");
    assertThat(run.err()).isEmpty();
    assertThat(state(target, "web")).isEqualTo("STARTED");
  }

  @Test
  void movesAMachineBetweenHypervisorsAndScoresIt() {
    done("move", ova, "--to", esx);
    CommandRun run = done("move", esx, "--to", kvm, "--json");
    JsonNode json = run.json();
    assertThat(run.err()).isEmpty();
    assertThat(json.get("schema").textValue()).isEqualTo("io.intermodal.report/1");
    assertThat(json.get("outcome").textValue()).isEqualTo("COMPLETED");
    assertThat(json.get("overall").textValue()).isEqualTo("WARNING");
    assertThat(json.get("failure").isNull()).isTrue();
    assertThat(state(esx, "web")).isEqualTo("STOPPED");
    assertThat(state(kvm, "web")).isEqualTo("STARTED");
    assertThat(folder.resolve("report/report.html")).isNotEmptyFile();
    assertThat(folder.resolve("report/report.json")).isNotEmptyFile();
  }

  @Test
  void deletesTheSourceOnlyWhenAskedTo() {
    done("move", ova, "--to", esx);
    done("move", esx, "--machine", "web", "--to", kvm, "--delete-source");
    assertThat(machines(esx)).isEmpty();
    assertThat(machines(kvm)).hasSize(1);
  }

  @Test
  void copiesAndLeavesTheSourceRunning() {
    done("move", ova, "--to", esx);
    done("copy", esx, "--machine", "web", "--to", kvm, "--name", "web 2");
    assertThat(state(esx, "web")).isEqualTo("STARTED");
    JsonNode copy = CommandRun.of("vm", kvm, "show", "web 2", "--json").json();
    assertThat(copy.get("state").textValue()).isEqualTo("STARTED");
    assertThat(copy.get("nics").get(0).get("mac").textValue()).isNotEqualTo(SampleAppliance.MAC);
  }

  @Test
  void aPlanChangesNothing() {
    done("move", ova, "--to", esx);
    SortedMap<String, String> before = Tree.of(folder);
    CommandRun text = CommandRun.of("move", esx, "--to", kvm, "--plan");
    assertThat(text.exitCode()).as(text.all()).isZero();
    assertThat(text.out())
        .contains("the source (STARTED) is stopped first", "Nothing was changed.", "11  evaluate");
    CommandRun json = CommandRun.of("move", esx, "--to", kvm, "--plan", "--json");
    assertThat(json.json().get("schema").textValue()).isEqualTo("io.intermodal.plan/1");
    assertThat(json.json().get("feasible").booleanValue()).isTrue();
    assertThat(json.json().get("disks").get(0).get("routes")).isNotEmpty();
    assertThat(Tree.of(folder)).isEqualTo(before);
  }

  @Test
  void aPlanForAPackageSpeaksOfAPackage() {
    CommandRun run = CommandRun.of("move", ova, "--to", kvm, "--plan");
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out())
        .contains("the package is read where it is", "stays as it is")
        .doesNotContain("stopped first");
    assertThat(Tree.of(folder)).isEmpty();
  }

  @Test
  void aPlanThatCannotBeCarriedOutSaysWhy() {
    done("move", ova, "--to", esx);
    CommandRun run = CommandRun.of("move", ova, "--to", esx, "--plan");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).contains("CRITICAL", "--name", "It cannot be done like this.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"with blanks", "it's \"quoted\"", "Größe-日本", "-dash"})
  void keepsNamesAsTheyAre(String name) {
    done("move", ova, "--to", kvm, "--name=" + name, "--stopped");
    assertThat(machines(kvm).get(0).get("name").textValue()).isEqualTo(name);
    assertThat(state(kvm, name)).isEqualTo("STOPPED");
  }

  @Test
  void asksForAMachineWhenThereAreSeveral() {
    done("move", ova, "--to", esx);
    done("move", ova, "--to", esx, "--name", "mail", "--new-mac");
    CommandRun run = run("move", esx, "--to", kvm);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("name one of", "web", "mail", "with --machine");
    CommandRun none = run("move", kvm, "--to", esx);
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("it has none");
  }

  @Test
  void connectsNetworksAndGivesNewAddresses() {
    done("move", ova, "--to", kvm, "--network", "VM Network=default", "--new-mac");
    JsonNode nic = machines(kvm).get(0).get("nics").get(0);
    assertThat(nic.get("network").textValue()).isEqualTo("default");
    assertThat(nic.get("mac").textValue()).isNotEqualTo(SampleAppliance.MAC);
  }

  @Test
  void tellsThatANetworkIsNotThere() {
    CommandRun source =
        CommandRun.of("move", ova, "--to", kvm, "--network", "Lab=default", "--plan");
    assertThat(source.exitCode()).as(source.all()).isZero();
    assertThat(source.out()).contains("no card of the source is on a network Lab", "VM Network");
    CommandRun target = run("move", ova, "--to", kvm, "--network", "VM Network=Lab");
    assertThat(target.exitCode()).as(target.all()).isEqualTo(2);
    assertThat(target.err()).contains("has no network Lab");
  }

  @Test
  void runsSeveralCycles() {
    done("move", ova, "--to", esx);
    CommandRun run = done("move", esx, "--to", kvm, "--cycles", 3);
    assertThat(run.out()).contains("Cycle 3 of 3", "(3 cycles, ");
    assertThat(machines(kvm)).hasSize(1);
  }

  @Test
  void takesRulesAndRefusesWrongOnesBeforeAnythingIsDone() throws Exception {
    Path rules = Files.writeString(folder.resolve("rules"), "preset TIOSA\nset nothing = 1\n");
    CommandRun run = run("move", ova, "--to", kvm, "--rules", rules, "--json");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.json().get("code").textValue()).as(run.all()).isEqualTo("INVALID_RULES");
    assertThat(run.json().get("location").textValue()).startsWith("line 2, column ");
    assertThat(folder.resolve("kvm")).doesNotExist();
  }

  @Test
  void showsProgressAsLinesOffTerminal() {
    assertThat(progress(false, 1, 4)).isEmpty();
    assertThat(progress(false, 5, 6, 9, 10).lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("disk a: [") && line.endsWith(" s left"))
        .noneMatch(line -> line.contains("\u001b") || line.contains("\r"))
        .first(InstanceOfAssertFactories.STRING)
        .contains(" 50% 512 MiB, 102.4 MiB/s, 5 s left");
  }

  @Test
  void redrawsProgressInPlaceOnATerminal() {
    assertThat(progress(true, 1, 2))
        .startsWith("\r\u001b[Kdisk a: [")
        .doesNotContain("\n")
        .endsWith("\r\u001b[K");
  }

  /** Reports the same bytes at some seconds after the start. */
  private static String progress(boolean terminal, int... seconds) {
    StringWriter err = new StringWriter();
    PrintWriter sink = new PrintWriter(err);
    AtomicLong nanos = new AtomicLong();
    Console console = new Console(sink, sink, terminal, terminal);
    try (ProgressBar bar = new ProgressBar(console, nanos::get)) {
      bar.progress(Progress.of("disk a", 0, 1 << 30));
      for (int second : seconds) {
        nanos.set(second * 1_000_000_000L);
        bar.progress(Progress.of("disk a", 1 << 29, 1 << 30));
      }
    }
    return err.toString().replace(System.lineSeparator(), "\n");
  }
}
