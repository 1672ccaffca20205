package io.intermodal.cli;

import io.intermodal.IntermodalException;
import io.intermodal.disk.Compression;
import io.intermodal.disk.CompressionType;
import io.intermodal.disk.DiskCopy;
import io.intermodal.disk.ImageOptions;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Adds to a command what can be chosen about the image that is written. */
final class DiskWriteOptions {

  @Option(
      names = "-c",
      description = "Compress as well as --compress small; what comes compressed is passed on.")
  private boolean compressed;

  @Option(
      names = "--compress",
      paramLabel = "HOW",
      description =
          "none, fast (about 4 %% larger) or small; default none, and fast for vmdk, which is always"
              + " compressed.")
  private @Nullable String compression;

  @Option(
      names = "--cluster-size",
      paramLabel = "SIZE",
      converter = Sizes.class,
      description = "How much is allocated at once (qcow2, vhd-dynamic, vhdx), such as 64KiB.")
  private @Nullable Long clusterBytes;

  @Option(
      names = "--compression-type",
      paramLabel = "TYPE",
      description = "zlib (default) or zstd, for qcow2.")
  private @Nullable String compressionType;

  @Option(
      names = "--compat",
      paramLabel = "VERSION",
      description = "The version of qcow2: 3 (default; also 1.1), or 2 (also 0.10) for old hosts.")
  private @Nullable String compat;

  @Option(
      names = "--adapter",
      paramLabel = "TYPE",
      description = "The adapter that a vmdk names: lsilogic (default), buslogic or ide.")
  private @Nullable String adapter;

  @Option(
      names = "--azure",
      description = "Round the size up to whole MiB, as Azure wants it of a vhd-fixed.")
  private boolean azure;

  @Option(
      names = {"-m", "--threads"},
      paramLabel = "N",
      description = "How many threads compress and check; default one per processor.")
  private @Nullable Integer threads;

  void apply(DiskCopy copy) {
    copy.compress(compression());
    copy.options(options());
    if (threads != null) {
      try {
        copy.threads(threads);
      } catch (IllegalArgumentException e) {
        throw wrong("--threads must be in 1..256: " + threads);
      }
    }
  }

  private Compression compression() {
    if (compression == null) {
      return compressed ? Compression.SMALL : Compression.NONE;
    }
    return switch (compression.toLowerCase(Locale.ROOT)) {
      case "none" -> Compression.NONE;
      case "fast" -> Compression.FAST;
      case "small" -> Compression.SMALL;
      default -> throw wrong("--compress is none, fast or small, not " + compression);
    };
  }

  private ImageOptions options() {
    ImageOptions options = azure ? ImageOptions.azure() : ImageOptions.none();
    if (clusterBytes != null) {
      try {
        options = options.withClusterBytes(Math.toIntExact(clusterBytes));
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw wrong("--cluster-size must be a power of two from 512 to 256MiB: " + clusterBytes);
      }
    }
    if (compressionType != null) {
      options = options.withCompressionType(type(compressionType));
    }
    if (compat != null) {
      options = options.withVersion(version(compat));
    }
    return adapter == null ? options : options.withAdapterType(adapter);
  }

  private static CompressionType type(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "zlib", "deflate" -> CompressionType.DEFLATE;
      case "zstd" -> CompressionType.ZSTD;
      default -> throw wrong("--compression-type is zlib or zstd, not " + text);
    };
  }

  private static int version(String text) {
    return switch (text) {
      case "2", "v2", "0.10" -> 2;
      case "3", "v3", "1.1" -> 3;
      default -> throw wrong("--compat is 2 (0.10) or 3 (1.1), not " + text);
    };
  }

  private static IntermodalException wrong(String reason) {
    return new IntermodalException(CliError.WRONG_USAGE, "cannot convert: " + reason);
  }
}
