package io.intermodal.ovf.edit;

/** Picks the unit that capacities are written in. */
final class Units {

  private static final int GIB = 30;
  private static final int MIB = 20;

  private Units() {}

  /** Returns the power of two of the largest usual unit that leaves a whole number. */
  static int power(long bytes) {
    int zeros = Long.numberOfTrailingZeros(bytes);
    return zeros >= GIB ? GIB : zeros >= MIB ? MIB : 0;
  }

  static String ofPower(int power) {
    return power == 0 ? "byte" : "byte * 2^" + power;
  }
}
