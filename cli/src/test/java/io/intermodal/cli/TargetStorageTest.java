package io.intermodal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Moves to full and read-only folders. Needs the right to mount, see {@code intermodal.require}.
 */
class TargetStorageTest {

  private static final int MIB = 1 << 20;

  @TempDir Path folder;
  @TempDir Path mountPoint;
  private boolean mounted;

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(run("umount", mountPoint.toString())).isZero();
    }
  }

  private String target() {
    return "local:" + mountPoint + "?profile=xen";
  }

  private CommandRun move(String source, String target) {
    return CommandRun.of("move", source, "--to", target, "--report", folder.resolve("report"));
  }

  private void refused(Path ova, String... reasons) {
    String source = Tree.digest(ova);
    SortedMap<String, String> before = Tree.of(mountPoint);
    CommandRun run = move(ova.toString(), target());
    assertThat(run.exitCode()).as(run.all()).isBetween(2, 3);
    assertThat(run.err()).startsWith("error: ").contains(reasons);
    assertThat(Tree.debris(mountPoint))
        .containsExactlyInAnyOrderElementsOf(
            before.keySet().stream().filter(name -> name.equals("filler")).toList());
    assertThat(Tree.digest(ova)).isEqualTo(source);
  }

  @Test
  void refusesAMachineThatDoesNotFit() throws Exception {
    mount("size=4m");
    Path ova = SampleAppliance.small().withDiskBytes(16L * MIB).writeOva(folder.resolve("a.ova"));
    refused(ova, "bytes of space left", "free space at the target, or choose another");
  }

  /** The stored size is smaller than what is written, so that space runs out on the way. */
  @Test
  void cleansUpWhenSpaceRunsOutOnTheWay() throws Exception {
    mount("size=8m");
    Path ova = SampleAppliance.small().withDiskBytes(12L * MIB).writeOva(folder.resolve("a.ova"));
    assertThat(Files.size(ova)).isLessThan(8L * MIB);
    refused(ova, "disk vmdisk1", "No space left on device", "nothing is left at the target");
    Path small = SampleAppliance.small().writeOva(folder.resolve("small.ova"));
    CommandRun fits = move(small.toString(), target());
    assertThat(fits.exitCode()).as(fits.all()).isZero();
  }

  @Test
  void startsTheSourceAgainWhenSpaceRunsOutOnTheWay() throws Exception {
    mount("size=8m");
    String source = "local:" + folder.resolve("esx") + "?profile=vsphere";
    Path ova = SampleAppliance.small().withDiskBytes(12L * MIB).writeOva(folder.resolve("a.ova"));
    assertThat(move(ova.toString(), source).exitCode()).isZero();
    SortedMap<String, String> before = disks();
    assertThat(before).isNotEmpty();
    CommandRun run = move(source, target());
    assertThat(run.exitCode()).as(run.all()).isEqualTo(3);
    assertThat(run.err())
        .contains(
            "No space left on device",
            "Afterwards: nothing is left at the target; the source is STARTED, as before.");
    assertThat(Tree.debris(mountPoint)).isEmpty();
    assertThat(disks()).isEqualTo(before);
    CommandRun show = CommandRun.of("vm", source, "show", "web", "--json");
    assertThat(show.json().get("state").textValue()).isEqualTo("STARTED");
  }

  private SortedMap<String, String> disks() {
    SortedMap<String, String> disks = Tree.of(folder.resolve("esx"));
    disks.keySet().removeIf(name -> !name.endsWith(".vmdk"));
    return disks;
  }

  @Test
  void refusesAReadOnlyTarget() throws Exception {
    mount("size=4m");
    assertThat(run("mount", "-o", "remount,ro", mountPoint.toString())).isZero();
    refused(SampleAppliance.small().writeOva(folder.resolve("a.ova")), "ead-only");
    assertThat(Tree.of(mountPoint)).isEmpty();
  }

  private void mount(String options) throws Exception {
    mounted = run("mount", "-t", "tmpfs", "-o", options, "tmpfs", mountPoint.toString()) == 0;
    if (!mounted && Boolean.getBoolean("intermodal.require")) {
      fail("cannot mount a tmpfs, and intermodal.require is set");
    } else if (!mounted) {
      abort("no right to mount a tmpfs");
    }
  }

  private static int run(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return -1;
      }
      return process.exitValue();
    } catch (IOException noSuchCommand) {
      return -1;
    }
  }
}
