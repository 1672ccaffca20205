package io.intermodal.disk.internal.xva;

import io.intermodal.disk.XvaDisk;
import io.intermodal.disk.internal.StoredBytes;

/** An archive of which one disk is meant. */
public final class XvaDiskBytes implements StoredBytes {

  private final StoredBytes archive;
  private final XvaIndex index;
  private final XvaDisk disk;

  /** Names a disk that the index lists. */
  public XvaDiskBytes(StoredBytes archive, XvaIndex index, XvaDisk disk) {
    this.archive = archive;
    this.index = index;
    this.disk = disk;
  }

  XvaIndex index() {
    return index;
  }

  XvaDisk disk() {
    return disk;
  }

  @Override
  public String name() {
    return archive.name();
  }

  @Override
  public long size() {
    return archive.size();
  }

  @Override
  public void read(long position, byte[] into, int from, int length, String structure) {
    archive.read(position, into, from, length, structure);
  }

  @Override
  public void checkUnchanged() {
    archive.checkUnchanged();
  }

  @Override
  public void close() {
    archive.close();
  }
}
