package io.intermodal.descriptor;

import io.intermodal.CommonError;
import io.intermodal.ErrorCode;
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
import io.intermodal.ovf.OvfError;
import io.intermodal.ovf.packaging.Manifest;
import io.intermodal.ovf.packaging.OvfPackage;
import io.intermodal.ovf.packaging.PackageFile;
import io.intermodal.ovf.packaging.SignatureResult;
import io.intermodal.ovf.packaging.TrustPolicy;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives one machine of an OVF package to a migration as if it were being exported: its definition,
 * and its disks where they lie in the package. Nothing is unpacked. Thread-safe; it holds no file
 * open itself.
 */
public final class OvfPackageExport implements MachineExport {

  private final OvfPackage source;
  private final boolean signatureRequired;
  private final MachineSpec spec;
  private final List<Loss> losses = new ArrayList<>();
  private final Map<String, PackageFile> files = new LinkedHashMap<>();
  private final List<ExportedDisk> disks = new ArrayList<>();
  private final Set<String> intact = ConcurrentHashMap.newKeySet();

  private OvfPackageExport(
      OvfPackage source,
      Conversion<OvfReading.Result> reading,
      Converters converters,
      boolean signatureRequired) {
    this.source = source;
    this.signatureRequired = signatureRequired;
    this.spec = reading.result().spec();
    losses.addAll(reading.losses());
    reading.result().disks().forEach((key, disk) -> addDisk(key, disk, converters));
    addUnproven();
  }

  /**
   * Chooses a machine of a package that anybody may have signed, or nobody; see the other.
   *
   * @throws IntermodalException as the other
   */
  public static OvfPackageExport of(
      OvfPackage source,
      @Nullable String machine,
      @Nullable String configuration,
      Converters converters) {
    return of(source, machine, configuration, converters, TrustPolicy.none());
  }

  /**
   * Chooses a machine of a package.
   *
   * @param machine id or name of the machine; null when the package has only one
   * @param configuration id of a deployment option; null for the default
   * @param converters tell the formats of the disks by their content
   * @param policy whose signature is asked for; with any, a broken one is refused. Where a
   *     signature is required, the manifest must list the descriptor and every disk
   * @throws IntermodalException {@code SIGNATURE_REFUSED} when the policy is not satisfied; {@code
   *     DIGEST_MISMATCH} when the manifest lists another descriptor; {@code UNREADABLE_DESCRIPTOR}
   *     when there is no such machine or option, or a choice is needed; {@code FILE_MISSING} when
   *     the file of a disk is missing; {@code CONVERSION_FAILED} when it is compressed as a whole,
   *     or a difference to another disk
   */
  public static OvfPackageExport of(
      OvfPackage source,
      @Nullable String machine,
      @Nullable String configuration,
      Converters converters,
      TrustPolicy policy) {
    requireSignature(source, policy);
    source.requireIntact(source.descriptor());
    Envelope envelope = source.envelope();
    requireOption(source, configuration);
    Machine chosen = choose(source, envelope.machines(configuration), machine);
    return new OvfPackageExport(
        source, OvfReading.read(envelope, chosen), converters, policy.signatureRequired());
  }

  private static void requireSignature(OvfPackage source, TrustPolicy policy) {
    SignatureResult signature = source.checkSignature(policy);
    boolean descriptorListed = !source.digestsOf(source.descriptor()).isEmpty();
    if (!signature.accepts(descriptorListed)) {
      throw refused(
          source,
          signature.satisfied()
              ? "the manifest that was signed does not list the descriptor"
              : signature.sentence().replaceAll("\\.$", ""));
    }
  }

  private static IntermodalException refused(OvfPackage source, String reason) {
    return new IntermodalException(
        OvfError.SIGNATURE_REFUSED,
        "cannot take " + source.path() + ": " + reason,
        source.path().toString(),
        null);
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
        throw unreadable(source, "it has several machines; choose one with --machine: " + names);
      }
      return machines.get(0);
    }
    return machines.stream()
        .filter(one -> wanted.equals(one.id()) || wanted.equals(one.name()))
        .findFirst()
        .orElseThrow(() -> unreadable(source, "it has no machine " + wanted + "; it has " + names));
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
          OvfError.FILE_MISSING,
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
    disks.add(
        new ExportedDisk(key, format(key, disk.get(), converters), file.storedBytes().orElse(0)));
  }

  private void addUnproven() {
    if (source.manifest().isEmpty()) {
      losses.add(
          unproven(
              "ovf.manifest.absent",
              "package",
              null,
              "the package has no manifest; nothing proves that its files are whole"));
      return;
    }
    files.forEach(
        (key, file) ->
            file.parts().stream()
                .filter(part -> source.digestsOf(part).isEmpty())
                .forEach(
                    part -> {
                      if (signatureRequired) {
                        throw refused(
                            source, "the manifest that was signed does not list " + part.name());
                      }
                      losses.add(
                          unproven(
                              "ovf.manifest.unlisted",
                              "disks[" + key + "]",
                              part.name(),
                              "the manifest does not list the file; nothing proves that it is"
                                  + " whole"));
                    }));
  }

  private static Loss unproven(String rule, String path, @Nullable String value, String reason) {
    return new Loss(
        rule,
        Loss.Severity.WARNING,
        path,
        value,
        reason,
        "compare the file with a digest from whoever made the package");
  }

  /** The content tells the format, save for raw, which only the descriptor can name. */
  private String format(String key, Disk disk, Converters converters) {
    if (OvfDiskFormats.namesRaw(disk.format())) {
      return "raw";
    }
    try (SeekableByteChannel channel = open(file(key))) {
      return converters.detect(channel, "disk " + key + " of " + source.path());
    } catch (IOException e) {
      throw reading(e);
    }
  }

  private IntermodalException failed(String key, String reason) {
    return failed(ConvertError.CONVERSION_FAILED, key, reason);
  }

  private IntermodalException failed(ErrorCode code, String key, String reason) {
    return new IntermodalException(
        code,
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

  /** Returns what was lost in reading the descriptor, and which disks no manifest vouches for. */
  public List<Loss> losses() {
    return List.copyOf(losses);
  }

  @Override
  public List<ExportedDisk> disks() {
    return List.copyOf(disks);
  }

  /**
   * Opens a disk where it lies. The chunks of a disk in several are compared with the manifest
   * before they are given for the first time, since their digests are not those of the disk.
   *
   * @throws IntermodalException {@code DIGEST_MISMATCH} when a chunk is not the one that is listed
   */
  @Override
  public SeekableByteChannel openDisk(String key) {
    PackageFile file = file(key);
    if (file.parts().size() > 1 && !intact.contains(key)) {
      file.parts().forEach(source::requireIntact);
      intact.add(key);
    }
    return open(file);
  }

  private PackageFile file(String key) {
    PackageFile file = files.get(key);
    if (file == null) {
      throw new IllegalArgumentException("the package has no disk " + key);
    }
    return file;
  }

  private SeekableByteChannel open(PackageFile file) {
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
    if (file == null || file.parts().size() != 1) {
      return Map.of();
    }
    Map<String, String> digests = new LinkedHashMap<>();
    for (Manifest.Entry entry : source.digestsOf(file.parts().get(0))) {
      digests.put(entry.algorithm().jdkName(), entry.digest());
    }
    return digests;
  }

  @Override
  public void close() {}
}
