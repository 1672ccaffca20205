package io.intermodal.ovf.edit;

import java.math.BigInteger;

/** Says sizes for people, exactly: the largest binary unit that needs one decimal at most. */
final class ByteWords {

  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  private static final int POWER = 10;

  private ByteWords() {}

  /** Returns 512 MiB, 1.5 GiB; bytes where no unit is exact. */
  static String of(BigInteger bytes) {
    for (int i = UNITS.length; i > 0; i--) {
      BigInteger unit = BigInteger.ONE.shiftLeft(POWER * i);
      BigInteger[] tenths = bytes.multiply(BigInteger.TEN).divideAndRemainder(unit);
      if (bytes.compareTo(unit) >= 0 && tenths[1].signum() == 0) {
        BigInteger[] whole = tenths[0].divideAndRemainder(BigInteger.TEN);
        return whole[0] + (whole[1].signum() == 0 ? " " : "." + whole[1] + " ") + UNITS[i - 1];
      }
    }
    return bytes + (bytes.equals(BigInteger.ONE) ? " byte" : " bytes");
  }
}
