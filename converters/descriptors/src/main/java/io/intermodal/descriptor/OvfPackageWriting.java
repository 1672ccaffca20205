package io.intermodal.descriptor;

import io.intermodal.Cancellation;
import io.intermodal.CommonError;
import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.Progress;
import io.intermodal.convert.Conversion;
import io.intermodal.convert.ConvertError;
import io.intermodal.convert.Converters;
import io.intermodal.convert.Loss;
import io.intermodal.convert.spi.DiskConverter;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.MachineExport;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.ovf.EnvelopeDraft;
import io.intermodal.ovf.EnvelopeDraft.DraftFile;
import io.intermodal.ovf.packaging.FolderWriter;
import io.intermodal.ovf.packaging.OvaWriter;
import io.intermodal.ovf.packaging.OvfPackage;
import io.intermodal.ovf.packaging.PackageFile;
import io.intermodal.ovf.packaging.PackageOptions;
import io.intermodal.ovf.packaging.PackageWriter;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes a machine that is being read out of a hypervisor as an OVF 1.1 package with
 * streamOptimized VMDKs (DSP0243), in one pass: a disk goes from where it is stored to its place in
 * the package without a temporary copy. The package is complete or absent; then every disk is read
 * back, and its content compared with the source's. Not thread-safe; use one for one package.
 */
public final class OvfPackageWriting {

  private static final String FORMAT = "vmdk-streamOptimized";

  private final MachineExport contents;
  private final Converters converters;
  private PackageOptions options = PackageOptions.standard();
  private Progress.Listener progress = Progress.Listener.none();
  private Cancellation cancellation = Cancellation.none();

  private OvfPackageWriting(MachineExport contents, Converters converters) {
    this.contents = Objects.requireNonNull(contents, "contents");
    this.converters = Objects.requireNonNull(converters, "converters");
  }

  /**
   * Says what was written.
   *
   * @param descriptor name of the descriptor in the package
   * @param disks disks that have a file, in the machine's order; the others are blank
   * @param losses what of the machine the package does not hold
   */
  public record Written(String descriptor, List<WrittenDisk> disks, List<Loss> losses) {

    /** Copies the lists. */
    public Written {
      disks = List.copyOf(disks);
      losses = List.copyOf(losses);
    }
  }

  /**
   * Says what became of one disk.
   *
   * @param key key of the disk in the machine's definition
   * @param file name of its file in the package
   * @param capacityBytes size the guest sees
   * @param storedBytes size of the file
   * @param contentDigest digest of what the guest sees, the same at the source and in the package
   * @param note how it was converted
   */
  public record WrittenDisk(
      String key,
      String file,
      long capacityBytes,
      long storedBytes,
      String contentDigest,
      String note) {}

  /** Starts with a machine, which stays open. */
  public static OvfPackageWriting of(MachineExport contents, Converters converters) {
    return new OvfPackageWriting(contents, converters);
  }

  /** Sets the digest of the manifest, the signer, and whether a package may be replaced. */
  public OvfPackageWriting options(PackageOptions value) {
    options = Objects.requireNonNull(value, "options");
    return this;
  }

  /** Sets who is told how far it is. */
  public OvfPackageWriting progress(Progress.Listener value) {
    progress = Objects.requireNonNull(value, "progress");
    return this;
  }

  /** Sets how it can be stopped. */
  public OvfPackageWriting cancellation(Cancellation value) {
    cancellation = Objects.requireNonNull(value, "cancellation");
    return this;
  }

  /**
   * Writes the package.
   *
   * @param target an archive when its name ends in {@code .ova}, else a folder
   * @throws IntermodalException {@code FILE_EXISTS}, {@code WRITE_FAILED}, what reading the machine
   *     or converting a disk throws, with no package left; {@code CONVERSION_FAILED} when a disk
   *     that is read back differs, with the package left to be looked at
   */
  public Written write(Path target) {
    String name = FileNames.of(contents.spec().name());
    MachineSpec spec = contents.spec();
    List<Optional<DraftFile>> files = files(name, spec);
    Conversion<EnvelopeDraft> draft = OvfWriting.draft(spec, files);
    String descriptor = name + ".ovf";
    List<WrittenDisk> disks = new ArrayList<>();
    try (PackageWriter writer = writer(target, descriptor, draft.result().roomBytes())) {
      Map<String, Long> sizes = new HashMap<>();
      for (int i = 0; i < files.size(); i++) {
        DraftFile file = files.get(i).orElse(null);
        if (file != null) {
          WrittenDisk disk = write(writer, spec.disks().get(i).key(), file.name());
          sizes.put(disk.file(), disk.storedBytes());
          disks.add(disk);
        }
      }
      writer.finish(draft.result().withSizes(sizes).toXml());
    }
    readBack(isArchive(target) ? target : target.resolve(descriptor), disks);
    return new Written(descriptor, disks, draft.losses());
  }

  private PackageWriter writer(Path target, String descriptor, int room) {
    return isArchive(target)
        ? OvaWriter.create(target, descriptor, room, options)
        : FolderWriter.create(target, descriptor, options);
  }

  private static boolean isArchive(Path target) {
    return target.toString().toLowerCase(Locale.ROOT).endsWith(".ova");
  }

  private List<Optional<DraftFile>> files(String name, MachineSpec spec) {
    List<Optional<DraftFile>> files = new ArrayList<>();
    for (DiskSpec disk : spec.disks()) {
      int number = files.size() + 1;
      files.add(
          exported(disk.key())
              .map(there -> new DraftFile("file" + number, name + "-disk" + number + ".vmdk", 0)));
    }
    return files;
  }

  private Optional<MachineExport.ExportedDisk> exported(String key) {
    return contents.disks().stream().filter(disk -> disk.key().equals(key)).findFirst();
  }

  private WrittenDisk write(PackageWriter writer, String key, String file) {
    String format = exported(key).orElseThrow().format();
    DiskConverter.@Nullable Result[] done = new DiskConverter.@Nullable Result[1];
    PackageWriter.Written written =
        writer.addFile(
            file,
            channel -> {
              try (SeekableByteChannel in = contents.openDisk(key)) {
                done[0] =
                    convert(
                        new DiskConverter.StreamRequest(
                            in,
                            format,
                            channel,
                            FORMAT,
                            contents.storedDigests(key),
                            "disk " + key,
                            progress,
                            cancellation));
              }
            });
    DiskConverter.Result result = Objects.requireNonNull(done[0]);
    String digest = result.targetContentDigest();
    if (digest == null) {
      throw failed(key, "the converter does not digest its content");
    }
    return new WrittenDisk(
        key, file, result.capacityBytes(), written.sizeBytes(), digest, result.note());
  }

  private DiskConverter.Result convert(DiskConverter.StreamRequest request) {
    for (DiskConverter converter : converters.disks()) {
      Optional<DiskConverter.Result> result = converter.convertToStream(request);
      if (result.isPresent()) {
        return result.get();
      }
    }
    throw new IntermodalException(
        ConvertError.UNKNOWN_FORMAT,
        "cannot write "
            + request.task()
            + " as "
            + FORMAT
            + ": no converter reads "
            + request.sourceFormat()
            + " and writes it front to back; add intermodal-disk-converter to the class path");
  }

  private void readBack(Path written, List<WrittenDisk> disks) {
    Map<String, PackageFile> files = new HashMap<>();
    OvfPackage.open(written).files().forEach(file -> files.put(file.parts().get(0).name(), file));
    for (WrittenDisk disk : disks) {
      PackageFile file = Objects.requireNonNull(files.get(disk.file()));
      String found;
      try (SeekableByteChannel back = RangesChannel.open(file.ranges())) {
        found =
            converters
                .readerOf(FORMAT)
                .contentDigest(back, FORMAT, "verify " + disk.key(), progress, cancellation);
      } catch (IOException e) {
        throw new IntermodalException(
            CommonError.READ_FAILED,
            "cannot read " + written + " back: " + Errors.reason(e),
            written.toString(),
            e);
      }
      if (!found.equals(disk.contentDigest())) {
        throw failed(
            disk.key(),
            "what was read back from "
                + written
                + " is not what was written; do not use the package, the storage may be failing");
      }
    }
  }

  private static IntermodalException failed(String key, String reason) {
    return new IntermodalException(
        ConvertError.CONVERSION_FAILED, "cannot export disk " + key + ": " + reason, key, null);
  }
}
