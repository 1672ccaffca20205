package io.intermodal.evaluate;

/** Says how one test went on one side. */
public enum Outcome {
  /** The test ran and did what it should. */
  SUCCESSFUL,
  /** The test ran and did not do what it should. */
  UNSUCCESSFUL,
  /** The test could not be performed, or was not. This is never a pass. */
  NOT_PERFORMED
}
