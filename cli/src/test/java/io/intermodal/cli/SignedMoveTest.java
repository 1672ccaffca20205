package io.intermodal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedMoveTest {

  @TempDir Path folder;
  private SignedSample sample;

  @BeforeEach
  void write() throws IOException, GeneralSecurityException {
    sample =
        SignedSample.write(
            folder.resolve("package"), SampleAppliance.DESCRIPTOR, SampleAppliance.DISK);
  }

  private CommandRun move(Object... options) {
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                "move",
                sample.descriptor(),
                "--to",
                "local:" + folder.resolve("target") + "?profile=kvm",
                "--report",
                folder.resolve("report")));
    arguments.addAll(List.of(options));
    return CommandRun.of(arguments.toArray());
  }

  private void refused(String reason, Object... options) {
    CommandRun run = move(options);
    assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
    assertThat(run.err()).contains("cannot take ", reason);
    assertThat(folder.resolve("target")).doesNotExist();
  }

  @Test
  void movesWhatATrustedSignerSigned() {
    CommandRun run = move("--trust-store", sample.certificate());
    assertThat(run.exitCode()).as(run.all()).isZero();
  }

  @Test
  void movesWhatAnybodySignedUnlessTrustIsAskedFor() {
    refused("signer unknown", "--trust-store", SignedSample.stranger());
    assertThat(move().exitCode()).isZero();
  }

  @Test
  void refusesABrokenSignatureThoughEveryDigestIsRight() throws IOException {
    Path manifest = sample.descriptor().resolveSibling("sample.mf");
    Files.writeString(manifest, Files.readString(manifest).replace("\n", "\r\n"));
    refused("The signature is BROKEN");
  }

  @Test
  void refusesWhatIsNotSignedWhereItMustBe() throws IOException {
    Files.delete(sample.descriptor().resolveSibling("sample.cert"));
    refused("not signed", "--require-signature");
  }

  @Test
  void refusesADiskThatTheSignedManifestDoesNotList() throws Exception {
    Files.delete(sample.descriptor().resolveSibling(SampleAppliance.DISK));
    sample = SignedSample.write(folder.resolve("package"), SampleAppliance.DESCRIPTOR);
    refused("does not list " + SampleAppliance.DISK, "--require-signature");
  }

  @Test
  void saysThatAHypervisorSignsNothing() {
    CommandRun run =
        CommandRun.of(
            "move",
            "local:" + folder.resolve("source"),
            "--to",
            "local:" + folder.resolve("target"),
            "--require-signature");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("only packages are signed");
  }
}
