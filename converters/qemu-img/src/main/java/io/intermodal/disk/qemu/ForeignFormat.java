package io.intermodal.disk.qemu;

import io.intermodal.IntermodalException;
import io.intermodal.disk.DiskError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The formats that QEMU reads and the engine does not, by the names of QEMU's drivers. */
enum ForeignFormat {
  /** QEMU's first copy-on-write format ({@code block/qcow.c}). */
  QCOW("qcow", true),
  /** QEMU's enhanced disk ({@code docs/interop/qed_spec.rst}). */
  QED("qed", true),
  /** The image of Parallels ({@code docs/interop/parallels.txt}). */
  PARALLELS("parallels", false),
  /** Bochs' growing image. */
  BOCHS("bochs", false),
  /** A compressed loop image. */
  CLOOP("cloop", false),
  /** A disk image of macOS, told by its last 512 bytes. */
  DMG("dmg", false);

  static final int HEAD = 512;

  private static final int QED_BACKING_FILE = 1;

  private final String id;
  private final boolean mayHaveBase;

  ForeignFormat(String id, boolean mayHaveBase) {
    this.id = id;
    this.mayHaveBase = mayHaveBase;
  }

  /** Returns QEMU's name of the driver, which is also the format's id. */
  String id() {
    return id;
  }

  /** Tells whether the driver knows base images, and so has to be told to open none. */
  boolean mayHaveBase() {
    return mayHaveBase;
  }

  static Optional<ForeignFormat> of(String id) {
    return Arrays.stream(values()).filter(format -> format.id.equals(id)).findFirst();
  }

  /** Tells a format by the first and last 512 bytes, fewer where the image is shorter. */
  static Optional<ForeignFormat> detect(byte[] head, byte[] tail) {
    return Arrays.stream(values()).filter(format -> format.matches(head, tail)).findFirst();
  }

  private boolean matches(byte[] head, byte[] tail) {
    return switch (this) {
      case QCOW -> starts(head, "QFI\u00fb") && bigEndian(head).getInt(4) == 1;
      case QED -> starts(head, "QED\0");
      case PARALLELS -> starts(head, "WithoutFreeSpace") || starts(head, "WithouFreSpacExt");
      case BOCHS -> starts(head, "Bochs Virtual HD Image");
      case CLOOP -> starts(head, "#!/bin/sh\n#V2.0 Format\nmodprobe cloop file=$0 && mount");
      case DMG -> tail.length == HEAD && starts(tail, "koly");
    };
  }

  /** Refuses what would make QEMU open another file, and what is encrypted. */
  void refuseOtherFiles(String name, byte[] head) {
    switch (this) {
      case QCOW -> {
        if (bigEndian(head).getLong(8) != 0) {
          throw hasBase(name);
        }
        if (bigEndian(head).getInt(36) != 0) {
          throw new IntermodalException(
              DiskError.ENCRYPTED, "cannot read " + name + ": it is encrypted; decrypt it first");
        }
      }
      case QED -> {
        long features = bigEndian(head).order(ByteOrder.LITTLE_ENDIAN).getLong(16);
        if ((features & QED_BACKING_FILE) != 0) {
          throw hasBase(name);
        }
      }
      case PARALLELS, BOCHS, CLOOP, DMG -> {}
    }
  }

  private static IntermodalException hasBase(String name) {
    return new IntermodalException(
        DiskError.REFERS_TO_ANOTHER_FILE,
        "cannot read " + name + ": it is an overlay on another file; flatten it on its host first");
  }

  private static ByteBuffer bigEndian(byte[] head) {
    return ByteBuffer.wrap(Arrays.copyOf(head, HEAD));
  }

  private static boolean starts(byte[] bytes, String magic) {
    byte[] wanted = magic.getBytes(StandardCharsets.ISO_8859_1);
    return bytes.length >= wanted.length
        && Arrays.equals(bytes, 0, wanted.length, wanted, 0, wanted.length);
  }
}
