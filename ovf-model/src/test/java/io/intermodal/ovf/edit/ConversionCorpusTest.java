package io.intermodal.ovf.edit;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.ovf.DeploymentOption;
import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.Machine;
import io.intermodal.ovf.OvfVersion;
import io.intermodal.ovf.ProductProperty;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.validation.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

/** Converts every real descriptor and holds the result against the schema and the source. */
class ConversionCorpusTest {

  private static EnvelopeEditor converted(Envelope envelope, ForeignParts foreign) {
    return EnvelopeEditor.of(envelope).convertTo(OvfVersion.V1_1, foreign);
  }

  @Test
  void resultsAreValidOrTheReportSaysWhyNot() throws IOException, SAXException {
    Schema schema = RealDocuments.schema();
    Map<String, List<String>> invalid = new TreeMap<>();
    int valid = 0;
    for (Map.Entry<String, Envelope> one : RealDocuments.envelopes().entrySet()) {
      for (ForeignParts foreign : List.of(ForeignParts.WHERE_ALLOWED, ForeignParts.DROP)) {
        EnvelopeEditor editor = converted(one.getValue(), foreign);
        List<String> objections = RealDocuments.objections(schema, editor.toBytes());
        boolean named =
            editor.report().of(Change.Kind.NOTE).stream()
                .anyMatch(c -> c.what().startsWith("is not valid"));
        if (objections.isEmpty()) {
          valid++;
        } else if (!named) {
          invalid.put(one.getKey() + " " + foreign, objections);
        }
      }
    }
    assertThat(invalid).isEmpty();
    assertThat(valid).isGreaterThan(650);
  }

  /** Holds what must be the same before and after. */
  private record Facts(
      @Nullable Integer cpus,
      @Nullable Integer coresPerSocket,
      @Nullable Long memoryBytes,
      @Nullable Object firmware,
      List<String> disks,
      List<String> nics,
      List<String> drives,
      List<String> properties) {

    static Facts of(Machine machine, boolean vendor, Set<String> left) {
      return new Facts(
          machine.cpus(),
          vendor ? machine.coresPerSocket() : null,
          machine.memoryBytes(),
          vendor ? machine.firmware() : null,
          machine.disks().stream()
              .map(d -> d.capacityBytes() + " " + (vendor ? d.bus() : "") + " " + d.unit())
              .toList(),
          machine.nics().stream().map(n -> n.model() + " " + n.network() + " " + n.mac()).toList(),
          machine.drives().stream().map(Enum::name).toList(),
          machine.properties().stream()
              .filter(p -> vendor || !left.contains(p.property().fullKey()))
              .map(
                  p ->
                      p.property().fullKey()
                          + "="
                          + Objects.requireNonNullElse(p.value(), "")
                          + p.property().userConfigurable()
                          + p.property().password())
              .toList());
    }
  }

  /**
   * Finds properties that are in some options only, which 1.1 cannot say: dropped, it is for all.
   */
  private static Set<String> partial(Envelope envelope) {
    return envelope.products().stream()
        .flatMap(p -> p.properties().stream())
        .filter(p -> !p.configurations().isEmpty())
        .map(ProductProperty::fullKey)
        .collect(Collectors.toSet());
  }

  private static List<Facts> facts(Envelope envelope, boolean vendor, Set<String> left) {
    List<Facts> all = new ArrayList<>();
    envelope.machines(null).forEach(m -> all.add(Facts.of(m, vendor, left)));
    for (DeploymentOption option : envelope.deploymentOptions()) {
      envelope.machines(option.id()).forEach(m -> all.add(Facts.of(m, vendor, left)));
    }
    return all;
  }

  @Test
  void machinesAreTheSameAfterwards() throws IOException {
    for (Map.Entry<String, Envelope> one : RealDocuments.envelopes().entrySet()) {
      Set<String> left = partial(one.getValue());
      for (ForeignParts foreign : ForeignParts.values()) {
        boolean vendor = foreign != ForeignParts.DROP;
        Envelope after = converted(one.getValue(), foreign).toEnvelope();
        assertThat(facts(after, vendor, left))
            .as(one.getKey() + " " + foreign)
            .isEqualTo(facts(one.getValue(), vendor, left));
        assertThat(after.version()).as(one.getKey()).contains(OvfVersion.V1_1);
      }
    }
  }

  @Test
  void convertingTwiceIsConvertingOnce() throws IOException {
    for (Map.Entry<String, Envelope> one : RealDocuments.envelopes().entrySet()) {
      for (ForeignParts foreign : ForeignParts.values()) {
        EnvelopeEditor once = converted(one.getValue(), foreign);
        EnvelopeEditor twice = converted(once.toEnvelope(), foreign);
        assertThat(new String(twice.toBytes(), StandardCharsets.UTF_8))
            .as(one.getKey() + " " + foreign)
            .isEqualTo(new String(once.toBytes(), StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void theWayToTwoAndBackKeepsTheMachines() throws IOException {
    for (Map.Entry<String, Envelope> one : RealDocuments.envelopes().entrySet()) {
      EnvelopeEditor editor =
          EnvelopeEditor.of(one.getValue()).convertTo(OvfVersion.V2_0, ForeignParts.KEEP);
      Envelope two = editor.toEnvelope();
      assertThat(two.version()).as(one.getKey()).contains(OvfVersion.V2_0);
      assertThat(facts(two, true, Set.of()))
          .as(one.getKey())
          .isEqualTo(facts(one.getValue(), true, Set.of()));
      Envelope back = converted(two, ForeignParts.KEEP).toEnvelope();
      assertThat(facts(back, true, Set.of()))
          .as(one.getKey())
          .isEqualTo(facts(one.getValue(), true, Set.of()));
    }
  }
}
