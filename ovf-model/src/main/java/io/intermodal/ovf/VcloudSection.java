package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Is a section of vCloud Director, of any version of its namespace {@code
 * http://www.vmware.com/vcloud/v1.5}. Reading one is not obeying it, as with {@link VmwareSection}.
 * What is not stated is null.
 */
public sealed interface VcloudSection extends Section {

  /** Configures the networks of a vApp. */
  record NetworkConfig(Header header, List<VappNetwork> networks) implements VcloudSection {
    /** Copies the list. */
    public NetworkConfig {
      networks = List.copyOf(networks);
    }
  }

  /**
   * Is one network of a vApp.
   *
   * @param name what connections and NICs name; {@code none} is the place of disconnected ones
   * @param fenceMode {@code bridged}, {@code isolated} or {@code natRouted}
   * @param parent the network outside that it connects to
   */
  record VappNetwork(
      @Nullable String name,
      @Nullable String description,
      @Nullable String fenceMode,
      @Nullable String parent,
      List<IpScope> scopes) {
    /** Copies the list. */
    public VappNetwork {
      scopes = List.copyOf(scopes);
    }
  }

  /** Is a range of addresses of a network; texts are as written. */
  record IpScope(
      @Nullable Boolean inherited,
      @Nullable String gateway,
      @Nullable String netmask,
      @Nullable String dns1,
      @Nullable String dns2,
      @Nullable String dnsSuffix,
      List<IpRange> ranges) {
    /** Copies the list. */
    public IpScope {
      ranges = List.copyOf(ranges);
    }
  }

  /** Is a run of addresses for guests, both ends among them. */
  record IpRange(@Nullable String start, @Nullable String end) {}

  /**
   * Connects the NICs of a machine.
   *
   * @param primaryIndex the index of the connection with the default route
   */
  record NetworkConnections(
      Header header, @Nullable Integer primaryIndex, List<NetworkConnection> connections)
      implements VcloudSection {
    /** Copies the list. */
    public NetworkConnections {
      connections = List.copyOf(connections);
    }
  }

  /**
   * Is the connection of one NIC.
   *
   * @param index the AddressOnParent of the NIC
   * @param allocationMode {@code DHCP}, {@code POOL}, {@code MANUAL} or {@code NONE}
   */
  record NetworkConnection(
      @Nullable String network,
      @Nullable Integer index,
      @Nullable String ipAddress,
      @Nullable Boolean connected,
      @Nullable String macAddress,
      @Nullable String allocationMode,
      @Nullable Boolean needsCustomization) {}

  /**
   * Says what the platform changes in the guest. The password and the script, which may hold one,
   * are in the tree only.
   *
   * @param adminPasswordAuto whether the platform makes the password up
   * @param adminPasswordStated whether the descriptor holds a password in clear
   * @param scriptStated whether there is a customization script
   */
  record GuestCustomization(
      Header header,
      @Nullable Boolean enabled,
      @Nullable Boolean changeSid,
      @Nullable String virtualMachineId,
      @Nullable Boolean joinDomain,
      @Nullable String domainName,
      @Nullable String computerName,
      @Nullable Boolean adminPasswordEnabled,
      @Nullable Boolean adminPasswordAuto,
      @Nullable Boolean resetPasswordRequired,
      boolean adminPasswordStated,
      boolean scriptStated)
      implements VcloudSection {

    /** Finds the password of the administrator: a secret, to be shown nowhere. */
    public Optional<String> adminPassword() {
      return header()
          .element()
          .elements()
          .filter(e -> Dialect.vcloud(e.namespace()) && e.localName().equals("AdminPassword"))
          .map(e -> e.text())
          .filter(text -> !text.isBlank())
          .findFirst();
    }
  }

  /** Says whether machines made of a template are changed at all. */
  record Customization(
      Header header, @Nullable Boolean goldMaster, @Nullable Boolean customizeOnInstantiate)
      implements VcloudSection {}

  /**
   * Says how long a vApp may run and be stored.
   *
   * @param deploymentLease zero means for ever
   * @param storageLease zero means for ever
   * @param deploymentExpiration the instant it ended, as written
   * @param storageExpiration the instant it ended, as written
   */
  record LeaseSettings(
      Header header,
      @Nullable Duration deploymentLease,
      @Nullable Duration storageLease,
      @Nullable String deploymentExpiration,
      @Nullable String storageExpiration)
      implements VcloudSection {}
}
