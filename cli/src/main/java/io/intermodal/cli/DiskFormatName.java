package io.intermodal.cli;

import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.DiskImages;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the names of disk formats: our own, and the short ones that fingers know. */
final class DiskFormatName implements ITypeConverter<DiskFormat> {

  private static final Map<String, DiskFormat> SHORT =
      Map.of(
          "vmdk", DiskFormat.VMDK_STREAM_OPTIMIZED,
          "vhd", DiskFormat.VHD_DYNAMIC,
          "vpc", DiskFormat.VHD_DYNAMIC,
          "img", DiskFormat.RAW);

  private static final Map<String, DiskFormat> ENDINGS =
      Map.of(
          ".raw", DiskFormat.RAW,
          ".img", DiskFormat.RAW,
          ".qcow2", DiskFormat.QCOW2,
          ".vmdk", DiskFormat.VMDK_STREAM_OPTIMIZED,
          ".vhd", DiskFormat.VHD_DYNAMIC,
          ".vhdx", DiskFormat.VHDX,
          ".vdi", DiskFormat.VDI,
          ".xva", DiskFormat.XVA);

  @Override
  public DiskFormat convert(String text) {
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    DiskFormat byShortName = SHORT.get(wanted);
    if (byShortName != null) {
      return byShortName;
    }
    List<DiskFormat> known = DiskImages.readableFormats();
    return known.stream()
        .filter(format -> format.id().toLowerCase(Locale.ROOT).equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'"
                        + text
                        + "' is no disk format; there are "
                        + known.stream().map(DiskFormat::id).collect(Collectors.joining(", "))
                        + "; vmdk stands for vmdk-streamOptimized, vhd and vpc for vhd-dynamic"));
  }

  /** Tells which format a file of that name is expected to be; raw only for names that say so. */
  static Optional<DiskFormat> byEnding(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    return ENDINGS.entrySet().stream()
        .filter(ending -> name.endsWith(ending.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
