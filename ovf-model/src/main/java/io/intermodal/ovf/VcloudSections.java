package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads vCloud Director's sections. Its attributes have no prefix. */
final class VcloudSections {

  private VcloudSections() {}

  static Section parse(Section.Header header) {
    XmlElement e = header.element();
    return switch (header.name()) {
      case "NetworkConfigSection" ->
          new VcloudSection.NetworkConfig(
              header, children(e, "NetworkConfig").map(VcloudSections::network).toList());
      case "NetworkConnectionSection" ->
          new VcloudSection.NetworkConnections(
              header,
              Texts.number(text(e, "PrimaryNetworkConnectionIndex")),
              children(e, "NetworkConnection").map(VcloudSections::connection).toList());
      case "GuestCustomizationSection" -> customization(header);
      case "CustomizationSection" ->
          new VcloudSection.Customization(
              header, flag(attribute(e, "goldMaster")), flag(text(e, "CustomizeOnInstantiate")));
      case "LeaseSettingsSection" ->
          new VcloudSection.LeaseSettings(
              header,
              seconds(text(e, "DeploymentLeaseInSeconds")),
              seconds(text(e, "StorageLeaseInSeconds")),
              text(e, "DeploymentLeaseExpiration"),
              text(e, "StorageLeaseExpiration"));
      default -> new Section.Other(header);
    };
  }

  private static Section customization(Section.Header header) {
    XmlElement e = header.element();
    return new VcloudSection.GuestCustomization(
        header,
        flag(text(e, "Enabled")),
        flag(text(e, "ChangeSid")),
        text(e, "VirtualMachineId"),
        flag(text(e, "JoinDomainEnabled")),
        text(e, "DomainName"),
        text(e, "ComputerName"),
        flag(text(e, "AdminPasswordEnabled")),
        flag(text(e, "AdminPasswordAuto")),
        flag(text(e, "ResetPasswordRequired")),
        text(e, "AdminPassword") != null,
        text(e, "CustomizationScript") != null);
  }

  private static VcloudSection.VappNetwork network(XmlElement e) {
    Optional<XmlElement> configuration = children(e, "Configuration").findFirst();
    return new VcloudSection.VappNetwork(
        attribute(e, "networkName"),
        text(e, "Description"),
        configuration.map(c -> text(c, "FenceMode")).orElse(null),
        configuration.stream()
            .flatMap(c -> children(c, "ParentNetwork"))
            .map(p -> attribute(p, "name"))
            .flatMap(Stream::ofNullable)
            .findFirst()
            .orElse(null),
        configuration.stream().flatMap(VcloudSections::scopes).map(VcloudSections::scope).toList());
  }

  /** 1.0 has one IpScope in the configuration, later versions a list of them. */
  private static Stream<XmlElement> scopes(XmlElement configuration) {
    return Stream.concat(
        children(configuration, "IpScope"),
        children(configuration, "IpScopes").flatMap(s -> children(s, "IpScope")));
  }

  private static VcloudSection.IpScope scope(XmlElement e) {
    return new VcloudSection.IpScope(
        flag(text(e, "IsInherited")),
        text(e, "Gateway"),
        text(e, "Netmask"),
        text(e, "Dns1"),
        text(e, "Dns2"),
        text(e, "DnsSuffix"),
        children(e, "IpRanges")
            .flatMap(r -> children(r, "IpRange"))
            .map(r -> new VcloudSection.IpRange(text(r, "StartAddress"), text(r, "EndAddress")))
            .toList());
  }

  private static VcloudSection.NetworkConnection connection(XmlElement e) {
    return new VcloudSection.NetworkConnection(
        attribute(e, "network"),
        Texts.number(text(e, "NetworkConnectionIndex")),
        text(e, "IpAddress"),
        flag(text(e, "IsConnected")),
        text(e, "MACAddress"),
        text(e, "IpAddressAllocationMode"),
        flag(attribute(e, "needsCustomization")));
  }

  private static @Nullable Duration seconds(@Nullable String text) {
    Integer number = Texts.number(text);
    return number == null ? null : Duration.ofSeconds(number);
  }

  private static @Nullable Boolean flag(@Nullable String text) {
    if (Texts.isTrue(text)) {
      return true;
    }
    return Texts.isFalse(text) ? Boolean.FALSE : null;
  }

  private static Stream<XmlElement> children(XmlElement e, String localName) {
    return e.elements()
        .filter(c -> c.localName().equals(localName) && Dialect.vcloud(c.namespace()));
  }

  private static @Nullable String text(XmlElement e, String child) {
    return children(e, child).findFirst().map(c -> Dialect.blankToNull(c.text())).orElse(null);
  }

  private static @Nullable String attribute(XmlElement e, String localName) {
    return e.attributes().stream()
        .filter(a -> a.name().localName().equals(localName))
        .map(a -> Dialect.blankToNull(a.value()))
        .flatMap(Stream::ofNullable)
        .findFirst()
        .orElse(null);
  }
}
