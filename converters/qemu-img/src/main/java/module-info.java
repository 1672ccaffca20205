/** Reads the disk formats that only QEMU knows, by its qemu-img, as a converter plugin. */
module io.intermodal.disk.qemu {
  requires static transitive org.jspecify;
  requires transitive io.intermodal.convert;
  requires io.intermodal.disk;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;

  exports io.intermodal.disk.qemu;

  provides io.intermodal.convert.spi.DiskConverter with
      io.intermodal.disk.qemu.QemuImgConverter;
}
