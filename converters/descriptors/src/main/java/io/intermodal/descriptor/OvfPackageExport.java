package io.intermodal.descriptor;

import io.intermodal.CommonError;
import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.convert.Conversion;
import io.intermodal.convert.ConvertError;
import io.intermodal.convert.Converters;
import io.intermodal.convert.Loss;
import io.intermodal.hypervisor.MachineExport;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.ovf.Disk;
import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.Machine;
import io.intermodal.ovf.Machine.AttachedDisk;
import io.intermodal.ovf.Manifest;
import io.intermodal.ovf.OvfPackage;
import io.intermodal.ovf.PackageFile;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives one machine of an OVF package to a migration as if it were being exported: its definition,
 * and its disks where they lie in the package. Nothing is unpacked. Thread-safe; it holds no file
 * open itself.
 */
public final class OvfPackageExport implements MachineExport {

  private final OvfPackage source;
  private final MachineSpec spec;
  private final List<Loss> losses;
  private final Map<String, PackageFile> files = new LinkedHashMap<>();
  private final List<ExportedDisk> disks = new ArrayList<>();

  private OvfPackageExport(
      OvfPackage source, Conversion<OvfReading.Result> reading, Converters converters) {
    this.source = source;
    this.spec = reading.result().spec();
    this.losses = reading.losses();
    reading.result().disks().forEach((key, disk) -> addDisk(key, disk, converters));
  }

  /**
   * Chooses a machine of a package.
   *
   * @param machine id or name of the machine; null when the package has only one
   * @param configuration id of a deployment option; null for the default
   * @param converters tell the formats of the disks by their content
   * @throws IntermodalException {@code UNREADABLE_DESCRIPTOR} when there is no such machine or
   *     option, or a choice is needed; {@code CONVERSION_FAILED} when the file of a disk is missing,
   *     compressed as a whole, or a difference to another disk
   */
  public static OvfPackageExport of(
      OvfPackage source,
      @Nullable String machine,
      @Nullable String configuration,
      Converters converters) {
    Envelope envelope = source.envelope();
    requireOption(source, configuration);
    Machine chosen = choose(source, envelope.machines(configuration), machine);
    return new OvfPackageExport(source, OvfReading.read(envelope, chosen), converters);
  }

  private static void requireOption(OvfPackage source, @Nullable String configuration) {
    List<String> options =
        source.envelope().deploymentOptions().stream()
            .map(option -> String.valueOf(option.id()))
            .toList();
    if (configuration != null && !options.contains(configuration)) {
      throw unreadable(
          source,
          "it has no deployment option "
              + configuration
              + (options.isEmpty() ? "" : "; it has " + String.join(", ", options)));
    }
  }

  static Machine choose(OvfPackage source, List<Machine> machines, @Nullable String wanted) {
    String names =
        machines.stream()
            .map(one -> one.id() == null ? String.valueOf(one.name()) : one.id())
            .collect(Collectors.joining(", "));
    if (machines.isEmpty()) {
      throw unreadable(source, "it describes no machine");
    }
    if (wanted == null) {
      if (machines.size() > 1) {
        throw unreadable(
            source, "it has several machines; choose one with --machine: " + names);
      }
      return machines.get(0);
    }
    return machines.stream()
        .filter(one -> wanted.equals(one.id()) || wanted.equals(one.name()))
        .findFirst()
        .orElseThrow(
            () -> unreadable(source, "it has no machine " + wanted + "; it has " + names));
  }

  private void addDisk(String key, AttachedDisk attached, Converters converters) {
    Optional<Disk> disk =
        Optional.ofNullable(attached.diskId()).flatMap(id -> source.envelope().disk(id));
    if (disk.isEmpty() || disk.get().fileRef() == null) {
      return; // A disk without a file is made blank at deployment.
    }
    if (disk.get().parentRef() != null) {
      throw failed(key, "it is only the difference to another disk; flatten it first");
    }
    PackageFile file = source.fileOf(disk.get()).orElse(null);
    if (file == null || !file.complete() || file.parts().isEmpty()) {
      throw failed(
          key,
          "its file "
              + (file == null
                  ? disk.get().fileRef()
                  : Objects.toString(file.reference().href(), "without a name"))
              + " is not in the package; get the whole package again");
    }
    if (file.gzip()) {
      throw failed(
          key, "its file is a gzip stream; unpack it, and correct compression in the descriptor");
    }
    files.put(key, file);
    disks.add(new ExportedDisk(key, format(key, converters), file.storedBytes().orElse(0)));
  }

  private String format(String key, Converters converters) {
    try (SeekableByteChannel channel = openDisk(key)) {
      return converters.detect(channel, "disk " + key + " of " + source.path());
    } catch (IOException e) {
      throw reading(e);
    }
  }

  private IntermodalException failed(String key, String reason) {
    return new IntermodalException(
        ConvertError.CONVERSION_FAILED,
        "cannot take disk " + key + " out of " + source.path() + ": " + reason,
        source.path() + " " + key,
        null);
  }

  private static IntermodalException unreadable(OvfPackage source, String reason) {
    return new IntermodalException(
        ConvertError.UNREADABLE_DESCRIPTOR,
        "cannot take a machine out of " + source.path() + ": " + reason,
        source.path().toString(),
        null);
  }

  private IntermodalException reading(IOException e) {
    return new IntermodalException(
        CommonError.READ_FAILED,
        "cannot read " + source.path() + ": " + Errors.reason(e),
        source.path().toString(),
        e);
  }

  @Override
  public MachineSpec spec() {
    return spec;
  }

  /** Returns what was lost in reading the descriptor. */
  public List<Loss> losses() {
    return losses;
  }

  @Override
  public List<ExportedDisk> disks() {
    return List.copyOf(disks);
  }

  @Override
  public SeekableByteChannel openDisk(String key) {
    PackageFile file = files.get(key);
    if (file == null) {
      throw new IllegalArgumentException("the package has no disk " + key);
    }
    try {
      return RangesChannel.open(file.ranges());
    } catch (IOException e) {
      throw reading(e);
    }
  }

  /** Gives the digests of the manifest for a disk in one piece; those of chunks are per chunk. */
  @Override
  public Map<String, String> storedDigests(String key) {
    PackageFile file = files.get(key);
    Manifest manifest = source.manifest().orElse(null);
    if (file == null || manifest == null || file.parts().size() != 1) {
      return Map.of();
    }
    String name = file.parts().get(0).name();
    Map<String, String> digests = new LinkedHashMap<>();
    for (Manifest.Entry entry : manifest.entries()) {
      if (entry.name().equals(name)) {
        digests.put(entry.algorithm().jdkName(), entry.digest());
      }
    }
    return digests;
  }

  @Override
  public void close() {}
}
