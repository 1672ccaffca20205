package io.intermodal.ovf.edit;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Says sizes for people, exactly: in a binary unit, or in bytes with what that is about. */
final class ByteWords {

  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  private static final int POWER = 10;

  /** Of a unit; what has more is no easier to read than bytes. */
  private static final BigInteger MOST_TENTHS = BigInteger.valueOf(100_000);

  private ByteWords() {}

  /** Returns 512 MiB, 1.5 GiB, 10000000000 bytes (9.3 GiB). */
  static String of(BigInteger bytes) {
    @Nullable String near = null;
    for (int i = UNITS.length; i > 0; i--) {
      BigInteger unit = BigInteger.ONE.shiftLeft(POWER * i);
      if (bytes.compareTo(unit) < 0) {
        continue;
      }
      BigInteger[] tenths = bytes.multiply(BigInteger.TEN).divideAndRemainder(unit);
      BigInteger[] whole = tenths[0].divideAndRemainder(BigInteger.TEN);
      String words =
          whole[0] + (whole[1].signum() == 0 ? " " : "." + whole[1] + " ") + UNITS[i - 1];
      if (tenths[1].signum() == 0 && tenths[0].compareTo(MOST_TENTHS) < 0) {
        return words;
      }
      near = near == null ? words : near;
    }
    return bytes
        + (bytes.equals(BigInteger.ONE) ? " byte" : " bytes")
        + (near == null ? "" : " (" + near + ")");
  }
}
