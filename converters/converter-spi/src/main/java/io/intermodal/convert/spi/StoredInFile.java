package io.intermodal.convert.spi;

import java.nio.file.Path;

/**
 * Says where the bytes of a channel lie, for converters whose tool opens files by itself. A channel
 * that reads one run of bytes of one file, such as a member of an OVA, may implement it; its bytes
 * then need not be copied to a file of their own.
 */
public interface StoredInFile {

  /** Returns the file. */
  Path file();

  /** Returns the position in the file of the channel's first byte. */
  long offsetBytes();

  /** Returns how many bytes of the file belong to the channel. */
  long lengthBytes();
}
