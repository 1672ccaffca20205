package io.intermodal.ovf.edit;

import io.intermodal.ovf.Disk;
import io.intermodal.ovf.FileReference;
import io.intermodal.xml.XmlAttribute;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlNode;
import io.intermodal.xml.XmlText;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Adds what the schema of 1.1 requires (DSP8023 1.1.1) and a document lacks. */
final class RequiredParts {

  /** An id as they are given here, where it stands as a word or at the end of a path. */
  private static final Pattern MADE =
      Pattern.compile("(?<![^\\s/])(?:vm|file|disk)[0-9]{1,10}(?![^\\s/])");

  private final Work work;
  private final OneDotOneAttributes attributes;
  private final ConversionNotes notes;
  private final OneDotOneNames names;
  private final IdentityHashMap<XmlElement, Disk> disksByElement = new IdentityHashMap<>();
  private final FreeIds files = new FreeIds();
  private final FreeIds disks = new FreeIds();
  private final FreeIds machines = new FreeIds();
  private @Nullable Set<String> mentions;

  /** Starts with the ids that are there. */
  RequiredParts(
      Work work, OneDotOneAttributes attributes, ConversionNotes notes, OneDotOneNames names) {
    this.work = work;
    this.attributes = attributes;
    this.notes = notes;
    this.names = names;
    work.envelope().files().forEach(f -> files.take(f.id()));
    for (Disk disk : work.envelope().disks()) {
      disks.take(disk.id());
      disksByElement.put(disk.element(), disk);
    }
    Work.everyContent(work.envelope().contents()).forEach(c -> machines.take(c.id()));
  }

  /** Gives a machine or group an id if it has none. */
  void machineId(XmlElement e, List<XmlAttribute> own) {
    id(e, own, "id", machines, "vm");
  }

  private void id(
      XmlElement e, List<XmlAttribute> own, String attribute, FreeIds ids, String word) {
    if (!attributes.has(own, attribute)) {
      String id = ids.like(word);
      while (mentions().contains(id)) {
        id = ids.like(word);
      }
      required(e, own, attribute, id);
    }
  }

  /** Returns what could be the name of something: an id that is given must not be meant already. */
  private Set<String> mentions() {
    if (mentions == null) {
      mentions = new HashSet<>();
      collect(work.root(), mentions);
    }
    return mentions;
  }

  private static void collect(XmlElement e, Set<String> to) {
    e.attributes().forEach(a -> words(a.value(), to));
    for (XmlNode child : e.children()) {
      if (child instanceof XmlText text) {
        words(text.value(), to);
      } else if (child instanceof XmlElement inner) {
        collect(inner, to);
      }
    }
  }

  private static void words(String text, Set<String> to) {
    Matcher made = MADE.matcher(text);
    while (made.find()) {
      to.add(made.group());
    }
  }

  /**
   * Adds what is missing of an element.
   *
   * @param name the name that 1.1 has for it
   * @param own its attributes so far
   * @param seen the names of its children
   */
  void complete(XmlElement e, String name, List<XmlAttribute> own, Set<String> seen, Slots slots) {
    if (Schema.section(name)) {
      info(seen.contains("Info"), "The " + name, slots);
    }
    switch (name) {
      case "File" -> {
        id(e, own, "id", files, "file");
        if (!attributes.has(own, "href")) {
          work.noted(e, "is not valid: it names no file");
        }
      }
      case "Disk" -> disk(e, own);
      case "Property" -> required(e, own, "type", "string");
      case "Value" -> required(e, own, "value", "");
      case "OperatingSystemSection" -> required(e, own, "id", "1");
      case "InstallSection" -> required(e, own, "initialBootStopDelay", "0");
      case "Item" -> required(e, own, "order", "0");
      case "Configuration" -> {
        String id = String.valueOf(work.dialect().attribute(e, "id"));
        required(e, seen, "Label", id, 0, slots);
        required(e, seen, "Description", id, 1, slots);
      }
      case "AnnotationSection" -> required(e, seen, "Annotation", "", 1, slots);
      case "EulaSection" -> required(e, seen, "License", "", 1, slots);
      default -> {
        // Nothing else is required.
      }
    }
  }

  private void disk(XmlElement e, List<XmlAttribute> own) {
    id(e, own, "diskId", disks, "disk");
    Disk disk = disksByElement.get(e);
    if (disk == null) {
      return;
    }
    if (!attributes.has(own, "capacity")) {
      if (disk.capacityText() == null) {
        work.noted(e, "is not valid: it states no capacity");
      } else {
        attributes.drop(own, "size");
        attributes.set(own, "capacity", disk.capacityText());
        attributes.set(own, "capacityAllocationUnits", "byte * 2^30");
        work.changed(e, "states its size as a capacity");
      }
    }
    String units = disk.capacityUnits();
    String programmatic = units == null ? null : UnitWords.programmatic(units);
    if (programmatic != null
        && !programmatic.equals(units)
        && attributes.has(own, "capacityAllocationUnits")) {
      attributes.set(own, "capacityAllocationUnits", programmatic);
      notes.count("writes units as DSP0004 has them");
    }
    FileReference file = work.envelope().fileOf(disk).orElse(null);
    if (file != null && file.id() != null && !file.id().equals(disk.fileRef())) {
      attributes.set(own, "fileRef", file.id());
      work.changed(e, "names its file by the id and not by the place");
    }
  }

  /** Adds an Info unless there is one. */
  void info(boolean there, String text, Slots slots) {
    if (!there) {
      slots.add(0, XmlElement.builder(names.made("Info")).text(text).build());
      notes.count("adds an Info that was missing");
    }
  }

  private void required(XmlElement e, List<XmlAttribute> own, String name, String value) {
    if (!attributes.has(own, name)) {
      attributes.set(own, name, value);
      work.added(e, "states " + name + "=\"" + value + "\", which was missing or not valid");
    }
  }

  private void required(
      XmlElement e, Set<String> seen, String child, String text, int rank, Slots slots) {
    if (!seen.contains(child)) {
      XmlElement.Builder built = XmlElement.builder(names.made(child));
      slots.add(rank, (text.isEmpty() ? built : built.text(text)).build());
      work.added(e, "adds the " + child + " that was missing");
    }
  }
}
