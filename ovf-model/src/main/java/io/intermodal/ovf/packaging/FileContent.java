package io.intermodal.ovf.packaging;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/** Writes the content of one file of a package. */
@FunctionalInterface
public interface FileContent {

  /** Writes all bytes in order; must not close the channel. */
  void writeTo(WritableByteChannel channel) throws IOException;
}
