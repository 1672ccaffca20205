package io.intermodal.convert;

/** Ranks what a conversion keeps, best first. */
public enum Fidelity {
  /** Every bit the guest sees is kept, and the payload is carried as it is. */
  EXACT,
  /** Every bit the guest sees is kept. */
  CONTENT,
  /** The content is kept; its size is rounded or side data such as snapshots are dropped. */
  ROUNDED,
  /** Something the guest may need is lost. */
  LOSSY
}
