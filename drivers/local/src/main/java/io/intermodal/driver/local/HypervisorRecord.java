package io.intermodal.driver.local;

import java.util.List;

/** Says what a folder stands for: the content of its {@code hypervisor.json}. */
record HypervisorRecord(Profile profile, List<String> networks) {

  HypervisorRecord {
    networks = List.copyOf(networks);
  }

  static HypervisorRecord fresh(Profile profile) {
    return new HypervisorRecord(profile, profile.defaultNetworks());
  }
}
