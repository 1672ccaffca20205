package io.intermodal.descriptor;

import io.intermodal.hypervisor.CpuSpec;
import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Extra;
import io.intermodal.hypervisor.Firmware;
import io.intermodal.hypervisor.GuestOs;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.NicSpec;
import io.intermodal.hypervisor.RemovableDrive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Makes machines of every shape that the neutral machine allows. */
final class MachineSpecs {

  private MachineSpecs() {}

  static Arbitrary<MachineSpec> all() {
    Arbitrary<MachineSpec.Builder> head =
        Combinators.combine(
                names(),
                texts().injectNull(0.3),
                cpus().injectNull(0.2),
                Arbitraries.longs().between(1, Long.MAX_VALUE).injectNull(0.2),
                Arbitraries.of(Firmware.class).injectNull(0.3),
                Arbitraries.of(true, false).injectNull(0.5),
                guests().injectNull(0.3),
                extras().list().ofMaxSize(4))
            .as(
                (name, uuid, cpu, memory, firmware, secure, guest, extras) ->
                    MachineSpec.named(name)
                        .uuid(uuid)
                        .cpu(cpu)
                        .memoryBytes(memory)
                        .firmware(firmware)
                        .secureBoot(secure)
                        .guestOs(guest)
                        .extras(extras));
    Arbitrary<List<String>> keys = names().list().uniqueElements().ofMaxSize(9);
    return Combinators.combine(head, keys, disks().list().ofSize(3), nics().list().ofSize(3))
        .as(MachineSpecs::withDevices);
  }

  private static MachineSpec withDevices(
      MachineSpec.Builder builder, List<String> keys, List<DiskSpec> disks, List<NicSpec> nics) {
    List<String> boot = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      String key = keys.get(i);
      if (i % 3 == 0) {
        DiskSpec disk = disks.get(i / 3);
        builder.addDisk(new DiskSpec(key, disk.capacityBytes(), disk.bus(), disk.unit()));
        boot.add(0, key);
      } else if (i % 3 == 1) {
        NicSpec nic = nics.get(i / 3);
        builder.addNic(new NicSpec(key, nic.model(), nic.network(), nic.mac()));
        boot.add(key);
      } else {
        builder.addDrive(
            new RemovableDrive(
                key, i < 3 ? RemovableDrive.Kind.OPTICAL : RemovableDrive.Kind.FLOPPY));
      }
    }
    return builder.bootOrder(boot).build();
  }

  private static Arbitrary<String> names() {
    return Arbitraries.oneOf(
            texts(),
            Arbitraries.of("web 1", "a\"b", "..", "a/b\\c", "Grüße", "機械", "\ud83d\ude80", "\n\t"))
        .filter(text -> !text.isBlank());
  }

  private static Arbitrary<String> texts() {
    // All chars: control characters and halves of surrogate pairs too.
    return Arbitraries.strings().all().ofMaxLength(12);
  }

  private static Arbitrary<CpuSpec> cpus() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 64), Arbitraries.integers().between(1, 16))
        .as((sockets, cores) -> new CpuSpec(sockets * cores, cores == 1 ? null : cores));
  }

  private static Arbitrary<GuestOs> guests() {
    return Combinators.combine(
            Arbitraries.integers().injectNull(0.3),
            texts().injectNull(0.3),
            texts().injectNull(0.3),
            texts().injectNull(0.3))
        .as(GuestOs::new);
  }

  private static Arbitrary<Extra> extras() {
    return Combinators.combine(texts(), texts(), texts()).as(Extra::new);
  }

  private static Arbitrary<DiskSpec> disks() {
    return Combinators.combine(
            Arbitraries.longs().between(1, Long.MAX_VALUE),
            Arbitraries.of(DiskBus.class).injectNull(0.2),
            Arbitraries.integers().greaterOrEqual(0).injectNull(0.3))
        .as((bytes, bus, unit) -> new DiskSpec("k", bytes, bus, unit));
  }

  private static Arbitrary<NicSpec> nics() {
    return Combinators.combine(
            texts().injectNull(0.3), texts().injectNull(0.3), macs().injectNull(0.3))
        .as((model, network, mac) -> new NicSpec("k", model, network, mac));
  }

  private static Arbitrary<String> macs() {
    return Arbitraries.integers()
        .between(0, 0xffffff)
        .map(
            n ->
                String.format(
                    Locale.ROOT, "52:54:00:%02x:%02x:%02x", n >> 16, (n >> 8) & 255, n & 255));
  }
}
