package io.intermodal.disk;

/** Names what can be chosen about an image besides its format; each format knows some of them. */
public enum ImageOption {
  /** How much the image allocates at once: qcow2 cluster, VHD or VHDX block. */
  CLUSTER_BYTES("cluster size"),
  /** What compresses the blocks of a qcow2. */
  COMPRESSION_TYPE("compression type"),
  /** The version of qcow2: 2 or 3. */
  VERSION("version"),
  /** The disk adapter that a VMDK descriptor names. */
  ADAPTER_TYPE("adapter type"),
  /** A size in whole MiB, as Azure wants it of a fixed VHD. */
  WHOLE_MEBIBYTES("whole MiB");

  private final String words;

  ImageOption(String words) {
    this.words = words;
  }

  /** Returns the name for people. */
  @Override
  public String toString() {
    return words;
  }
}
