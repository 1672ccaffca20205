package io.intermodal.iso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exchanges images with the tools of others, each a process of its own. */
class IsoToolsTest {

  private static final byte[] DOCUMENT = "<Environment/>".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  /** Runs a tool and returns both of its streams. */
  private String run(String tool, String... arguments) throws IOException, InterruptedException {
    boolean there =
        Arrays.stream(System.getenv("PATH").split(":", -1))
            .anyMatch(place -> Files.isExecutable(Path.of(place, tool)));
    if (!there) {
      if (Boolean.getBoolean("intermodal.require")) {
        return fail(tool + " is not installed, and it is required");
      }
      return abort(tool + " is not installed");
    }
    List<String> command = new ArrayList<>(List.of(tool));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String text = Files.readString(out, StandardCharsets.ISO_8859_1);
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }

  private String image() throws IOException {
    Path image = folder.resolve("ours.iso");
    Files.write(
        image,
        IsoWriter.of(
                "OVF ENV",
                List.of(
                    IsoFile.of("ovf-env.xml", DOCUMENT),
                    IsoFile.of("user-data", new byte[5000]),
                    IsoFile.of("empty", new byte[0])))
            .toBytes());
    return image.toString();
  }

  @Test
  void xorrisoListsOurs() throws IOException, InterruptedException {
    String listed = run("xorriso", "-indev", image(), "-find", "/", "-exec", "report_lba");
    assertThat(listed)
        .contains("Volume id    : 'OVF ENV'", "'/ovf-env.xml'", "'/user-data'", "'/empty'")
        .doesNotContain("FAILURE", "SORRY");
    run("xorriso", "-osirrox", "on", "-indev", image(), "-extract", "/ovf-env.xml", "back.xml");
    assertThat(folder.resolve("back.xml")).hasBinaryContent(DOCUMENT);
  }

  @Test
  void isoinfoListsBothTreesOfOurs() throws IOException, InterruptedException {
    assertThat(run("isoinfo", "-l", "-J", "-i", image())).contains(" ovf-env.xml ", " user-data ");
    assertThat(run("isoinfo", "-l", "-i", image())).contains("OVF-ENV.XML;1", "USER-DATA.;1");
    assertThat(run("isoinfo", "-d", "-i", image()))
        .contains("Volume id: OVF ENV", "Joliet with UCS level 3 found");
    assertThat(run("isoinfo", "-x", "/OVF-ENV.XML;1", "-i", image())).isEqualTo("<Environment/>");
  }

  @Test
  void bsdtarUnpacksOurs() throws IOException, InterruptedException {
    assertThat(run("bsdtar", "-tf", image())).contains("ovf-env.xml", "user-data", "empty");
    assertThat(run("bsdtar", "-xOf", image(), "ovf-env.xml")).isEqualTo("<Environment/>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-J", "-J -r", "-r", "-iso-level 3", ""})
  void imagesOfOthersAreRead(String options) throws IOException, InterruptedException {
    Path root = folder.resolve("root");
    Files.createDirectories(root.resolve("sub"));
    Files.write(root.resolve("ovf-env.xml"), DOCUMENT);
    Files.write(root.resolve("zero"), new byte[4096]);
    for (String tool : List.of("genisoimage", "xorriso -as mkisofs")) {
      Path image = folder.resolve("theirs.iso");
      Files.deleteIfExists(image);
      String line = tool + " -V OVF_ENV " + options + " -o theirs.iso root";
      String[] words = line.trim().split(" +", -1);
      run(words[0], Arrays.copyOfRange(words, 1, words.length));
      assertThat(IsoImage.readFile(image, "ovf-env.xml", 1000)).as(line).isEqualTo(DOCUMENT);
    }
  }
}
