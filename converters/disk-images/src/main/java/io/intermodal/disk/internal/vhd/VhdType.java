package io.intermodal.disk.internal.vhd;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.internal.Head;
import io.intermodal.disk.internal.Problems;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What a footer says about where the data is (specification, "Disk Type"). */
enum VhdType {
  FIXED(2, "fixed"),
  DYNAMIC(3, "dynamic"),
  DIFFERENCING(4, "differencing");

  private static final int TYPE_AT = 60;

  private final int number;
  private final String word;

  VhdType(int number, String word) {
    this.number = number;
    this.word = word;
  }

  int number() {
    return number;
  }

  String word() {
    return word;
  }

  static VhdType of(int number, String name, long at) {
    for (VhdType type : values()) {
      if (type.number == number) {
        return type;
      }
    }
    throw Problems.at(
        DiskError.FEATURE_UNSUPPORTED,
        name,
        at,
        "VHD footer",
        "disk type " + Integer.toUnsignedString(number));
  }

  /**
   * Tells what an image is. A footer at its end that is sound decides: the first sector of a fixed
   * one is the guest's to write. Null when there is neither a footer nor the copy of one.
   */
  static @Nullable VhdType of(Head head) {
    byte[] last = FooterPlace.align(head.last());
    if (Footer.isSound(last)) {
      return named(last);
    }
    byte[] first = head.first(Footer.LENGTH);
    if (Footer.hasCookie(first) && first.length == Footer.LENGTH) {
      VhdType type = named(first);
      return type == FIXED ? DYNAMIC : type;
    }
    return Footer.hasCookie(last) ? named(last) : null;
  }

  /** Opening the image says what is wrong with a type that is none; here it goes as dynamic. */
  private static VhdType named(byte[] footer) {
    int number = ByteBuffer.wrap(footer).getInt(TYPE_AT);
    for (VhdType type : values()) {
      if (type.number == number) {
        return type;
      }
    }
    return DYNAMIC;
  }
}
