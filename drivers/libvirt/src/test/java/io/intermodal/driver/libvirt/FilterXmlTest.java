package io.intermodal.driver.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intermodal.hypervisor.PacketRule;
import io.intermodal.hypervisor.PacketRule.Action;
import io.intermodal.hypervisor.PacketRule.Direction;
import io.intermodal.hypervisor.PacketRule.Protocol;
import io.intermodal.xml.XmlElement;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FilterXmlTest {

  @Test
  void writesRulesInTheirOrderForBothFamilies() {
    XmlElement filter =
        DomainXml.parse(
            FilterXml.of(
                "im-web",
                List.of(
                    new PacketRule(Direction.IN, Action.ACCEPT, Protocol.TCP, 80, 81, null),
                    new PacketRule(Direction.IN, Action.DROP, Protocol.ALL, null, null, null))));
    assertThat(filter.attribute("", "name")).contains("im-web");
    assertThat(DomainXml.text(filter, "uuid")).contains(FilterXml.uuid("im-web").toString());
    List<XmlElement> rules = DomainXml.all(filter, "rule");
    assertThat(rules)
        .extracting(
            rule ->
                rule.attribute("", "priority").orElse("")
                    + " "
                    + rule.attribute("", "action").orElse("")
                    + " "
                    + rule.attribute("", "direction").orElse("")
                    + " "
                    + rule.childElements().get(0).localName())
        .containsExactly(
            "-900 accept in tcp",
            "-900 accept in tcp-ipv6",
            "-899 drop in all",
            "-899 drop in all-ipv6");
    assertThat(DomainXml.attribute(rules.get(0), "dstportstart", "tcp")).contains("80");
    assertThat(DomainXml.attribute(rules.get(0), "dstportend", "tcp")).contains("81");
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3/8, IN, <tcp srcipaddr='10.0.0.0' srcipmask='8'/>",
    "10.1.2.3, OUT, <tcp dstipaddr='10.1.2.3' dstipmask='32'/>",
    "0.0.0.0/0, IN, <tcp srcipaddr='0.0.0.0' srcipmask='0'/>",
    "255.255.255.255/1, IN, <tcp srcipaddr='128.0.0.0' srcipmask='1'/>",
    "2001:db8:0:1::7/48, IN, <tcp-ipv6 srcipaddr='2001:db8:0:0:0:0:0:0' srcipmask='48'/>",
    "::1, OUT, <tcp-ipv6 dstipaddr='0:0:0:0:0:0:0:1' dstipmask='128'/>"
  })
  void writesTheOtherSideOnce(String peer, Direction direction, String expected) {
    String xml =
        FilterXml.of(
            "f", List.of(new PacketRule(direction, Action.DROP, Protocol.TCP, null, null, peer)));
    assertThat(xml).containsOnlyOnce("<rule").contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"example.org", "10.0.0.0/33", "10.0.0", "::1/129", "1.2.3.4/", "10", "'/>", ""})
  void refusesWhatIsNoAddress(String peer) {
    PacketRule rule = new PacketRule(Direction.IN, Action.DROP, Protocol.ALL, null, null, peer);
    assertThatThrownBy(() -> FilterXml.of("f", List.of(rule)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("peer must be an address or a network");
  }

  @Test
  void refusesMoreRulesThanPrioritiesAllow() {
    PacketRule rule = new PacketRule(Direction.IN, Action.DROP, Protocol.ALL, null, null, null);
    assertThat(FilterXml.of("f", Collections.nCopies(1800, rule))).contains("priority='899'");
    assertThatThrownBy(() -> FilterXml.of("f", Collections.nCopies(1801, rule)))
        .hasMessage("a filter has at most 1800 rules, not 1801");
  }
}
