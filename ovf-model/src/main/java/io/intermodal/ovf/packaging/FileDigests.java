package io.intermodal.ovf.packaging;

import java.util.Map;
import java.util.Set;

/** Knows or computes digests of stored files. */
@FunctionalInterface
interface FileDigests {

  /**
   * Returns digests in lower-case hexadecimal, by the name of the file. What is not known is left
   * out.
   *
   * @param wanted what is asked for, in the order in which it is best read
   */
  Map<String, Map<DigestAlgorithm, String>> of(Map<StoredFile, Set<DigestAlgorithm>> wanted);
}
