package io.intermodal.ovf;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Says what a generated descriptor means, apart from how it is written.
 *
 * @param prefixed whether OVF's elements have a prefix, or are in the default namespace
 * @param seed of what stands between: foreign elements, comments, blanks
 */
record EnvelopeShape(Form form, boolean prefixed, long seed, List<Vm> systems) {

  /** Names the dialects and, of 2.x, both ways to write a device. */
  enum Form {
    DRAFT_0_9,
    VERSION_1,
    VERSION_2,
    VERSION_2_ITEMS_OF_THEIR_OWN,
    OVIRT
  }

  /**
   * Is one machine.
   *
   * @param disks capacities in MiB
   * @param networks of each NIC
   */
  record Vm(String name, int cpus, long memoryMib, List<Long> disks, List<String> networks) {}

  static Arbitrary<EnvelopeShape> any() {
    // Any text XML can hold: what a name may be is up to the people who name.
    Arbitrary<String> names =
        Arbitraries.strings()
            .withChars("<>&\"'\t\n\r aé漢\u00a0\u2028\uFFFD")
            .withCharRange('a', 'z')
            .ofMinLength(1)
            .ofMaxLength(20)
            .map(name -> name.strip() + "\uD83D\uDCBE");
    Arbitrary<Vm> systems =
        Combinators.combine(
                names,
                Arbitraries.integers().between(1, 2048),
                Arbitraries.longs().between(1, 1L << 30),
                Arbitraries.longs().between(1, 1L << 40).list().ofMaxSize(4),
                names.list().ofMaxSize(3))
            .as(Vm::new);
    return Combinators.combine(
            Arbitraries.of(Form.class),
            Arbitraries.of(true, false),
            Arbitraries.longs(),
            Arbitraries.frequencyOf(
                Tuple.of(9, systems.list().ofMinSize(1).ofMaxSize(5)),
                Tuple.of(1, systems.list().ofMinSize(40).ofMaxSize(80))))
        .as(EnvelopeShape::new);
  }

  /** Returns what the machine view must say. */
  List<String> expected() {
    return IntStream.range(0, systems.size())
        .mapToObj(
            i -> {
              Vm s = systems.get(i);
              return "vm%d|%s|%d|%d|%s|%s"
                  .formatted(
                      i,
                      s.name(),
                      s.cpus(),
                      s.memoryMib() << 20,
                      s.disks().stream().map(mib -> mib << 20).toList(),
                      s.networks());
            })
        .toList();
  }

  /** Returns what the machine view says, in the same words. */
  static List<String> told(List<Machine> machines) {
    return machines.stream()
        .map(
            m ->
                "%s|%s|%d|%d|%s|%s"
                    .formatted(
                        m.id(),
                        m.name(),
                        m.cpus(),
                        m.memoryBytes(),
                        m.disks().stream().map(Machine.AttachedDisk::capacityBytes).toList(),
                        m.nics().stream().map(Machine.Nic::network).toList()))
        .toList();
  }
}
