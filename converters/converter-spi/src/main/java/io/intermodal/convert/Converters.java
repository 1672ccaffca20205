package io.intermodal.convert;

import io.intermodal.IntermodalException;
import io.intermodal.PluginSet;
import io.intermodal.convert.spi.DescriptorFormat;
import io.intermodal.convert.spi.DiskConverter;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeSet;

/** Holds the converters and descriptor formats that are at hand. Immutable and thread-safe. */
public final class Converters {

  private final PluginSet<DiskConverter> disks;
  private final PluginSet<DescriptorFormat> descriptors;

  private Converters(PluginSet<DiskConverter> disks, PluginSet<DescriptorFormat> descriptors) {
    this.disks = disks;
    this.descriptors = descriptors;
  }

  /**
   * Finds the plugins on the class path or module path.
   *
   * @throws IntermodalException {@code DUPLICATE_PLUGIN} when two of a kind have one id
   */
  public static Converters load() {
    return new Converters(
        PluginSet.load(
            ServiceLoader.load(DiskConverter.class), "disk converter", DiskConverter::id),
        PluginSet.load(
            ServiceLoader.load(DescriptorFormat.class), "descriptor format", DescriptorFormat::id));
  }

  /** Makes a set of plugins that are at hand. */
  public static Converters of(
      Collection<? extends DiskConverter> disks,
      Collection<? extends DescriptorFormat> descriptors) {
    return new Converters(
        PluginSet.of(disks, DiskConverter::id), PluginSet.of(descriptors, DescriptorFormat::id));
  }

  /** Returns the disk converters. */
  public Collection<DiskConverter> disks() {
    return disks.all();
  }

  /** Returns the descriptor formats. */
  public Collection<DescriptorFormat> descriptors() {
    return descriptors.all();
  }

  /** Returns which plugins were skipped and why, a sentence each. */
  public List<String> problems() {
    List<String> all = new ArrayList<>(disks.problems());
    all.addAll(descriptors.problems());
    return List.copyOf(all);
  }

  /** Makes a planner over all conversions that are offered now. */
  public RoutePlanner planner() {
    return RoutePlanner.over(disks().stream().flatMap(disk -> disk.edges().stream()).toList());
  }

  /**
   * Returns the converter with that id.
   *
   * @throws IntermodalException {@code UNKNOWN_FORMAT} with the ids there are
   */
  public DiskConverter disk(String id) {
    return disks.find(id).orElseThrow(() -> unknown("disk converter", id, disks.ids()));
  }

  /**
   * Returns a converter that reads a disk format.
   *
   * @throws IntermodalException {@code UNKNOWN_FORMAT} with the formats that can be read
   */
  public DiskConverter readerOf(String format) {
    TreeSet<String> readable = new TreeSet<>();
    for (DiskConverter disk : disks()) {
      if (disk.readableFormats().contains(format)) {
        return disk;
      }
      readable.addAll(disk.readableFormats());
    }
    throw unknown("reader of the disk format", format, readable);
  }

  /**
   * Returns the descriptor format with that id.
   *
   * @throws IntermodalException {@code UNKNOWN_FORMAT} with the ids there are
   */
  public DescriptorFormat descriptor(String id) {
    return descriptors
        .find(id)
        .orElseThrow(() -> unknown("descriptor format", id, descriptors.ids()));
  }

  /**
   * Tells a disk's format by its content.
   *
   * @param disk name of the disk for messages
   * @throws IntermodalException {@code UNKNOWN_FORMAT} with the formats that can be read, or what a
   *     converter says of a format it knows by name only
   */
  public String detect(SeekableByteChannel source, String disk) {
    TreeSet<String> readable = new TreeSet<>();
    IntermodalException refusal = null;
    for (DiskConverter converter : disks()) {
      try {
        Optional<String> format = converter.detect(source, disk);
        if (format.isPresent()) {
          return format.get();
        }
      } catch (IntermodalException e) {
        refusal = refusal == null ? e : refusal;
      }
      readable.addAll(converter.readableFormats());
    }
    if (refusal != null) {
      // What one knows by name only, another may read; nobody did.
      throw refusal;
    }
    throw unknown("the format of disk", disk, readable);
  }

  private static IntermodalException unknown(String what, String id, Collection<String> known) {
    return new IntermodalException(
        ConvertError.UNKNOWN_FORMAT,
        "cannot find " + what + " " + id + "; known are " + String.join(", ", known));
  }
}
