package io.intermodal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that all commands take a folder for the package in it. */
class PackagesTest {

  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void unpack() {
    folder = temporary.resolve("appliance");
    Path ova = SampleAppliance.small().writeOva(temporary.resolve("sample.ova"));
    done("unpack", ova, "-o", folder);
  }

  private static CommandRun done(Object... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.exitCode()).as(run.all()).isZero();
    return run;
  }

  private List<Object[]> commands() {
    return List.of(
        new Object[] {"inspect", folder},
        new Object[] {"verify", folder},
        new Object[] {"env", folder},
        new Object[] {"edit", folder, "--cpus", "4", "-o", temporary.resolve("edited.ova")},
        new Object[] {"pack", folder, "-o", temporary.resolve("packed.ova")},
        new Object[] {
          "move", folder, "--to", "local:" + temporary.resolve("kvm") + "?profile=kvm", "--plan"
        });
  }

  @Test
  void takeAFolderWithOneDescriptor() {
    for (Object[] command : commands()) {
      done(command);
    }
    assertThat(done("inspect", folder, "--json").json().get("source").get("file").textValue())
        .isEqualTo(folder.resolve(SampleAppliance.DESCRIPTOR).toString());
    assertThat(CommandRun.of("inspect", "--help").out()).contains("or a folder with one");
  }

  @Test
  void nameTheDescriptorsOfAFolderWithSeveral() throws IOException {
    Files.copy(folder.resolve(SampleAppliance.DESCRIPTOR), folder.resolve("other.ovf"));
    for (Object[] command : commands()) {
      CommandRun run = CommandRun.of(command);
      assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
      assertThat(run.err())
          .contains("the folder holds several descriptors; name one: other.ovf, sample.ovf");
    }
  }

  @Test
  void nameSomeOfManyDescriptors() throws IOException {
    for (int i = 0; i < 10; i++) {
      Files.createFile(folder.resolve("a" + i + ".ovf"));
    }
    assertThat(CommandRun.of("inspect", folder).err())
        .contains("name one: a0.ovf, ", "a9.ovf and more");
  }

  @Test
  void sayWhatToNameInPlaceOfAFolderWithNone() throws IOException {
    Files.delete(folder.resolve(SampleAppliance.DESCRIPTOR));
    for (Object[] command : commands()) {
      CommandRun run = CommandRun.of(command);
      assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
      assertThat(run.err())
          .contains("cannot read " + folder + ": the folder holds no .ovf descriptor")
          .contains("name an .ova or .ovf file, or the folder that the descriptor is in");
    }
    Files.createFile(folder.resolve("b.ova"));
    Files.createFile(folder.resolve("a.OVA"));
    assertThat(CommandRun.of("inspect", folder).err())
        .contains("no .ovf descriptor; name one of its archives: a.OVA, b.ova");
  }
}
