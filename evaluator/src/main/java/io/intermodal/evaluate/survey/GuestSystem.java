package io.intermodal.evaluate.survey;

/**
 * A guest operating system of a survey.
 *
 * @param name the system, such as {@code CentOS}
 * @param version its version
 * @param bits its width, 32 or 64
 */
public record GuestSystem(String name, String version, int bits) {
  /**
   * @throws IllegalArgumentException if a text is blank or the width neither 32 nor 64
   */
  public GuestSystem {
    Texts.require(name, "name");
    Texts.require(version, "version");
    if (bits != 32 && bits != 64) {
      throw new IllegalArgumentException("bits must be 32 or 64: " + bits);
    }
  }

  /** Returns name, version and width. */
  @Override
  public String toString() {
    return name + " " + version + " (" + bits + " bit)";
  }
}
