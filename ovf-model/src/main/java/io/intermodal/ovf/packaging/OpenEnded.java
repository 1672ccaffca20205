package io.intermodal.ovf.packaging;

import java.nio.channels.WritableByteChannel;

/** Is a channel into something that goes on after it, so that closing means nothing. */
abstract class OpenEnded implements WritableByteChannel {

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {
    // What it leads into goes on.
  }
}
