package io.intermodal.ovf.edit;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.ovf.Content;
import io.intermodal.ovf.DeploymentOption;
import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.Firmware;
import io.intermodal.ovf.Item;
import io.intermodal.ovf.Machine;
import io.intermodal.ovf.Section;
import io.intermodal.ovf.internal.Dialect;
import io.intermodal.xml.XmlElement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Edits every real descriptor that holds a machine. */
class EditCorpusTest {

  private static final long BYTES = 3L << 30;

  private static boolean hasHardware(Envelope envelope) {
    return new Work(envelope).everyHardware().size() > 0;
  }

  private static List<@Nullable String> options(Envelope envelope) {
    List<@Nullable String> options = new ArrayList<>();
    options.add(null);
    envelope.deploymentOptions().stream().map(DeploymentOption::id).forEach(options::add);
    return options;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void memoryIsSetAndNothingElse() throws IOException {
    int edited = 0;
    for (Map.Entry<String, Envelope> one : RealDocuments.envelopes().entrySet()) {
      Envelope before = one.getValue();
      if (!hasHardware(before)) {
        continue;
      }
      edited++;
      EnvelopeEditor editor = EnvelopeEditor.of(before).everyMachine().setMemory(BYTES);
      Envelope after = editor.toEnvelope();
      for (String option : options(before)) {
        List<Machine> was = before.machines(option);
        List<Machine> is = after.machines(option);
        for (int i = 0; i < was.size(); i++) {
          same(one.getKey() + " in " + option, was.get(i), is.get(i));
        }
      }
      onlyMemoryDiffers(one.getKey(), before, editor);
      String once = text(editor.toBytes());
      int changes = editor.report().of(Change.Kind.CHANGED).size();
      assertThat(text(editor.setMemory(BYTES).toBytes())).as(one.getKey()).isEqualTo(once);
      assertThat(editor.report().of(Change.Kind.CHANGED)).as(one.getKey()).hasSize(changes);
    }
    assertThat(edited).isGreaterThan(250);
  }

  private static void same(String name, Machine was, Machine is) {
    boolean hardware = !is.controllers().isEmpty() || is.cpus() != null || is.memoryBytes() != null;
    if (hardware && (was.memoryBytes() != null || is.memoryBytes() != null)) {
      assertThat(is.memoryBytes()).as(name).isEqualTo(BYTES);
    }
    assertThat(is.cpus()).as(name).isEqualTo(was.cpus());
    assertThat(is.coresPerSocket()).as(name).isEqualTo(was.coresPerSocket());
    assertThat(is.firmware()).as(name).isEqualTo(was.firmware());
    assertThat(is.guestOs()).as(name).isEqualTo(was.guestOs());
    assertThat(is.disks()).as(name).hasSameSizeAs(was.disks());
    assertThat(is.nics()).as(name).hasSameSizeAs(was.nics());
    assertThat(is.properties()).as(name).isEqualTo(was.properties());
  }

  /** The elements that differ are memory items, or sections that got or lost one. */
  private static void onlyMemoryDiffers(String name, Envelope before, EnvelopeEditor editor) {
    Set<XmlElement> allowed = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Content.VirtualSystem system : new Work(before).everySystem()) {
      system.element().element(Dialect.VBOX, "Machine").ifPresent(m -> with(m, allowed));
      if (editor.report().changes().stream().anyMatch(c -> c.what().startsWith("drops vbox"))) {
        allowed.add(system.element());
      }
      for (Section.VirtualHardware hardware :
          system.sections(Section.VirtualHardware.class).toList()) {
        boolean added =
            editor.report().changes().stream()
                .anyMatch(c -> c.kind() == Change.Kind.ADDED || c.kind() == Change.Kind.REMOVED);
        if (added) {
          allowed.add(hardware.header().element());
        }
        for (Item item : hardware.items()) {
          if (item.resourceType() != null && item.resourceType() == Amount.MEMORY) {
            with(item.element(), allowed);
          }
        }
      }
    }
    List<XmlElement> differing =
        Trees.differing(before.document().root(), editor.toEnvelope().document().root());
    assertThat(differing).as(name).allMatch(allowed::contains);
  }

  private static void with(XmlElement e, Set<XmlElement> to) {
    to.add(e);
    e.elements().forEach(c -> with(c, to));
  }

  @Test
  void untouchedDocumentsStayAsTheyAre() throws IOException {
    for (Map.Entry<String, Envelope> one : RealDocuments.envelopes().entrySet()) {
      assertThat(EnvelopeEditor.of(one.getValue()).toEnvelope().document().root())
          .as(one.getKey())
          .isEqualTo(one.getValue().document().root());
    }
  }

  @Test
  void settingsTwiceAreTheSameAsOnce() throws IOException {
    for (Map.Entry<String, Envelope> one : RealDocuments.envelopes().entrySet()) {
      if (!hasHardware(one.getValue())) {
        continue;
      }
      EnvelopeEditor editor = EnvelopeEditor.of(one.getValue()).everyMachine();
      settings(editor);
      String once = text(editor.toBytes());
      settings(editor);
      assertThat(text(editor.toBytes())).as(one.getKey()).isEqualTo(once);
      assertThat(editor.toEnvelope().machines(null))
          .as(one.getKey())
          .filteredOn(m -> m.cpus() != null)
          .allSatisfy(
              m -> {
                assertThat(m.cpus()).isEqualTo(6);
                assertThat(m.firmware()).isEqualTo(Firmware.EFI);
                assertThat(m.virtualSystemTypes()).containsExactly("vmx-17");
              });
    }
  }

  private static void settings(EnvelopeEditor editor) {
    editor
        .setCpus(6)
        .setFirmware(Firmware.EFI, false)
        .setHardwareFamily("vmx-17")
        .setAnnotation("note")
        .setLicense("licence")
        .setProduct(ProductInfo.of("p", "v", "1"))
        .markVendorOptional()
        .dropOptionalVendorParts()
        .setFirmware(Firmware.EFI, null);
  }

  @Test
  void addedDisksAreThereAndLeaveWithoutATrace() throws IOException {
    for (Map.Entry<String, Envelope> one : RealDocuments.envelopes().entrySet()) {
      List<Content.VirtualSystem> systems =
          new Work(one.getValue())
              .everySystem().stream().filter(s -> s.hardware().isPresent()).toList();
      String id = systems.isEmpty() ? null : systems.get(0).id();
      if (id == null) {
        continue;
      }
      long alike =
          new Work(one.getValue()).everySystem().stream().filter(s -> id.equals(s.id())).count();
      if (alike != 1) {
        continue;
      }
      NewDisk disk = new NewDisk("added", "added-disk.vmdk", 5L, 7L << 20, null, null, null);
      EnvelopeEditor editor = EnvelopeEditor.of(one.getValue()).machine(id).addDisk(disk);
      Envelope with = editor.toEnvelope();
      assertThat(with.machines(null).stream().flatMap(m -> m.disks().stream()))
          .as(one.getKey())
          .filteredOn(d -> "added".equals(d.diskId()))
          .isNotEmpty()
          .allSatisfy(
              d -> {
                assertThat(d.capacityBytes()).isEqualTo(7L << 20);
                assertThat(d.controller()).isNotNull();
                assertThat(d.unit()).isNotNull();
              });
      Envelope without = editor.removeDisk("added").toEnvelope();
      assertThat(without.disks()).as(one.getKey()).hasSameSizeAs(one.getValue().disks());
      assertThat(without.files()).as(one.getKey()).hasSameSizeAs(one.getValue().files());
    }
  }

  @Test
  void keptOptionsMeanWhatTheyMeant() throws IOException {
    for (Map.Entry<String, Envelope> one : RealDocuments.envelopes().entrySet()) {
      for (DeploymentOption option : one.getValue().deploymentOptions()) {
        Envelope flat = EnvelopeEditor.of(one.getValue()).flatten(option.id()).toEnvelope();
        List<Machine> was = one.getValue().machines(option.id());
        List<Machine> is = flat.machines(null);
        assertThat(is).hasSameSizeAs(was);
        for (int i = 0; i < is.size(); i++) {
          String name = one.getKey() + " " + option.id();
          assertThat(is.get(i).cpus()).as(name).isEqualTo(was.get(i).cpus());
          assertThat(is.get(i).memoryBytes()).as(name).isEqualTo(was.get(i).memoryBytes());
          assertThat(is.get(i).firmware()).as(name).isEqualTo(was.get(i).firmware());
          assertThat(is.get(i).disks().stream().map(Machine.AttachedDisk::capacityBytes).toList())
              .as(name)
              .isEqualTo(
                  was.get(i).disks().stream().map(Machine.AttachedDisk::capacityBytes).toList());
          assertThat(is.get(i).nics()).as(name).hasSameSizeAs(was.get(i).nics());
        }
      }
    }
  }
}
