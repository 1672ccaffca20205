package io.intermodal.ovf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.intermodal.Cancellation;
import io.intermodal.CommonError;
import io.intermodal.IntermodalException;
import io.intermodal.Progress;
import io.intermodal.ovf.packaging.OvfPackage;
import io.intermodal.ovf.packaging.PackageFile;
import io.intermodal.ovf.packaging.Verification;
import io.intermodal.xml.XmlReader;
import io.intermodal.xml.XmlWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads real documents of real products, where the folder with them is given. */
class CorpusTest {

  static Path corpus() {
    String folder = System.getProperty("intermodal.corpus", "");
    if (!folder.isBlank() && Files.isDirectory(Path.of(folder, "ovf"))) {
      return Path.of(folder, "ovf");
    }
    if (Boolean.getBoolean("intermodal.require")) {
      return fail("intermodal.corpus names no folder with real documents, and it is required");
    }
    return abort("intermodal.corpus names no folder with real documents");
  }

  private static List<Path> files(String under, String extension) throws IOException {
    try (Stream<Path> all = Files.walk(corpus().resolve(under))) {
      return all.filter(f -> f.toString().toLowerCase(Locale.ROOT).endsWith(extension))
          .sorted()
          .toList();
    }
  }

  private static Envelope real(String name) throws IOException {
    Path file = corpus().resolve("real").resolve(name);
    return Envelope.read(name, Files.readAllBytes(file));
  }

  private static Verification verify(String name) {
    return OvfPackage.open(corpus().resolve("packages/generated").resolve(name))
        .verify(Progress.Listener.none(), Cancellation.none());
  }

  @Test
  void everyDescriptorOpensOrIsNoXml() throws IOException {
    List<String> refused = new ArrayList<>();
    for (Path file : files("", ".ovf")) {
      try {
        Envelope envelope = Envelope.read(file.toString(), Files.readAllBytes(file));
        envelope.machines(null);
        for (DeploymentOption option : envelope.deploymentOptions()) {
          envelope.machines(option.id());
        }
        byte[] again = XmlWriter.exact().toBytes(envelope.document());
        assertThat(XmlReader.standard().read("again", again).root())
            .isEqualTo(envelope.document().root());
      } catch (IntermodalException e) {
        assertThat(e.code()).isEqualTo(CommonError.XML_MALFORMED);
        assertThat(e).hasMessageContaining("is not bound to a namespace");
        refused.add(file.getFileName().toString());
      }
    }
    assertThat(refused)
        .containsExactlyInAnyOrder(
            "section_compatibility_neg.ovf",
            "section_compatibility_rec.ovf",
            "empty_system.ovf",
            "item_msgid.ovf",
            "item_msgid_elename.ovf");
  }

  @Test
  void everyPackageThatShouldOpenDoes() throws IOException {
    for (Path file : files("packages", ".ova")) {
      String name = file.getFileName().toString();
      if (name.equals("NEG-path-traversal.ova") || name.equals("NEG-truncated.ova")) {
        assertThatExceptionOfType(IntermodalException.class)
            .as(name)
            .isThrownBy(() -> OvfPackage.open(file));
      } else {
        OvfPackage pack = OvfPackage.open(file);
        if (!name.startsWith("NEG-") && !name.startsWith("size-")) {
          assertThat(pack.files()).as(name).allMatch(PackageFile::complete);
        }
      }
    }
  }

  @Test
  void packagesVerifyAsTheirNamesSay() throws IOException {
    for (String good :
        List.of(
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
            "signed-sha1",
            "signed-sha256",
            "signed-sha512")) {
      assertThat(verify(good + ".ova").verified()).as(good).isTrue();
    }
    for (String bad :
        List.of(
            "NEG-mf-tampered",
            "NEG-disk-missing",
            "NEG-chunk-missing",
            "NEG-mf-missing-disk-entry",
            "NEG-mf-names-absent-file",
            "NEG-cert-without-mf",
            "NEG-two-descriptors")) {
      assertThat(verify(bad + ".ova").verified()).as(bad).isFalse();
    }
    assertThat(verify("NEG-mf-tampered.ova").files())
        .contains(new Verification.FileResult("a.ovf", Verification.Status.MISMATCH));
    assertThat(verify("size-attribute-wrong.ova").files())
        .contains(new Verification.FileResult("a-disk1.vmdk", Verification.Status.SIZE_MISMATCH));
    assertThat(verify("NEG-chunk-missing.ova").files())
        .contains(
            new Verification.FileResult("a-disk1.vmdk.000000001", Verification.Status.MISSING));
  }

  @Test
  void knownDocumentsHaveTheirKnownValues() throws IOException {
    Envelope cot = real("glennmatthews__cot/COT_tests_input.ovf");
    assertThat(cot.defaultDeploymentOption()).contains("4CPU-4GB-3NIC");
    assertThat(cot.machines(null).get(0).cpus()).isEqualTo(4);
    assertThat(cot.machines(null).get(0).nics()).hasSize(3);
    Machine small = cot.machines("1CPU-1GB-1NIC").get(0);
    assertThat(small.cpus()).isEqualTo(1);
    assertThat(small.memoryBytes()).isEqualTo(1L << 30);
    assertThat(small.nics()).hasSize(1);
    assertThat(small.removableDrives()).isEqualTo(2);
    assertThat(cot.propertyCount()).isEqualTo(10);

    Envelope vcsa = real("vmware__govmomi/vcsa65.ovf");
    assertThat(vcsa.deploymentOptions()).hasSize(31);
    assertThat(vcsa.machines("tiny").get(0).cpus()).isEqualTo(2);

    Machine vbox = real("glennmatthews__cot/COT_tests_ubuntu.2.0.ovf").machines(null).get(0);
    assertThat(vbox.disks().get(0).bus()).isEqualTo("sata");
    assertThat(vbox.nics()).extracting(Machine.Nic::network).containsExactly("NAT");
    assertThat(vbox.guestOs()).isEqualTo(new GuestOs("94", null, "Ubuntu_64", "Ubuntu_64"));

    Machine sized = real("vmware__govmomi/disk-capacity-property.ovf").machines(null).get(0);
    assertThat(sized.disks().get(0).capacityBytes()).isEqualTo(5L << 30);
  }
}
