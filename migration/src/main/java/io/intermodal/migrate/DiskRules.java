package io.intermodal.migrate;

import io.intermodal.convert.Loss;
import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.DiskSpec;

/** Checks the disks: where they boot, how large and how many they are, how they get there. */
final class DiskRules extends PreflightRules {

  DiskRules(PreflightSubject subject) {
    super(subject);
  }

  @Override
  void run() {
    checkBootDisk();
    checkDisks();
    checkSpace();
  }

  private static final long SECTOR_BYTES = 512;

  /** PF-2: the boot disk must be on a bus the target boots from. PF-3: the guest needs drivers. */
  private void checkBootDisk() {
    subject
        .mapped()
        .bootDisk()
        .ifPresent(
            disk -> {
              DiskBus bus = disk.bus();
              if (bus != null
                  && !subject.capabilities().bootBuses().isEmpty()
                  && !subject.capabilities().bootBuses().contains(bus)) {
                critical(
                    "PF-2",
                    object(disk),
                    product() + " does not boot from " + bus,
                    "put the boot disk on one of " + subject.capabilities().bootBuses());
              }
            });
    for (Loss loss : subject.losses()) {
      if (loss.rule().equals("disk.bus.mapped")) {
        add(
            "PF-3",
            loss.severity() == Loss.Severity.ERROR
                ? Finding.Severity.CRITICAL
                : Finding.Severity.WARNING,
            loss.path(),
            "the guest is not known to have the driver: " + loss.reason(),
            loss.remedy());
      }
    }
  }

  /** PF-4, PF-5, PF-22, PF-24: sizes, their rounding, their number, a way to carry them. */
  private void checkDisks() {
    if (exceeds(subject.mapped().disks().size(), subject.limits().maxDisks())) {
      critical(
          "PF-22",
          "disks",
          subject.mapped().disks().size()
              + " disks are more than the "
              + subject.limits().maxDisks()
              + " of "
              + limitsOf(),
          null);
    }
    for (DiskSpec disk : subject.mapped().disks()) {
      if (exceeds(disk.capacityBytes(), subject.limits().maxDiskBytes())) {
        critical(
            "PF-4",
            object(disk),
            disk.capacityBytes()
                + " bytes are more than the "
                + subject.limits().maxDiskBytes()
                + " of "
                + limitsOf(),
            "split the disk, or choose a target without that limit");
      }
      if (disk.capacityBytes() % SECTOR_BYTES != 0) {
        information(
            "PF-5",
            object(disk),
            "the size is not a multiple of " + SECTOR_BYTES + " bytes and will be rounded up",
            null);
      }
    }
    for (DiskPlan disk : subject.disks()) {
      if (!disk.blank() && disk.routes().isEmpty()) {
        critical(
            "PF-24",
            "disks[" + disk.key() + "]",
            "no route leads from the source's disk format to one of "
                + subject.capabilities().importFormats(),
            "add a converter to the class path; see what there is: routes");
      }
      if (disk.blank()) {
        information(
            "PF-26",
            "disks[" + disk.key() + "]",
            "it has no content at the source and is made blank",
            null);
      }
    }
  }

  /** PF-14: the disks must fit. */
  private void checkSpace() {
    long needed = subject.disks().stream().mapToLong(DiskPlan::storedBytes).sum();
    Long free = subject.resources().freeStorageBytes();
    if (free == null) {
      information("PF-14", "storage", "the target does not say how much space it has", null);
    } else if (needed > free) {
      critical(
          "PF-14",
          "storage",
          "the disks take at least "
              + needed
              + " bytes, and the target has "
              + free
              + " bytes of space left",
          "free space at the target, or choose another");
    }
  }

  private static String object(DiskSpec disk) {
    return "disks[" + disk.key() + "]";
  }
}
