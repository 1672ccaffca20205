package io.intermodal.ovf.edit;

import io.intermodal.ovf.Item;
import io.intermodal.ovf.ProgrammaticUnit;
import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Is how much of memory or processors a machine is to have, and how items state it.
 *
 * @param type the ResourceType
 * @param what what is done, for messages
 * @param number in bytes or pieces
 * @param words the amount for people
 */
record Amount(int type, String what, BigInteger number, String words) {

  static final int PROCESSOR = 3;
  static final int MEMORY = 4;
  private static final String MIB = "byte * 2^20";
  private static final int MIB_POWER = 20;

  static Amount memory(String what, long bytes) {
    BigInteger number = BigInteger.valueOf(bytes);
    return new Amount(MEMORY, what, number, ByteWords.of(number) + " of memory");
  }

  static Amount processors(String what, int cpus) {
    return new Amount(
        PROCESSOR,
        what,
        BigInteger.valueOf(cpus),
        cpus + (cpus == 1 ? " processor" : " processors"));
  }

  boolean isMemory() {
    return type == MEMORY;
  }

  /** Says what becomes of what an item states: memory 2 GiB -> 4 GiB. */
  String insteadOf(Item item) {
    BigInteger before = stated(item);
    if (before == null || before.equals(number)) {
      return words;
    }
    return isMemory()
        ? "memory " + ByteWords.of(before) + " -> " + ByteWords.of(number)
        : "processors " + before + " -> " + number;
  }

  /** Returns the texts that state the amount in a new item. */
  Map<String, String> anew() {
    Map<String, String> values = new LinkedHashMap<>();
    if (isMemory()) {
      inLargestUnit(values);
    } else {
      values.put("AllocationUnits", "hertz * 10^6");
      values.put("VirtualQuantity", number.toString());
    }
    return values;
  }

  /** Returns the usual label of a new item. */
  String label() {
    if (!isMemory()) {
      return words;
    }
    return wholeMib()
        ? number.shiftRight(MIB_POWER) + " MB of memory"
        : number + " bytes of memory";
  }

  private boolean wholeMib() {
    return isMemory() && number.getLowestSetBit() >= MIB_POWER;
  }

  private void inLargestUnit(Map<String, String> values) {
    values.put("AllocationUnits", wholeMib() ? MIB : "byte");
    values.put("VirtualQuantity", (wholeMib() ? number.shiftRight(MIB_POWER) : number).toString());
  }

  /** Returns the texts that state an amount in the units and the form of an item. */
  Map<String, String> in(Item item) {
    Map<String, String> values = new LinkedHashMap<>();
    if (!isMemory()) {
      sockets(item, number.intValueExact(), values);
      return values;
    }
    String units = item.allocationUnits();
    ProgrammaticUnit unit =
        units == null
            ? ProgrammaticUnit.BYTE
            : ProgrammaticUnit.parse(units).filter(u -> u.base().equals("byte")).orElse(null);
    BigInteger[] parts =
        unit == null
            ? null
            : number.multiply(unit.denominator()).divideAndRemainder(unit.numerator());
    if (parts != null && parts[1].signum() == 0) {
      values.put("VirtualQuantity", parts[0].toString());
    } else {
      inLargestUnit(values);
    }
    return values;
  }

  /** oVirt states sockets, cores and threads; their layout is kept where the number allows it. */
  private static void sockets(Item item, int cpus, Map<String, String> values) {
    Integer sockets = Texts.number(Dialect.cimText(item.element(), "num_of_sockets"));
    if (sockets == null || item.virtualQuantity() != null) {
      values.put("VirtualQuantity", String.valueOf(cpus));
    }
    if (sockets == null) {
      return;
    }
    Integer cores = Texts.number(Dialect.cimText(item.element(), "cpu_per_socket"));
    Integer threads = Texts.number(Dialect.cimText(item.element(), "threads_per_cpu"));
    long each =
        (long) Math.max(1, cores == null ? 1 : cores) * Math.max(1, threads == null ? 1 : threads);
    boolean fits = cores != null && cpus % each == 0;
    values.put("num_of_sockets", String.valueOf(fits ? cpus / each : cpus));
    if (!fits) {
      values.put("cpu_per_socket", "1");
      if (threads != null) {
        values.put("threads_per_cpu", "1");
      }
    }
  }

  /** Returns what an item states, in bytes or pieces; null when it does not tell. */
  @Nullable BigInteger stated(Item item) {
    BigInteger quantity = item.virtualQuantity();
    if (!isMemory() || quantity == null) {
      return quantity;
    }
    String units = item.allocationUnits();
    ProgrammaticUnit unit =
        units == null ? ProgrammaticUnit.BYTE : ProgrammaticUnit.parse(units).orElse(null);
    return unit == null ? null : quantity.multiply(unit.numerator()).divide(unit.denominator());
  }
}
