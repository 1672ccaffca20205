package io.intermodal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs commands on real documents and packages: the folder named by {@code intermodal.corpus}. */
class CorpusTest {

  @TempDir Path folder;
  private Path corpus = Path.of("");

  @BeforeEach
  void findCorpus() {
    String name = System.getProperty("intermodal.corpus", "");
    corpus = Path.of(name, "ovf");
    if (name.isEmpty() || !Files.isDirectory(corpus)) {
      if (Boolean.getBoolean("intermodal.require")) {
        fail("intermodal.corpus names no folder with real packages, and it is required");
      }
      abort("intermodal.corpus names no folder with real packages");
    }
  }

  private static List<Path> files(Path below, String filter) throws IOException {
    try (Stream<Path> files = Files.walk(below)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> below.relativize(file).toString().replace('\\', '/').matches(filter))
          .sorted()
          .toList();
    }
  }

  @Test
  void movesRealPackagesWithTheirContentVerified() throws IOException {
    List<Path> packages = files(corpus.resolve("packages/real"), "go-vcloud-director__.*\\.ova");
    assertThat(packages).hasSizeGreaterThanOrEqualTo(3);
    for (Path ova : packages) {
      CommandRun run = move(ova);
      assertThat(run.exitCode()).as(ova + ": " + run.all()).isZero();
      JsonNode report = run.json();
      assertThat(report.get("outcome").textValue()).isEqualTo("COMPLETED");
      JsonNode disks = report.get("cycles").get(0).get("disks");
      assertThat(disks).as("disks of " + ova).isNotEmpty();
      for (JsonNode disk : disks) {
        assertThat(disk.get("identical").booleanValue()).isTrue();
        assertThat(disk.get("targetContentDigest")).isEqualTo(disk.get("sourceContentDigest"));
      }
      assertThat(report.toString()).contains("ovf.manifest.absent");
    }
  }

  @Test
  void refusesAPackageWhoseDisksAreNone() throws IOException {
    Path ova = corpus.resolve("packages/real/glance__testserver.ova");
    CommandRun run = move(ova);
    assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
    assertThat(run.json().get("message").textValue())
        .startsWith("cannot read disk ")
        .contains(ova.toString(), "no disk format that is known");
    assertThat(target(ova)).doesNotExist();
  }

  private CommandRun move(Path ova) {
    return CommandRun.of(
        "move",
        ova,
        "--to",
        "local:" + target(ova) + "?profile=kvm",
        "--report",
        folder.resolve("report"),
        "--json");
  }

  private Path target(Path ova) {
    return folder.resolve(String.valueOf(ova.getFileName()));
  }

  @Test
  void inspectsEveryRealDocument() throws IOException {
    inspectAll(files(corpus.resolve("real"), ".*\\.ovf"), 100);
  }

  @Test
  void inspectsEveryConformingDocument() throws IOException {
    // Two documents are not well-formed, in a folder of good ones.
    inspectAll(
        files(corpus.resolve("conformance"), "[^/]+/Pos/(?!item_msgid(_elename)?\\.ovf).*\\.ovf"),
        50);
  }

  private static void inspectAll(List<Path> documents, int atLeast) {
    assertThat(documents).hasSizeGreaterThanOrEqualTo(atLeast);
    List<String> refused = new ArrayList<>();
    for (Path document : documents) {
      CommandRun run = CommandRun.of("inspect", document, "--json");
      if (run.exitCode() != 0) {
        refused.add(document + ": " + run.all());
        continue;
      }
      assertThat(run.json().get("schema").textValue()).isEqualTo("io.intermodal.inspect/1");
      assertThat(run.err()).isEmpty();
      CommandRun text = CommandRun.of("inspect", document);
      assertThat(text.exitCode()).isZero();
      assertThat(text.out()).doesNotContainPattern("\\bnull\\b");
    }
    assertThat(refused).isEmpty();
  }

  @Test
  void saysWhereADocumentIsNotWellFormed() throws IOException {
    List<Path> broken =
        files(corpus.resolve("conformance"), "[^/]+/Pos/item_msgid(_elename)?\\.ovf");
    assertThat(broken).isNotEmpty();
    for (Path document : broken) {
      CommandRun run = CommandRun.of("inspect", document, "--json");
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.json().get("code").textValue()).isEqualTo("XML_MALFORMED");
      assertThat(run.json().get("location").textValue()).containsPattern("\\d");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NEG-mf-tampered, a.ovf, MISMATCH",
    "NEG-cert-key-mismatch, a.ovf, OK",
    "NEG-cert-without-mf, a.ovf, UNLISTED",
    "NEG-disk-missing, a-disk1.vmdk, MISSING",
    "NEG-chunk-missing, a-disk1.vmdk.000000001, MISSING",
    "NEG-mf-missing-disk-entry, a-disk1.vmdk, UNLISTED",
    "NEG-mf-names-absent-file, not-there.vmdk, MISSING",
    "NEG-two-descriptors, z.ovf, UNLISTED",
    "size-attribute-wrong, a-disk1.vmdk, SIZE_MISMATCH",
  })
  void doesNotVerifyDamagedPackages(String name, String file, String status) {
    CommandRun run = CommandRun.of("verify", generated(name), "--json");
    assertThat(run.exitCode()).as(run.all()).isEqualTo(1);
    assertThat(run.json().get("trusted").booleanValue()).isFalse();
    Map<String, String> statuses = new TreeMap<>();
    run.json()
        .get("files")
        .forEach(one -> statuses.put(one.get("name").textValue(), one.get("status").textValue()));
    assertThat(statuses).containsEntry(file, status);
  }

  @ParameterizedTest
  @CsvSource({"NEG-path-traversal, NAME_UNSAFE", "NEG-truncated, ARCHIVE_TRUNCATED"})
  void refusesDangerousPackages(String name, String code) {
    CommandRun run = CommandRun.of("verify", generated(name), "--json");
    assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
    assertThat(run.json().get("code").textValue()).isEqualTo(code);
    assertThat(move(generated(name)).exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "chunked-disk",
    "disk-first",
    "dot-slash-names",
    "gnu-format",
    "mf-cert-at-end",
    "mf-crlf",
    "mf-mixed-sha1-sha256",
    "mf-no-final-newline",
    "mf-no-ovf-entry",
    "mf-openssl-spaces",
    "mf-uppercase-hex",
    "order-mf-cert-ovf-disk",
    "pax-format",
    "signed-chain",
    "signed-ec-p256",
    "signed-sha1",
    "signed-sha256",
    "signed-sha512",
    "signed-wrapped-hex"
  })
  void verifiesEveryFormOfAGoodPackage(String name) {
    CommandRun run = CommandRun.of("verify", generated(name), "--json");
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.json().get("trusted").booleanValue()).isTrue();
  }

  private Path generated(String name) {
    return corpus.resolve("packages/generated").resolve(name + ".ova");
  }
}
