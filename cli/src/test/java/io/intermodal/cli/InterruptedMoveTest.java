package io.intermodal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Stops a move in another process when it is half done. */
class InterruptedMoveTest {

  private static final long MIB = 1L << 20;

  @TempDir static Path sources;
  private static Path ova;
  private static SortedMap<String, String> sourcesBefore;

  @TempDir Path folder;
  private Path target;

  @BeforeAll
  static void writeLargeAppliance() {
    ova = SampleAppliance.small().withDiskBytes(96 * MIB).writeOva(sources.resolve("large.ova"));
    sourcesBefore = Tree.of(sources);
  }

  @BeforeEach
  void layOut() {
    target = folder.resolve("target");
  }

  private Object[] move() {
    return new Object[] {
      "move", ova, "--to", "local:" + target + "?profile=xen", "--report", folder.resolve("report")
    };
  }

  private ForkedCommand moveHalfWay() throws IOException, InterruptedException {
    ForkedCommand command = ForkedCommand.start(folder, move());
    command.awaitWriting(target, 8 * MIB);
    return command;
  }

  private void assertMovesAfterAll() {
    assertThat(Tree.of(sources)).isEqualTo(sourcesBefore);
    CommandRun again = CommandRun.of(move());
    assertThat(again.exitCode()).as(again.all()).isZero();
    assertThat(again.out()).contains("identical");
    assertThat(Tree.of(target).keySet())
        .contains("web/state.json")
        .noneMatch(name -> name.contains(".import-") || name.endsWith(".part"));
    assertThat(Tree.of(sources)).isEqualTo(sourcesBefore);
  }

  @Test
  void aKilledMoveIsCleanedUpByTheNextOne() throws Exception {
    try (ForkedCommand command = moveHalfWay()) {
      command.kill();
    }
    CommandRun list = CommandRun.of("vm", "local:" + target + "?profile=xen", "list", "--json");
    assertThat(list.exitCode()).as(list.all()).isZero();
    assertThat(list.json().get("machines")).isEmpty();
    assertMovesAfterAll();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there a process is always killed")
  void aTerminatedMoveCleansUpBeforeItEnds() throws Exception {
    try (ForkedCommand command = moveHalfWay()) {
      assertThat(command.terminate()).isEqualTo(143);
      assertThat(command.output()).contains("cancelled", "nothing is left at the target");
    }
    assertThat(Tree.debris(target)).isEmpty();
    assertMovesAfterAll();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such signal")
  void ctrlCCleansUpBeforeItEnds() throws Exception {
    try (ForkedCommand command = moveHalfWay()) {
      assertThat(command.interrupt()).isEqualTo(130);
      assertThat(command.output()).contains("cancelled", "nothing is left at the target");
    }
    assertThat(Tree.debris(target)).isEmpty();
    assertThat(Tree.of(sources)).isEqualTo(sourcesBefore);
  }
}
