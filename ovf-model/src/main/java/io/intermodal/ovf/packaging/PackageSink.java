package io.intermodal.ovf.packaging;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/** Stores files one after the other. */
interface PackageSink {

  /**
   * Starts a file.
   *
   * @param size how many bytes it will have; null when that is not known
   * @return where to write them; good until {@link #end()}
   */
  WritableByteChannel begin(String name, @Nullable Long size) throws IOException;

  /** Ends the file. */
  void end() throws IOException;

  /** Writes what comes after the last file. */
  void finish() throws IOException;
}
