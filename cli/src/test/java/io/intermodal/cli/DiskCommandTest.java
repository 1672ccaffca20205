package io.intermodal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@code disk}. */
class DiskCommandTest {

  private static final int SIZE = 3 << 20;

  @TempDir Path folder;
  private Path raw;

  @BeforeEach
  void write() throws IOException {
    byte[] bytes = new byte[SIZE];
    byte[] noise = new byte[100_000];
    new Random(1).nextBytes(noise);
    System.arraycopy(noise, 0, bytes, 1 << 20, noise.length);
    raw = Files.write(folder.resolve("guest.raw"), bytes);
  }

  private CommandRun convert(Object... arguments) {
    Object[] all = new Object[arguments.length + 2];
    all[0] = "disk";
    all[1] = "convert";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return CommandRun.of(all);
  }

  @Test
  void convertsByTheTargetsNameAndComparesAsEqual() {
    Path vmdk = folder.resolve("guest.vmdk");
    CommandRun run = convert("-f", "raw", raw, vmdk);
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out())
        .contains("guest.raw (raw) is now " + vmdk + " (vmdk-streamOptimized).")
        .contains("virtual size  3 MiB (3145728 bytes)");
    Path qcow2 = folder.resolve("guest.qcow2");
    run = convert("-c", "--read-back", vmdk, qcow2);
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).contains("compressed blocks passed on as they were");
    assertThat(run.out()).contains("read back and equal");
    run = CommandRun.of("disk", "compare", vmdk, qcow2);
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).contains("The content is identical.");
    String hash = CommandRun.of("disk", "hash", vmdk).out().split(" ", 2)[0];
    assertThat(CommandRun.of("disk", "hash", qcow2).out()).startsWith(hash + "  " + qcow2);
    assertThat(CommandRun.of("disk", "hash", "-f", "raw", raw).out()).startsWith(hash);
  }

  @Test
  void takesADiskOutOfAnOvaAndHoldsItAgainstTheManifest() throws IOException {
    Path ova = SampleAppliance.small().writeOva(folder.resolve("sample.ova"));
    Path qcow2 = folder.resolve("guest.qcow2");
    CommandRun run = convert(ova, qcow2);
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).contains("SHA-256 as the manifest says");
    assertThat(CommandRun.of("disk", "compare", ova, qcow2).exitCode()).isZero();
    run = CommandRun.of("disk", "info", ova, "--disk", "nosuch");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("it has no disk nosuch; it has ");
    Tamper.flipBit(ova, Files.size(ova) / 2);
    Path bad = folder.resolve("bad.qcow2");
    run = convert(ova, bad);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(bad).doesNotExist();
    assertThat(folder.resolve("bad.qcow2.part")).doesNotExist();
  }

  @Test
  void describesForPeopleAndPrograms() {
    Path vmdk = folder.resolve("guest.vmdk");
    convert("-f", "raw", raw, vmdk);
    CommandRun run = CommandRun.of("disk", "info", vmdk);
    assertThat(run.out())
        .contains("format: vmdk-streamOptimized", "virtual size: 3 MiB (3145728 bytes)");
    JsonNode json = CommandRun.of("disk", "info", vmdk, "--json").json();
    assertThat(json.get("schema").textValue()).isEqualTo("io.intermodal.disk-info/1");
    assertThat(json.get("virtualSizeBytes").longValue()).isEqualTo(SIZE);
    assertThat(json.get("details").get("createType").textValue()).isEqualTo("streamOptimized");
  }

  @Test
  void tellsSoundFromDamaged() throws IOException {
    Path vmdk = folder.resolve("guest.vmdk");
    convert("-f", "raw", raw, vmdk);
    CommandRun run = CommandRun.of("disk", "check", vmdk);
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).contains("is sound");
    Tamper.flipBit(vmdk, 70_000);
    run = CommandRun.of("disk", "check", vmdk, "--json");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.json().get("sound").booleanValue()).isFalse();
    assertThat(run.json().get("problems").get(0).get("severity").textValue()).isEqualTo("damage");
  }

  @Test
  void saysWhereContentDiffers() throws IOException {
    byte[] bytes = Files.readAllBytes(raw);
    bytes[1_500_000] ^= 1;
    Path other = Files.write(folder.resolve("other.raw"), bytes);
    CommandRun run =
        CommandRun.of("disk", "compare", "-f", "raw", raw, other, "-F", "raw", "--json");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.json().get("same").booleanValue()).isFalse();
    assertThat(run.json().get("firstDifference").isIntegralNumber()).isTrue();
  }

  @Test
  void refusesWhatItCannotDo() {
    assertThat(convert("-f", "raw", raw, folder.resolve("guest.unknown")).err())
        .contains("say it with -O");
    assertThat(convert("-f", "nosuch", raw, folder.resolve("x.qcow2")).err())
        .contains("'nosuch' is no disk format; there are raw, ");
    assertThat(convert(raw, folder.resolve("x.qcow2")).err())
        .contains("a raw disk has to be named as raw");
    assertThat(convert("-f", "raw", "--cluster-size", "3000", raw, folder.resolve("x.qcow2")).err())
        .contains("--cluster-size must be a power of two");
    assertThat(
            convert("-f", "raw", "-O", "raw", "--adapter", "ide", raw, folder.resolve("y")).err())
        .contains("the format raw has no option adapter type; leave it out");
    Path there = folder.resolve("there.qcow2");
    assertThat(convert("-f", "raw", raw, there).exitCode()).isZero();
    CommandRun again = convert("-f", "raw", raw, there);
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains("--force");
    assertThat(convert("-f", "raw", raw, there, "--force").exitCode()).isZero();
    assertThat(
            convert("-f", "raw", "--expect", "SHA-256:" + "0".repeat(64), raw, there, "--force")
                .err())
        .contains("it was damaged or changed");
  }
}
