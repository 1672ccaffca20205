package io.intermodal.migrate;

import io.intermodal.IntermodalException;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorInfo;
import io.intermodal.migrate.guest.GuestProbe;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Holds the open sessions of a survey, by the names of the hosts. */
final class SurveyHosting implements AutoCloseable {

  private final Map<String, Hypervisor> sessions = new LinkedHashMap<>();
  private final Map<String, SurveyHost> hosts = new LinkedHashMap<>();
  private final Map<String, HypervisorInfo> infos = new LinkedHashMap<>();

  private SurveyHosting() {}

  static SurveyHosting open(List<SurveyHost> hosts, Function<SurveyHost, Hypervisor> connector) {
    SurveyHosting hosting = new SurveyHosting();
    boolean handedOver = false;
    try {
      for (SurveyHost host : hosts) {
        Hypervisor session = connector.apply(host);
        hosting.sessions.put(host.name(), session);
        hosting.hosts.put(host.name(), host);
        hosting.infos.put(host.name(), session.info());
        requireNetwork(host, session);
      }
      handedOver = true;
      return hosting;
    } finally {
      if (!handedOver) {
        hosting.close();
      }
    }
  }

  private static void requireNetwork(SurveyHost host, Hypervisor session) {
    List<String> networks = session.resources().networks();
    if (host.network() != null && !networks.contains(host.network())) {
      throw new IntermodalException(
          MigrateError.INVALID_HOSTS,
          "cannot survey "
              + host.name()
              + ": "
              + host.name()
              + " has no network "
              + host.network()
              + "; it has "
              + String.join(", ", networks),
          host.name(),
          null);
    }
  }

  Hypervisor at(String name) {
    return Objects.requireNonNull(sessions.get(name), name);
  }

  /** Returns how guests are asked at a host. */
  GuestProbe probe(String name) {
    return Objects.requireNonNull(hosts.get(name), name).probe();
  }

  Collection<Hypervisor> all() {
    return sessions.values();
  }

  Map<String, HypervisorInfo> infos() {
    return infos;
  }

  /** Returns the network that guests connect to at a host; empty when it has none. */
  Optional<String> network(String name) {
    String wanted = Objects.requireNonNull(hosts.get(name), name).network();
    return wanted == null
        ? at(name).resources().networks().stream().findFirst()
        : Optional.of(wanted);
  }

  @Override
  public void close() {
    sessions.values().forEach(Hypervisor::close);
  }
}
