package io.intermodal.migrate;

import io.intermodal.hypervisor.Capabilities;
import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.Firmware;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorInfo;
import io.intermodal.hypervisor.Limits;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.Operation;
import io.intermodal.hypervisor.Resources;
import io.intermodal.hypervisor.Support;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Declares things and has no machines; enough for what only asks before anything is done. */
record FakeHypervisor(Capabilities capabilities, Resources resources) implements Hypervisor {

  static FakeHypervisor small() {
    return new FakeHypervisor(
        new Capabilities(
            Map.of(Operation.IMPORT, Support.live()),
            List.of("raw"),
            List.of("raw"),
            Set.of(Firmware.BIOS),
            false,
            List.of(DiskBus.VIRTIO, DiskBus.IDE),
            Set.of(DiskBus.VIRTIO),
            List.of("virtio"),
            true,
            false,
            new Limits(4, 8L << 30, 2, 1L << 30, 1, "the test"),
            12),
        new Resources(1L << 30, null, 4, List.of("lan", "dmz")));
  }

  @Override
  public HypervisorInfo info() {
    return new HypervisorInfo(
        "fake", "Fake", "1", HypervisorInfo.Reality.SIMULATOR, "fake:here");
  }

  @Override
  public List<Machine> machines() {
    return List.of();
  }

  @Override
  public Optional<Machine> findMachine(String idOrName) {
    return Optional.empty();
  }

  @Override
  public void close() {}
}
