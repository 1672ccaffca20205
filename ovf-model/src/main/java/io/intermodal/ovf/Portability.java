package io.intermodal.ovf;

import java.util.List;

/**
 * Says how portable a descriptor is by the levels of DSP0243 "Conformance", which DSP2017 explains:
 * 1 uses nothing but what OVF defines, 2 has extensions that may all be ignored, 3 has one that
 * must be understood.
 *
 * @param level 1, 2 or 3
 * @param reasons the extensions, required ones first, else in the order of the document; at most
 *     {@link #MOST} of each
 * @param complete whether all extensions are listed
 */
public record Portability(int level, List<Extension> reasons, boolean complete) {

  /** Bounds the reasons: a descriptor may hold a foreign attribute on every element. */
  public static final int MOST = 1000;

  /** Copies the list. */
  public Portability {
    if (level < 1 || level > 3) {
      throw new IllegalArgumentException("level must be 1, 2 or 3: " + level);
    }
    reasons = List.copyOf(reasons);
  }
}
