package io.intermodal.ovf.edit;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.EnvelopeDraft.DraftProperty;
import io.intermodal.ovf.Firmware;
import io.intermodal.ovf.Machine;
import io.intermodal.ovf.OvfVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

/** Edits what was broken on purpose, and holds properties of edits for any value. */
class HostileEditTest {

  private static final String TEXT =
      new String(EnvelopeEditor.of(Trees.appliance()).toBytes(), StandardCharsets.UTF_8);

  private static final List<Consumer<EnvelopeEditor>> EDITS =
      List.of(
          e -> e.setMemory(1 << 30),
          e -> e.setMemory(1 << 30, "large"),
          e -> e.setCpus(3, "medium"),
          e -> e.setCoresPerSocket(1),
          e -> e.setProperty("app.size.1", "7"),
          e -> e.setProperty("app.size.1", "7", "large"),
          e -> e.removeProperty("app.ip.1"),
          e -> e.addProperty(new DraftProperty("k", "string", "v", true, false, null)),
          e -> e.addDisk(NewDisk.vmdk("new.vmdk", 1, 1 << 20)),
          e -> e.removeDisk("disk1"),
          e -> e.replaceDisk("disk1", NewDisk.vmdk("new2.vmdk", 1, 1 << 20)),
          e -> e.addNic("front", null, null),
          e -> e.removeNic("6"),
          e -> e.renameNetwork("front", "rear"),
          e -> e.mergeNetwork("back", "front"),
          e -> e.setFirmware(Firmware.EFI, true),
          e -> e.setName("n"),
          e -> e.setHardwareFamily("vmx-10"),
          e -> e.removeOption("large"),
          e -> e.keepOption("medium"),
          e -> e.dropVendor("nvram"),
          EnvelopeEditor::dropOptionalVendorParts,
          EnvelopeEditor::markVendorOptional,
          e -> e.setLicense("l"),
          e -> e.setProduct(ProductInfo.of("p", "v", "1")),
          e -> e.convertTo(OvfVersion.V1_1, ForeignParts.DROP),
          e -> e.convertTo(OvfVersion.V1_1, ForeignParts.KEEP),
          e -> e.convertTo(OvfVersion.V2_0, ForeignParts.WHERE_ALLOWED));

  @Provide
  Arbitrary<String> mutated() {
    Arbitrary<Integer> place = Arbitraries.integers().between(0, TEXT.length() - 1);
    Arbitrary<String> part =
        Arbitraries.of(
            "",
            "-1",
            "<Item/>",
            "x",
            "ovf:",
            "rasd:",
            "${k}",
            "99999999999999999999",
            "<Value/>",
            "/disk/disk1",
            " ",
            "<File/>",
            "small",
            "InstanceId",
            "<ovf:Disk/>",
            "xmlns='urn:x' ");
    Arbitrary<Integer> length = Arbitraries.integers().between(0, 40);
    return place.flatMap(
        at ->
            part.flatMap(
                text ->
                    length.map(
                        cut ->
                            TEXT.substring(0, at)
                                + text
                                + TEXT.substring(Math.min(TEXT.length(), at + cut)))));
  }

  @Property(tries = 600)
  void editsOfBrokenDocumentsFailInOneWayOnly(@ForAll("mutated") String text) {
    Envelope envelope;
    try {
      envelope = Envelope.read("mutated", text.getBytes(StandardCharsets.UTF_8));
    } catch (IntermodalException e) {
      return;
    }
    for (Consumer<EnvelopeEditor> edit : EDITS) {
      EnvelopeEditor editor = EnvelopeEditor.of(envelope);
      try {
        edit.accept(editor);
        assertThat(editor.toEnvelope()).isNotNull();
      } catch (IntermodalException e) {
        assertThat(e.getMessage()).startsWith("cannot ");
      }
    }
    EnvelopeEditor all = EnvelopeEditor.of(envelope);
    for (Consumer<EnvelopeEditor> edit : EDITS) {
      try {
        edit.accept(all);
      } catch (IntermodalException e) {
        assertThat(e.getMessage()).doesNotContain("s3cret");
      }
    }
    assertThat(all.toEnvelope()).isNotNull();
    assertThat(all.report().toString()).doesNotContain("s3cret");
  }

  @Property(tries = 200)
  void whatIsSetIsReadBack(
      @ForAll @LongRange(min = 1) long bytes,
      @ForAll @IntRange(min = 1, max = 100_000) int cpus,
      @ForAll @StringLength(max = 40) String value) {
    EnvelopeEditor editor = EnvelopeEditor.of(Trees.appliance()).setMemory(bytes).setCpus(cpus);
    Machine machine = editor.toEnvelope().machines("large").get(0);
    assertThat(machine.memoryBytes()).isEqualTo(bytes);
    assertThat(machine.cpus()).isEqualTo(cpus);
    try {
      editor.setProperty("app.admin.1", value);
    } catch (IntermodalException e) {
      assertThat(e.getMessage()).contains("XML cannot hold");
      return;
    }
    assertThat(
            editor.toEnvelope().products().get(0).properties().stream()
                .filter(p -> p.key().equals("admin"))
                .findFirst()
                .orElseThrow()
                .value())
        .isEqualTo(value);
    assertThat(editor.setProperty("app.admin.1", "s3cret").setMemory(1L << 30).toBytes())
        .isNotEmpty();
  }

  @Property(tries = 100)
  void theReportIsTheSameForTheSameEdits(@ForAll @IntRange(min = 0, max = 27) int which) {
    EnvelopeEditor one = EnvelopeEditor.of(Trees.appliance());
    EnvelopeEditor two = EnvelopeEditor.of(Trees.appliance());
    try {
      EDITS.get(which).accept(one);
      EDITS.get(which).accept(two);
    } catch (IntermodalException e) {
      assertThat(e.getMessage()).startsWith("cannot ");
    }
    assertThat(two.report()).isEqualTo(one.report());
    assertThat(two.toBytes()).isEqualTo(one.toBytes());
  }
}
