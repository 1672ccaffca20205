package io.intermodal.disk;

/** Names the checksum that follows each chunk of an XVA. */
public enum XvaChecksum {
  /** XXH64, as hosts write it since Citrix Hypervisor 8.1. */
  XXHASH,
  /** SHA-1, which older hosts want. */
  SHA1
}
