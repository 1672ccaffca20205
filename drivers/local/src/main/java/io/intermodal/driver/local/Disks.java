package io.intermodal.driver.local;

import io.intermodal.Cancellation;
import io.intermodal.IntermodalException;
import io.intermodal.PartFile;
import io.intermodal.Progress;
import io.intermodal.convert.ConvertError;
import io.intermodal.convert.Converters;
import io.intermodal.convert.FormatEdge;
import io.intermodal.convert.spi.DiskConverter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Makes blank disks and larger ones in the format of a profile. Only converters know formats other
 * than raw; where none makes the disk in one go, it takes the long way through a raw file.
 */
final class Disks {

  private static final String RAW = "raw";

  private final Profile profile;
  private final Supplier<Converters> converters;

  Disks(Profile profile, Supplier<Converters> converters) {
    this.profile = profile;
    this.converters = converters;
  }

  /** Makes a blank disk in place of what was there. */
  void blank(Path disk, long capacityBytes) {
    if (profile.hasRawDisks()) {
      FolderIo.deleteQuietly(disk);
      FolderIo.extend(disk, capacityBytes);
    } else if (!make(
        disk,
        (converter, target) ->
            converter.createBlank(target, profile.diskFormat(), capacityBytes))) {
      throughRaw(disk, raw -> FolderIo.extend(raw, capacityBytes));
    }
  }

  /** Makes a disk larger; it stays as it was until it is complete. */
  void grow(Path disk, long capacityBytes) {
    if (profile.hasRawDisks()) {
      FolderIo.extend(disk, capacityBytes);
    } else if (!make(
        disk, (converter, target) -> enlarge(converter, disk, target, capacityBytes))) {
      throughRaw(
          disk,
          raw -> {
            convert(disk, profile.diskFormat(), raw, RAW);
            FolderIo.extend(raw, capacityBytes);
          });
    }
  }

  /** Returns the size the guest sees; empty when no converter reads the format. */
  OptionalLong capacityBytes(Path disk) {
    String format = profile.diskFormat();
    try {
      if (profile.hasRawDisks()) {
        return OptionalLong.of(Files.size(disk));
      }
      for (DiskConverter converter : converters.get().disks()) {
        if (converter.readableFormats().contains(format)) {
          try (FileChannel channel = FileChannel.open(disk, StandardOpenOption.READ)) {
            return OptionalLong.of(converter.capacityBytes(channel, format));
          }
        }
      }
      return OptionalLong.empty();
    } catch (IOException e) {
      throw FolderIo.failed("read", disk, e);
    }
  }

  private boolean enlarge(
      DiskConverter converter, Path disk, SeekableByteChannel target, long capacityBytes)
      throws IOException {
    try (FileChannel source = FileChannel.open(disk, StandardOpenOption.READ)) {
      return converter.enlarge(source, target, profile.diskFormat(), capacityBytes);
    }
  }

  /** Makes a disk with the first converter that can; what was there stays until it is complete. */
  private boolean make(Path disk, Making making) {
    for (DiskConverter converter : converters.get().disks()) {
      try (PartFile target = PartFile.replace(disk)) {
        if (making.make(converter, target.channel())) {
          target.commit();
          return true;
        }
      } catch (IOException e) {
        throw FolderIo.failed("read", disk, e);
      } catch (IntermodalException e) {
        throw e.getCause() instanceof IOException cause ? FolderIo.failed("write", disk, cause) : e;
      }
    }
    return false;
  }

  @FunctionalInterface
  private interface Making {
    boolean make(DiskConverter converter, SeekableByteChannel target) throws IOException;
  }

  private void throughRaw(Path disk, Consumer<Path> makeRaw) {
    converter(RAW, profile.diskFormat());
    Path raw = disk.resolveSibling(disk.getFileName() + ".raw" + PartFile.SUFFIX);
    FolderIo.deleteQuietly(raw);
    try {
      makeRaw.accept(raw);
      convert(raw, RAW, disk, profile.diskFormat());
    } finally {
      FolderIo.deleteQuietly(raw);
    }
  }

  private void convert(Path from, String fromFormat, Path to, String toFormat) {
    DiskConverter converter = converter(fromFormat, toFormat);
    try (SeekableByteChannel source = FileChannel.open(from, StandardOpenOption.READ);
        PartFile target = PartFile.replace(to)) {
      converter.convert(
          new DiskConverter.Request(
              source,
              fromFormat,
              target.channel(),
              toFormat,
              Map.of(),
              "make " + to.getFileName(),
              Progress.Listener.none(),
              Cancellation.none()));
      target.commit();
    } catch (IOException e) {
      throw FolderIo.failed("read", from, e);
    } catch (IntermodalException e) {
      throw e.getCause() instanceof IOException cause ? FolderIo.failed("write", to, cause) : e;
    }
  }

  private DiskConverter converter(String from, String to) {
    return converters.get().disks().stream()
        .flatMap(converter -> converter.edges().stream())
        .filter(edge -> edge.from().equals(from) && edge.to().equals(to))
        .min(Comparator.comparing(FormatEdge::fidelity).thenComparingInt(FormatEdge::cost))
        .map(edge -> converters.get().disk(edge.converter()))
        .orElseThrow(
            () ->
                new IntermodalException(
                    ConvertError.NO_ROUTE,
                    "cannot make a disk of the "
                        + profile.id()
                        + " profile: no converter from "
                        + from
                        + " to "
                        + to
                        + " is at hand; put one on the class path"));
  }
}
