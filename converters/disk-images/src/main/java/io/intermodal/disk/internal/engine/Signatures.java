package io.intermodal.disk.internal.engine;

import io.intermodal.disk.internal.Head;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Names what is recognised and not read, so that an error helps. */
final class Signatures {

  private record Signature(String name, Predicate<Head> matches) {}

  /** In the order of trust: what stands at the very start first, footers last. */
  private static final List<Signature> ALL =
      List.of(
          at(0, "KDMV", "a VMDK of type monolithicSparse"),
          at(0, "COWD", "a VMDK of type COWD (an ESX redo log)"),
          number(0, 0xCAFEBABE, ByteOrder.LITTLE_ENDIAN, "a VMDK of type seSparse"),
          at(0, "# Disk DescriptorFile", "a VMDK descriptor whose data is in other files"),
          at(0, "QFI\u00fb", "a qcow image of version 1"),
          at(0, "QED\0", "a QED image"),
          at(0, "conectix", "a dynamic VHD"),
          number(0x40, 0xBEDA107F, ByteOrder.LITTLE_ENDIAN, "a VDI"),
          at(0, "LUKS\u00ba\u00be", "a LUKS volume, which is encrypted"),
          at(0, "\u001f\u008b", "compressed with gzip"),
          at(0, "(\u00b5/\u00fd", "compressed with zstd"),
          at(0, "\u00fd7zXZ", "compressed with xz"),
          at(0, "BZh", "compressed with bzip2"),
          at(0, "PK\u0003\u0004", "a zip archive"),
          at(257, "ustar", "a tar archive (an OVA): name the member"),
          at(32769, "CD001", "an ISO 9660 image"),
          new Signature("a fixed VHD", head -> head.lastSectorHas("conectix")));

  private Signatures() {}

  static Optional<String> name(Head head) {
    return ALL.stream().filter(s -> s.matches().test(head)).map(Signature::name).findFirst();
  }

  private static Signature at(int position, String text, String name) {
    return new Signature(name, head -> head.has(position, text));
  }

  private static Signature number(int position, int value, ByteOrder order, String name) {
    return new Signature(name, head -> head.intAt(position, order) == value);
  }
}
