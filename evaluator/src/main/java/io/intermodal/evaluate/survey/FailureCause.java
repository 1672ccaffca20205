package io.intermodal.evaluate.survey;

/**
 * Says how many paths of a survey failed for one cause.
 *
 * @param cause the cause in words
 * @param paths how many paths failed for it, 1 or more
 */
public record FailureCause(String cause, int paths) {
  /**
   * @throws IllegalArgumentException if the cause is blank or no path failed for it
   */
  public FailureCause {
    Texts.require(cause, "cause");
    if (paths < 1) {
      throw new IllegalArgumentException("paths must be 1 or more: " + paths);
    }
  }
}
