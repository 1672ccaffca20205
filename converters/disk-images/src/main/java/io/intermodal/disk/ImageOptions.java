package io.intermodal.disk;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses what a format leaves open. Immutable: each {@code with} method returns another one. A
 * format that does not know an option which was chosen refuses it with {@link
 * DiskError#OPTION_UNSUPPORTED}, so that no choice is dropped in silence.
 */
public final class ImageOptions {

  private static final ImageOptions NONE = new ImageOptions(0, null, 0, null, false);

  private final int clusterBytes;
  private final @Nullable CompressionType compressionType;
  private final int version;
  private final @Nullable String adapterType;
  private final boolean wholeMebibytes;

  private ImageOptions(
      int clusterBytes,
      @Nullable CompressionType compressionType,
      int version,
      @Nullable String adapterType,
      boolean wholeMebibytes) {
    this.clusterBytes = clusterBytes;
    this.compressionType = compressionType;
    this.version = version;
    this.adapterType = adapterType;
    this.wholeMebibytes = wholeMebibytes;
  }

  /** Returns options that leave every choice to the format. */
  public static ImageOptions none() {
    return NONE;
  }

  /** Returns what Azure asks of a fixed VHD: a size in whole MiB. */
  public static ImageOptions azure() {
    return NONE.withWholeMebibytes();
  }

  /**
   * Chooses how much the image allocates at once.
   *
   * @param bytes a power of two from 512 to 256 MiB; each format has bounds of its own within
   */
  public ImageOptions withClusterBytes(int bytes) {
    if (Integer.bitCount(bytes) != 1 || bytes < 512 || bytes > 256 << 20) {
      throw new IllegalArgumentException(
          "bytes must be a power of two from 512 to 256 MiB: " + bytes);
    }
    return new ImageOptions(bytes, compressionType, version, adapterType, wholeMebibytes);
  }

  /** Chooses what compresses blocks. */
  public ImageOptions withCompressionType(CompressionType type) {
    Objects.requireNonNull(type, "type");
    return new ImageOptions(clusterBytes, type, version, adapterType, wholeMebibytes);
  }

  /**
   * Chooses the version of the format.
   *
   * @param number 1 or more
   */
  public ImageOptions withVersion(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("number must be 1 or more: " + number);
    }
    return new ImageOptions(clusterBytes, compressionType, number, adapterType, wholeMebibytes);
  }

  /** Chooses the adapter that the descriptor names, such as {@code lsilogic} or {@code ide}. */
  public ImageOptions withAdapterType(String type) {
    Objects.requireNonNull(type, "type");
    return new ImageOptions(clusterBytes, compressionType, version, type, wholeMebibytes);
  }

  /** Chooses a size in whole MiB: the disk that is written is rounded up. */
  public ImageOptions withWholeMebibytes() {
    return new ImageOptions(clusterBytes, compressionType, version, adapterType, true);
  }

  /** Returns how much is allocated at once; empty for the format's default. */
  public OptionalInt clusterBytes() {
    return clusterBytes == 0 ? OptionalInt.empty() : OptionalInt.of(clusterBytes);
  }

  /** Returns what compresses blocks; empty for the format's default. */
  public Optional<CompressionType> compressionType() {
    return Optional.ofNullable(compressionType);
  }

  /** Returns the version; empty for the format's default. */
  public OptionalInt version() {
    return version == 0 ? OptionalInt.empty() : OptionalInt.of(version);
  }

  /** Returns the adapter; empty for the format's default. */
  public Optional<String> adapterType() {
    return Optional.ofNullable(adapterType);
  }

  /** Tells whether the size is rounded up to whole MiB. */
  public boolean wholeMebibytes() {
    return wholeMebibytes;
  }

  /** Lists the options that were chosen. */
  public Set<ImageOption> chosen() {
    Set<ImageOption> chosen = EnumSet.noneOf(ImageOption.class);
    if (clusterBytes != 0) {
      chosen.add(ImageOption.CLUSTER_BYTES);
    }
    if (compressionType != null) {
      chosen.add(ImageOption.COMPRESSION_TYPE);
    }
    if (version != 0) {
      chosen.add(ImageOption.VERSION);
    }
    if (adapterType != null) {
      chosen.add(ImageOption.ADAPTER_TYPE);
    }
    if (wholeMebibytes) {
      chosen.add(ImageOption.WHOLE_MEBIBYTES);
    }
    return chosen;
  }
}
