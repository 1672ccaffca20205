package io.intermodal.ovf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.intermodal.xml.XmlDocument;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlReader;
import io.intermodal.xml.XmlWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class OdcaAttributesTest {

  private static Envelope read() throws IOException {
    return Envelope.read("odca.ovf", EnvelopeTest.sample("odca.ovf"));
  }

  @Test
  void readsTheAttributesOfAMachineAndACollection() throws IOException {
    List<OdcaAttributes> all =
        read().everywhere(Section.Odca.class).map(Section.Odca::attributes).toList();
    assertThat(all).hasSize(2);
    assertThat(all.get(0).levels())
        .containsExactly(new OdcaAttributes.ServiceLevel("packaging", OdcaAttributes.Level.GOLD));
    OdcaAttributes machine = all.get(1);
    assertThat(machine.stakeholders("owner"))
        .containsExactly(
            new OdcaAttributes.Stakeholder("owner", "Payroll team", "payroll@example.org"));
    assertThat(machine.lease())
        .isEqualTo(
            new OdcaAttributes.Lease(
                Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z")));
    assertThat(machine.objectives())
        .containsExactly(new OdcaAttributes.Objective("availability", "99.9", "percent"));
    assertThat(machine.securityZones()).containsExactly("internal");
    assertThat(machine.compliance()).containsExactly("ISO 27001", "PCI DSS");
    assertThat(machine.geoRules())
        .containsExactly(
            new OdcaAttributes.GeoRule(true, "DE"), new OdcaAttributes.GeoRule(false, "*"));
    assertThat(machine.carbon()).isEqualTo(new OdcaAttributes.Carbon(300, false));
    assertThat(machine.rules())
        .containsExactly(new OdcaAttributes.Rule("firewall", "allow tcp 443 from any"));
    assertThat(machine.licences())
        .containsExactly(new OdcaAttributes.Licence("Database", "Vendor", 4, false));
    assertThat(machine.drivers())
        .containsExactly(new OdcaAttributes.Driver("virtio-win", "0.1.240", "kvm"));
    assertThat(machine.hooks())
        .containsExactly(
            new OdcaAttributes.Hook(
                OdcaAttributes.Phase.DRAIN, "/usr/local/bin/drain", Duration.ofMinutes(5)));
    assertThat(machine.cloneStatus())
        .isEqualTo(
            new OdcaAttributes.CloneStatus(OdcaAttributes.CloneRole.CLONE, "payroll-master", "12"));
  }

  @Test
  void staysOptionalSoThatOthersMayPassItOver() throws IOException {
    Envelope envelope = read();
    assertThat(envelope.notUnderstood()).isEmpty();
    assertThat(envelope.findings()).isEmpty();
    assertThat(envelope.portability().level()).isEqualTo(2);
    XmlElement section = OdcaAttributes.none().toXml();
    assertThat(section.attribute("http://schemas.dmtf.org/ovf/envelope/1", "required"))
        .contains("false");
    assertThat(section.elements().findFirst()).map(XmlElement::localName).contains("Info");
  }

  @Test
  void leavesOutWhatIsWrongAndSaysSo() throws IOException {
    String text = new String(EnvelopeTest.sample("odca.ovf"), StandardCharsets.UTF_8);
    String broken =
        text.replace("2027-01-01T00:00:00Z", "soon")
            .replace("PT5M", "five minutes")
            .replace("count=\"4\"", "count=\"0\"")
            .replace("level=\"gold\"", "level=\"iron\"");
    Envelope envelope = Envelope.read("a", broken.getBytes(StandardCharsets.UTF_8));
    OdcaAttributes machine =
        envelope.everywhere(Section.Odca.class).skip(1).findFirst().orElseThrow().attributes();
    assertThat(machine.lease()).isNull();
    assertThat(machine.hooks()).isEmpty();
    assertThat(machine.licences()).isEmpty();
    assertThat(machine.drivers()).hasSize(1);
    assertThat(envelope.findings())
        .extracting(Finding::code)
        .containsOnly(FindingCode.ODCA_INVALID)
        .hasSize(4);
  }

  @Test
  void refusesWhatMeansNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OdcaAttributes.Stakeholder(" ", "a", null))
        .withMessage("role must not be empty");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OdcaAttributes.Lease(Instant.MAX, Instant.EPOCH))
        .withMessageContaining("before");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OdcaAttributes.Carbon(-1, true))
        .withMessageContaining("negative");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OdcaAttributes.Licence("p", null, 0, true))
        .withMessageContaining("positive");
  }

  @Property(tries = 300)
  void comesBackFromXml(@ForAll("attributes") OdcaAttributes attributes) {
    byte[] bytes = XmlWriter.indented().toBytes(XmlDocument.of(attributes.toXml()));
    List<XmlElement> broken = new ArrayList<>();
    OdcaAttributes back = OdcaXml.read(XmlReader.standard().read("a", bytes).root(), broken);
    assertThat(broken).isEmpty();
    assertThat(back).isEqualTo(attributes);
  }

  @Provide
  Arbitrary<OdcaAttributes> attributes() {
    Arbitrary<String> text =
        Arbitraries.strings()
            .withCharRange(' ', '\uD7FF')
            .withChars('\t', '\n', '\r', '<', '&', '"', '\'')
            .ofMinLength(1)
            .ofMaxLength(12)
            .filter(t -> !t.isBlank());
    Arbitrary<String> maybe = text.injectNull(0.3);
    Arbitrary<Instant> instant =
        Arbitraries.longs().between(-1L << 40, 1L << 40).map(Instant::ofEpochMilli);
    Arbitrary<OdcaAttributes.Lease> lease =
        Combinators.combine(instant, Arbitraries.longs().between(0, 1L << 40))
            .as((from, millis) -> new OdcaAttributes.Lease(from, from.plusMillis(millis)));
    Arbitrary<OdcaAttributes> one =
        Combinators.combine(
                Combinators.combine(text, text, maybe)
                    .as(OdcaAttributes.Stakeholder::new)
                    .list()
                    .ofMaxSize(3),
                lease.injectNull(0.3),
                Combinators.combine(text, Arbitraries.of(OdcaAttributes.Level.class))
                    .as(OdcaAttributes.ServiceLevel::new)
                    .list()
                    .ofMaxSize(3),
                Combinators.combine(text, text, maybe)
                    .as(OdcaAttributes.Objective::new)
                    .list()
                    .ofMaxSize(3),
                text.list().ofMaxSize(3),
                Combinators.combine(Arbitraries.of(true, false), text)
                    .as(OdcaAttributes.GeoRule::new)
                    .list()
                    .ofMaxSize(3),
                Combinators.combine(
                        Arbitraries.integers().greaterOrEqual(0).injectNull(0.3),
                        Arbitraries.of(true, false))
                    .as(OdcaAttributes.Carbon::new)
                    .injectNull(0.3),
                Combinators.combine(
                        text,
                        maybe,
                        Arbitraries.integers().greaterOrEqual(1).injectNull(0.3),
                        Arbitraries.of(true, false))
                    .as(OdcaAttributes.Licence::new)
                    .list()
                    .ofMaxSize(3))
            .as(
                (people, term, levels, objectives, zones, geo, carbon, licences) ->
                    new OdcaAttributes(
                        people,
                        term,
                        levels,
                        objectives,
                        zones,
                        zones,
                        geo,
                        carbon,
                        List.of(),
                        licences,
                        List.of(),
                        List.of(),
                        null));
    return Combinators.combine(
            one,
            Combinators.combine(text, text).as(OdcaAttributes.Rule::new).list().ofMaxSize(3),
            Combinators.combine(text, maybe, maybe)
                .as(OdcaAttributes.Driver::new)
                .list()
                .ofMaxSize(3),
            Combinators.combine(
                    Arbitraries.of(OdcaAttributes.Phase.class),
                    text,
                    Arbitraries.longs()
                        .between(0, 1L << 40)
                        .map(Duration::ofMillis)
                        .injectNull(0.3))
                .as(OdcaAttributes.Hook::new)
                .list()
                .ofMaxSize(3),
            Combinators.combine(Arbitraries.of(OdcaAttributes.CloneRole.class), maybe, maybe)
                .as(OdcaAttributes.CloneStatus::new)
                .injectNull(0.3))
        .as(
            (a, rules, drivers, hooks, clone) ->
                new OdcaAttributes(
                    a.stakeholders(),
                    a.lease(),
                    a.levels(),
                    a.objectives(),
                    a.securityZones(),
                    a.compliance(),
                    a.geoRules(),
                    a.carbon(),
                    rules,
                    a.licences(),
                    drivers,
                    hooks,
                    clone));
  }
}
