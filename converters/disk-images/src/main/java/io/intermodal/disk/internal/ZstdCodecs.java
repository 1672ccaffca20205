package io.intermodal.disk.internal;

import io.intermodal.disk.spi.ZstdCodec;
import java.util.Optional;
import java.util.ServiceLoader;

/** Finds what compresses with zstd, if anything does. */
public final class ZstdCodecs {

  /** Ends the message where there is none. */
  public static final String WAY_OUT =
      "compression type zstd needs the artifact io.intermodal:intermodal-disk-zstd; add it to the"
          + " class path";

  private ZstdCodecs() {}

  /** Returns the first that is there. */
  public static Optional<ZstdCodec> find() {
    return ServiceLoader.load(ZstdCodec.class, ZstdCodec.class.getClassLoader())
        .findFirst()
        .or(() -> ServiceLoader.load(ZstdCodec.class).findFirst());
  }
}
