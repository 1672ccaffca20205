package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reports what is wrong with the disks of a descriptor (DSP0243 "DiskSection"). */
final class DiskChecks {

  private static final long ONE_MIB = 1L << 20;

  /** Parts of the format URIs that products write, in lower case. */
  private static final List<String> FORMATS =
      List.of(
          "vmdk.html", "vhdspec", "linkid=137171", "qcow", "ecma-119", "power.raw", "/wiki/byte");

  private static final Set<String> FORMAT_WORDS = Set.of("vhd", "vmdk", "raw", "cow", "qcow2");

  private final Envelope envelope;
  private final Dialect dialect;
  private final Findings findings;
  private @Nullable Set<String> numberKeys;

  DiskChecks(Envelope envelope, Dialect dialect, Findings findings) {
    this.envelope = envelope;
    this.dialect = dialect;
    this.findings = findings;
  }

  void run() {
    Map<String, Disk> earlier = new HashMap<>();
    Set<String> files = new HashSet<>();
    for (Disk disk : envelope.disks()) {
      XmlElement at = disk.element();
      capacity(disk);
      file(disk, files);
      format(disk);
      parent(disk, earlier);
      if (disk.id() == null) {
        findings.add(FindingCode.ID_MISSING, at, "the disk has no diskId");
      } else if (earlier.putIfAbsent(disk.id(), disk) != null) {
        findings.add(
            FindingCode.ID_DUPLICATE, at, "two disks have the id " + Texts.shorten(disk.id()));
      }
    }
    order();
  }

  private void file(Disk disk, Set<String> files) {
    if (disk.fileRef() == null) {
      return;
    }
    if (envelope.fileOf(disk).isEmpty()) {
      findings.add(
          FindingCode.REFERENCE_DANGLING,
          disk.element(),
          "the disk names a file that is not in References: " + Texts.shorten(disk.fileRef()));
    } else if (!files.add(disk.fileRef())) {
      findings.add(
          FindingCode.FILE_SHARED,
          disk.element(),
          "two disks name the file " + Texts.shorten(disk.fileRef()));
    }
  }

  private void format(Disk disk) {
    String format = disk.format();
    if (format == null) {
      if (disk.fileRef() != null) {
        findings.add(FindingCode.FORMAT_MISSING, disk.element(), "the disk states no format");
      }
      return;
    }
    String lower = format.toLowerCase(Locale.ROOT);
    if (FORMATS.stream().noneMatch(lower::contains) && !FORMAT_WORDS.contains(lower)) {
      findings.add(
          FindingCode.FORMAT_UNKNOWN,
          disk.element(),
          "the format of the disk is not known: " + Texts.shorten(format));
    }
  }

  private void parent(Disk disk, Map<String, Disk> earlier) {
    String parent = disk.parentRef();
    if (parent == null || earlier.containsKey(parent)) {
      return;
    }
    boolean exists = envelope.disk(parent).isPresent();
    findings.add(
        exists ? FindingCode.PARENT_ORDER : FindingCode.REFERENCE_DANGLING,
        disk.element(),
        exists
            ? "the disk stands before its parent " + Texts.shorten(parent)
            : "the disk names a parent that is not there: " + Texts.shorten(parent));
  }

  /** Who reads a package from front to back meets the files in the order of References. */
  private void order() {
    Map<FileReference, Integer> places = new HashMap<>();
    for (FileReference file : envelope.files()) {
      places.putIfAbsent(file, places.size());
    }
    int last = -1;
    for (Disk disk : envelope.disks()) {
      int place = envelope.fileOf(disk).map(f -> places.getOrDefault(f, -1)).orElse(-1);
      if (place >= 0 && place < last) {
        findings.add(
            FindingCode.DISK_ORDER,
            disk.element(),
            "the file of the disk comes before the file of a disk above it");
        return;
      }
      last = Math.max(last, place);
    }
  }

  private void capacity(Disk disk) {
    XmlElement at = disk.element();
    String text = disk.capacityText();
    if (text == null) {
      // oVirt lists LUNs, whose capacity is known where they are.
      if (!dialect.ovirt()) {
        findings.add(FindingCode.CAPACITY_MISSING, at, "the disk states no capacity");
      }
    } else if (disk.capacityUnits() != null
        && ProgrammaticUnit.parse(disk.capacityUnits())
            .filter(u -> u.base().equals("byte"))
            .isEmpty()) {
      findings.add(
          FindingCode.UNIT_UNKNOWN,
          at,
          "the capacity has a unit that is not known: " + Texts.shorten(disk.capacityUnits()));
    } else if (disk.capacityBytes() == null) {
      if (text.contains("${")) {
        if (knownInSomeOption(text)) {
          return;
        }
        findings.add(
            FindingCode.PROPERTY_UNRESOLVED,
            at,
            "the capacity names a property without a number: " + Texts.shorten(text));
      } else if (text.matches("[+-]?[0-9]+")) {
        findings.add(
            FindingCode.NUMBER_INVALID, at, "the capacity is out of range: " + Texts.shorten(text));
      } else {
        Numbers.report(text, "the capacity", at, findings);
      }
    } else {
      size(disk, disk.capacityBytes());
    }
  }

  /** A disk for one option may have its capacity from a property that only this option has. */
  private boolean knownInSomeOption(String text) {
    Set<String> known = numberKeys;
    if (known == null) {
      known =
          envelope.products().stream()
              .flatMap(product -> product.properties().stream())
              .filter(DiskChecks::numberInSomeOption)
              .map(ProductProperty::fullKey)
              .collect(Collectors.toSet());
      numberKeys = known;
    }
    Set<String> keys = known;
    return PropertyReferences.resolve(
            text,
            key -> keys.contains(key) ? new PropertyReferences.Named("1", false) : null,
            new PropertyRoom())
        .text()
        .strip()
        .matches("[0-9]+");
  }

  private static boolean numberInSomeOption(ProductProperty property) {
    return Stream.concat(
            Stream.ofNullable(property.value()), property.configurationValues().values().stream())
        .anyMatch(value -> value.strip().matches("[0-9]{1,60}"));
  }

  private void size(Disk disk, long capacityBytes) {
    XmlElement at = disk.element();
    if (disk.populatedBytes() != null && disk.populatedBytes() > capacityBytes) {
      findings.add(
          FindingCode.POPULATED_OVER_CAPACITY, at, "the populated size is above the capacity");
    }
    if (capacityBytes == 0) {
      findings.add(FindingCode.CAPACITY_ZERO, at, "the capacity is zero");
    } else if (capacityBytes < ONE_MIB && disk.capacityUnits() == null && !dialect.ovirt()) {
      findings.add(
          FindingCode.UNIT_ABSENT,
          at,
          "the capacity has no unit, so " + capacityBytes + " means bytes");
    }
  }
}
