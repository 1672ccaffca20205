package io.intermodal.disk.internal.engine;

import io.intermodal.disk.internal.Head;
import io.intermodal.disk.internal.vmdk.DescriptorFormat;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Names what is recognised and not read, so that an error helps. */
final class Signatures {

  /** What becomes of the extents of an ESX snapshot. */
  private static final String CONSOLIDATE =
      "consolidate the machine's snapshots on its host and export the disk from there";

  private record Signature(Function<Head, String> words, Predicate<Head> matches) {

    Signature(String name, Predicate<Head> matches) {
      this(head -> name + ", which is not read yet", matches);
    }

    Signature advising(String advice) {
      return new Signature(head -> words.apply(head) + "; " + advice, matches);
    }
  }

  /** In the order of trust: what stands at the very start first, footers last. */
  private static final List<Signature> ALL =
      List.of(
          at(0, "COWD", "a VMDK of type COWD (an ESX redo log)").advising(CONSOLIDATE),
          number(
                  0,
                  0xCAFEBABE,
                  ByteOrder.LITTLE_ENDIAN,
                  "a VMDK of type seSparse (an ESX snapshot)")
              .advising(CONSOLIDATE),
          new Signature(
              Signatures::descriptor, head -> DescriptorFormat.createType(head).isPresent()),
          at(0, "QFI\u00fb", "a qcow image of version 1"),
          at(0, "QED\0", "a QED image"),
          at(0, "LUKS\u00ba\u00be", "a LUKS volume, which is encrypted"),
          at(0, "\u001f\u008b", "compressed with gzip"),
          at(0, "(\u00b5/\u00fd", "compressed with zstd"),
          at(0, "\u00fd7zXZ", "compressed with xz"),
          at(0, "BZh", "compressed with bzip2"),
          at(0, "PK\u0003\u0004", "a zip archive"),
          at(257, "ustar", "a tar archive (an OVA): name the member"),
          at(32769, "CD001", "an ISO 9660 image"));

  private Signatures() {}

  /** Says what it is, that it is not read, and what may be done about it. */
  static Optional<String> name(Head head) {
    return ALL.stream()
        .filter(s -> s.matches().test(head))
        .map(s -> s.words().apply(head))
        .findFirst();
  }

  /** Only the type tells whether a descriptor's data is a disk, a snapshot or a device. */
  private static String descriptor(Head head) {
    String type = DescriptorFormat.createType(head).orElse("").replaceAll("[^a-z0-9]", "?");
    String words =
        "a VMDK descriptor "
            + (type.isEmpty() ? "without a type" : "of type " + type)
            + " whose data is in other files, which is not read yet; ";
    if (type.contains("sparse") && !type.startsWith("monolithic")) {
      return words + CONSOLIDATE;
    }
    return type.startsWith("monolithic") || type.equals("streamoptimized")
        ? words + "name the extent that it lists as the image"
        : words + "let its host convert the disk to one file";
  }

  private static Signature at(int position, String text, String name) {
    return new Signature(name, head -> head.has(position, text));
  }

  private static Signature number(int position, int value, ByteOrder order, String name) {
    return new Signature(name, head -> head.intAt(position, order) == value);
  }
}
