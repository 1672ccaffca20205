package io.intermodal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VmCommandTest {

  @TempDir static Path sources;
  private static Path ova;

  @TempDir Path folder;
  private Path host;

  @BeforeAll
  static void writeAppliance() {
    ova = SampleAppliance.small().writeOva(sources.resolve("sample.ova"));
  }

  @BeforeEach
  void makeMachine() {
    host = folder.resolve("host");
    CommandRun run =
        CommandRun.of(
            "move",
            ova,
            "--to",
            "local:" + host + "?profile=vsphere",
            "--stopped",
            "--report",
            folder.resolve("report"));
    assertThat(run.exitCode()).as(run.all()).isZero();
  }

  private CommandRun vm(Object... arguments) {
    Object[] all = new Object[arguments.length + 2];
    all[0] = "vm";
    all[1] = "local:" + host;
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return CommandRun.of(all);
  }

  /** Carries out an operation; both forms of output must say what became of the machine. */
  private JsonNode done(String before, String after, Object... arguments) {
    Object[] withJson = new Object[arguments.length + 1];
    System.arraycopy(arguments, 0, withJson, 0, arguments.length);
    withJson[arguments.length] = "--json";
    CommandRun run = vm(withJson);
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.err()).isEmpty();
    JsonNode json = run.json();
    assertThat(json.get("schema").textValue()).isEqualTo("io.intermodal.operation/1");
    assertThat(json.get("machine").textValue()).isEqualTo("web");
    assertThat(json.get("operation").textValue()).isEqualTo(arguments[0]);
    assertThat(json.get("before").textValue()).isEqualTo(before);
    assertThat(json.get("after").textValue()).isEqualTo(after);
    assertThat(json.get("message").textValue()).isNotBlank();
    assertThat(json).hasSize(7);
    assertThat(show().get("state").textValue()).isEqualTo(after);
    return json;
  }

  private JsonNode show() {
    CommandRun run = vm("show", "web", "--json");
    assertThat(run.exitCode()).as(run.all()).isZero();
    return run.json();
  }

  private CommandRun refused(int exitCode, Object... arguments) {
    SortedMap<String, String> before = Tree.of(host);
    CommandRun run = vm(arguments);
    assertThat(run.exitCode()).as(run.all()).isEqualTo(exitCode);
    assertThat(run.out()).isEmpty();
    before.keySet().removeIf(name -> name.startsWith(".locks"));
    SortedMap<String, String> after = Tree.of(host);
    after.keySet().removeIf(name -> name.startsWith(".locks"));
    assertThat(after).isEqualTo(before);
    return run;
  }

  @Test
  void listsMachines() {
    JsonNode json = vm("list", "--json").json();
    assertThat(json.get("schema").textValue()).isEqualTo("io.intermodal.machines/1");
    assertThat(json.get("hypervisor").textValue()).contains("vSphere");
    JsonNode machine = json.get("machines").get(0);
    assertThat(machine.get("name").textValue()).isEqualTo("web");
    assertThat(machine.get("state").textValue()).isEqualTo("STOPPED");
    assertThat(vm("list").out()).containsPattern("web +STOPPED +2 +1 GiB +1 +web");
  }

  @Test
  void showsAMachine() {
    JsonNode json = show();
    assertThat(json.get("schema").textValue()).isEqualTo("io.intermodal.machine-state/1");
    assertThat(json.get("id").textValue()).isEqualTo("web");
    assertThat(json.get("cpus").intValue()).isEqualTo(2);
    assertThat(json.get("memoryBytes").longValue()).isEqualTo(1 << 30);
    assertThat(json.get("firmware").textValue()).isEqualTo("BIOS");
    assertThat(json.get("disks").get(0).get("capacityBytes").longValue()).isEqualTo(4 << 20);
    assertThat(json.get("nics").get(0).get("mac").textValue()).isEqualTo(SampleAppliance.MAC);
    assertThat(json.get("snapshots")).isEmpty();
    assertThat(vm("show", "web").out()).contains("cpus      2", "memory    1 GiB", "vmdisk1");
  }

  @Test
  void leadsAMachineThroughItsLife() {
    done("STOPPED", "STARTED", "start", "web");
    done("STARTED", "SUSPENDED", "suspend", "web");
    done("SUSPENDED", "STARTED", "resume", "web");
    assertThat(done("STARTED", "STARTED", "reboot", "web").get("rebooted").booleanValue()).isTrue();
    done("STARTED", "STOPPED", "stop", "web");
    done("STOPPED", "STOPPED", "snapshot", "web", "before update");
    assertThat(show().get("snapshots").toString()).isEqualTo("[\"before update\"]");
    assertThat(vm("show", "web").out()).contains("snapshot  before update");
  }

  @Test
  void cutsThePowerAtOnce() {
    vm("start", "web");
    done("STARTED", "STOPPED", "stop", "web", "--timeout", 0);
  }

  @Test
  void changesProcessorsAndMemory() {
    done("STOPPED", "STOPPED", "set-cpu", "web", 4);
    done("STOPPED", "STOPPED", "set-memory", "web", "2GiB");
    assertThat(show().get("cpus").intValue()).isEqualTo(4);
    assertThat(show().get("memoryBytes").longValue()).isEqualTo(2L << 30);
    done("STOPPED", "STARTED", "start", "web");
    assertThat(done("STARTED", "STARTED", "set-cpu", "web", 1).get("rebooted").booleanValue())
        .isTrue();
    assertThat(vm("set-memory", "web", "1GiB").out()).contains("the guest restarted");
  }

  @Test
  void refusesWhatWouldRestartTheGuestAndChangesNothing() {
    vm("start", "web");
    for (Object[] change : new Object[][] {{"set-cpu", "web", 4}, {"set-memory", "web", "2GiB"}}) {
      CommandRun run = refused(2, change[0], change[1], change[2], "--require-no-reboot");
      assertThat(run.err())
          .contains("cannot " + change[0] + " web without a reboot", "nothing was changed");
    }
    CommandRun json = vm("set-cpu", "web", 4, "--require-no-reboot", "--json");
    assertThat(json.exitCode()).isEqualTo(2);
    assertThat(json.json().get("code").textValue()).isEqualTo("REQUIREMENT_NOT_MET");
    assertThat(show().get("cpus").intValue()).isEqualTo(2);
    assertThat(show().get("state").textValue()).isEqualTo("STARTED");
  }

  @Test
  void refusesWhatTheStateDoesNotAllow() {
    assertThat(refused(2, "resume", "web").err()).contains("web", "STOPPED");
    assertThat(refused(2, "suspend", "web").err()).contains("web", "STOPPED");
    assertThat(refused(2, "set-cpu", "web", 1000).err()).contains("1000", "768");
  }

  @Test
  void namesTheMachinesThereAre() {
    assertThat(refused(2, "show", "mail").err()).contains("cannot find machine mail", "it has web");
    assertThat(refused(2, "start", "mail").err()).contains("it has web");
    CommandRun elsewhere = CommandRun.of("vm", "local:" + folder.resolve("none"), "list");
    assertThat(elsewhere.exitCode()).isEqualTo(2);
    assertThat(elsewhere.err()).contains("has no profile yet");
    CommandRun unknown = CommandRun.of("vm", "teleport://x", "list", "--json");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.json().get("code").textValue()).isEqualTo("UNKNOWN_DRIVER");
  }

  @Test
  void tellsABrokenMachine() throws IOException {
    Files.writeString(host.resolve("web/state.json"), "{");
    CommandRun run = refused(3, "show", "web");
    assertThat(run.err()).contains("state.json", "repair the file or remove the folder");
  }
}
