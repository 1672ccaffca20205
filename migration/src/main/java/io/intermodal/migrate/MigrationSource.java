package io.intermodal.migrate;

import io.intermodal.convert.Loss;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineExport;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.MachineState;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Is where a machine comes from: a hypervisor, or a package that has never run. */
public abstract sealed class MigrationSource {

  private MigrationSource() {}

  /** Takes a machine at a hypervisor. The hypervisor stays open. */
  public static MigrationSource machine(Machine machine) {
    return new OfMachine(Objects.requireNonNull(machine, "machine"));
  }

  /**
   * Takes a machine out of a package. It has no running source, so the result is not scored.
   *
   * @param contents the machine read from the package; stays open
   * @param label name of the package, for people
   * @param losses what was lost in reading its descriptor
   */
  public static MigrationSource packaged(MachineExport contents, String label, List<Loss> losses) {
    return new OfPackage(
        Objects.requireNonNull(contents, "contents"),
        Objects.requireNonNull(label, "label"),
        List.copyOf(losses));
  }

  /** Returns where it comes from, in a line. */
  public abstract String label();

  /** Tells whether it is a package, which has no machine that could run. */
  public boolean isPackage() {
    return machine().isEmpty();
  }

  /** Returns the machine's definition. */
  abstract MachineSpec spec();

  /** Returns what was lost before the migration began. */
  abstract List<Loss> losses();

  /** Returns the machine when it is at a hypervisor. */
  abstract Optional<Machine> machine();

  /** Returns the ids of the formats its disks can be read in, by disk; see {@link DiskPlan}. */
  abstract List<String> formatsOf(String diskKey);

  /** Starts to read the disks; the caller closes what is returned. */
  abstract MachineExport export();

  /** Returns the state; STOPPED for a package. */
  MachineState state() {
    return machine().map(Machine::state).orElse(MachineState.STOPPED);
  }

  private static final class OfMachine extends MigrationSource {
    private final Machine machine;

    OfMachine(Machine machine) {
      this.machine = machine;
    }

    private Hypervisor hypervisor() {
      return machine.hypervisor();
    }

    @Override
    public String label() {
      return machine.name()
          + " at "
          + hypervisor().info().displayName()
          + " ("
          + hypervisor().info().uri()
          + ")";
    }

    @Override
    MachineSpec spec() {
      return machine.spec();
    }

    @Override
    List<Loss> losses() {
      return List.of();
    }

    @Override
    Optional<Machine> machine() {
      return Optional.of(machine);
    }

    @Override
    List<String> formatsOf(String diskKey) {
      return hypervisor().capabilities().exportFormats();
    }

    @Override
    MachineExport export() {
      return hypervisor().exportMachine(machine);
    }
  }

  private static final class OfPackage extends MigrationSource {
    private final MachineExport contents;
    private final String label;
    private final List<Loss> losses;

    OfPackage(MachineExport contents, String label, List<Loss> losses) {
      this.contents = contents;
      this.label = label;
      this.losses = losses;
    }

    @Override
    public String label() {
      return label;
    }

    @Override
    MachineSpec spec() {
      return contents.spec();
    }

    @Override
    List<Loss> losses() {
      return losses;
    }

    @Override
    Optional<Machine> machine() {
      return Optional.empty();
    }

    @Override
    List<String> formatsOf(String diskKey) {
      return contents.disks().stream()
          .filter(disk -> disk.key().equals(diskKey))
          .map(MachineExport.ExportedDisk::format)
          .toList();
    }

    /** The package stays open for its owner; a run may read it several times. */
    @Override
    MachineExport export() {
      return new BorrowedExport(contents);
    }
  }
}
