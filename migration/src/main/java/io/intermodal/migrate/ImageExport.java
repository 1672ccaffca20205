package io.intermodal.migrate;

import io.intermodal.CommonError;
import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.convert.Converters;
import io.intermodal.hypervisor.CpuSpec;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.GuestOs;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.MachineExport;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.NicSpec;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Offers the image of one disk as a machine that never ran: one disk, one network card.
 * Thread-safe; nothing is held open.
 */
public final class ImageExport implements MachineExport {

  private static final String DISK = "disk0";
  private static final String RAW = "raw";

  private final Path image;
  private final MachineSpec spec;
  private final ExportedDisk disk;

  private ImageExport(Path image, MachineSpec spec, ExportedDisk disk) {
    this.image = image;
    this.spec = spec;
    this.disk = disk;
  }

  /**
   * Takes an image. Its format is told by its content; raw, which has none to tell it by, by the
   * suffix {@code .raw} or {@code .img}.
   *
   * @param name name of the machine
   * @param memoryBytes memory of the machine, in bytes
   * @param system its operating system in words, by which a hypervisor may choose how to boot it;
   *     null when not stated
   */
  public static ImageExport of(
      Path image,
      String name,
      int cpus,
      long memoryBytes,
      @Nullable String system,
      Converters converters) {
    try (FileChannel channel = FileChannel.open(image, StandardOpenOption.READ)) {
      String format = isRaw(image) ? RAW : converters.detect(channel, image.toString());
      long capacity = converters.readerOf(format).capacityBytes(channel, format);
      MachineSpec spec =
          MachineSpec.named(name)
              .cpu(CpuSpec.of(cpus))
              .memoryBytes(memoryBytes)
              .guestOs(system == null ? null : new GuestOs(null, null, null, system))
              .addDisk(new DiskSpec(DISK, capacity, null, null))
              .addNic(new NicSpec("net0", null, null, null))
              .build();
      return new ImageExport(image, spec, new ExportedDisk(DISK, format, Files.size(image)));
    } catch (IOException e) {
      throw failed(image, e);
    }
  }

  private static boolean isRaw(Path image) {
    String name = image.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".raw") || name.endsWith(".img");
  }

  @Override
  public MachineSpec spec() {
    return spec;
  }

  @Override
  public List<ExportedDisk> disks() {
    return List.of(disk);
  }

  @Override
  public SeekableByteChannel openDisk(String key) {
    if (!key.equals(DISK)) {
      throw new HypervisorException(
          HypervisorError.NO_SUCH_PART,
          "core",
          "cannot find the disk " + key + " of " + image + "; it has " + DISK,
          key);
    }
    try {
      return FileChannel.open(image, StandardOpenOption.READ);
    } catch (IOException e) {
      throw failed(image, e);
    }
  }

  private static IntermodalException failed(Path image, IOException e) {
    return new IntermodalException(
        CommonError.READ_FAILED,
        "cannot read " + image + ": " + Errors.reason(e),
        image.toString(),
        e);
  }

  @Override
  public void close() {}
}
