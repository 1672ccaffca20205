package io.intermodal.disk.internal.vhd;

import static io.intermodal.disk.internal.vhd.Footer.LENGTH;
import static io.intermodal.disk.internal.vhd.Footer.OLD_LENGTH;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.StoredBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A footer as it was found in a file.
 *
 * @param footer what it says
 * @param at its first byte; the data ends here
 * @param notes what was odd about it
 */
record FooterPlace(Footer footer, long at, List<String> notes) {

  /**
   * Moves a footer of 511 bytes to the front of the file's last 512, and completes it with a zero;
   * returns anything else as it is.
   */
  static byte[] align(byte[] last) {
    return isOld(last) ? shifted(last) : last;
  }

  private static boolean isOld(byte[] last) {
    return last.length == LENGTH && !Footer.hasCookie(last) && Footer.hasCookie(shifted(last));
  }

  private static byte[] shifted(byte[] last) {
    return Arrays.copyOf(Arrays.copyOfRange(last, 1, LENGTH), LENGTH);
  }

  /**
   * Finds the footer of a file: at its end, or when that is torn, the copy at the start of those
   * that are not fixed.
   */
  static FooterPlace find(StoredBytes file, VhdType wanted) {
    FooterPlace place = locate(file, wanted);
    Footer footer = place.footer();
    if (footer.type() != wanted) {
      throw Problems.at(
          DiskError.FORMAT_UNSUPPORTED,
          file.name(),
          place.at(),
          "VHD footer",
          "it is a " + footer.type().word() + " VHD, not a " + wanted.word() + " one; name it so");
    }
    List<String> notes = new ArrayList<>(place.notes());
    if (footer.sizeIsInDoubt()) {
      notes.add(
          "the size of "
              + footer.currentSizeBytes()
              + " bytes was taken from the footer; QEMU goes by the geometry of this creator ("
              + footer.creator().strip()
              + ") and sees "
              + footer.geometry().bytes());
    }
    if (footer.savedState()) {
      notes.add("the disk belongs to a machine whose state was saved; that state was left out");
    }
    return new FooterPlace(footer, place.at(), List.copyOf(notes));
  }

  private static FooterPlace locate(StoredBytes file, VhdType wanted) {
    if (file.size() < LENGTH) {
      throw Problems.truncated(file.name(), file.size(), "VHD footer");
    }
    byte[] last = read(file, file.size() - LENGTH);
    byte[] aligned = align(last);
    long at = file.size() - (isOld(last) ? OLD_LENGTH : LENGTH);
    if (wanted == VhdType.FIXED) {
      return new FooterPlace(Footer.parse(file.name(), at, aligned), at, List.of());
    }
    byte[] first = read(file, 0);
    if (Footer.isSound(aligned)) {
      Footer footer = Footer.parse(file.name(), at, aligned);
      boolean same = footer.type() == VhdType.FIXED || Arrays.equals(first, aligned);
      return new FooterPlace(
          footer,
          at,
          same
              ? List.of()
              : List.of(
                  "the copy of the footer at the start differs; the one at the end was used"));
    }
    if (!Footer.hasCookie(first)) {
      return new FooterPlace(Footer.parse(file.name(), at, aligned), at, List.of());
    }
    return new FooterPlace(
        Footer.parse(file.name(), 0, first),
        file.size(),
        List.of("the footer at the end is missing or damaged; its copy at the start was used"));
  }

  private static byte[] read(StoredBytes file, long at) {
    byte[] bytes = new byte[LENGTH];
    file.read(at, bytes, 0, LENGTH, "VHD footer");
    return bytes;
  }
}
