package io.intermodal.ovf;

/**
 * Names a dialect. The namespace of the root decides; within {@code envelope/1}, which 1.0 and 1.1
 * share, a descriptor is 1.0 when its {@code ovf:version} starts with "1.0" or "0.9", or when it
 * uses {@code InstanceId}, the spelling of the drafts, and 1.1 otherwise. A descriptor whose root
 * is in no namespace is told the same way.
 */
public enum OvfVersion {
  /** VMware's first form, the draft without a number, and oVirt's: sections by xsi:type. */
  V0_9("0.9"),
  /** DSP0243 1.0. */
  V1_0("1.0"),
  /** DSP0243 1.1. */
  V1_1("1.1"),
  /** DSP0243 2.0 and 2.1. */
  V2_0("2.0");

  private final String text;

  OvfVersion(String text) {
    this.text = text;
  }

  /** Returns the version as people write it: "1.1". */
  public String text() {
    return text;
  }
}
