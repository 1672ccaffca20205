/** Makes the disk engine available to migrations as a converter plugin. */
module io.intermodal.disk.convert {
  requires static transitive org.jspecify;
  requires transitive io.intermodal.convert;
  requires io.intermodal.disk;

  exports io.intermodal.disk.convert;

  provides io.intermodal.convert.spi.DiskConverter with
      io.intermodal.disk.convert.DiskImagesConverter;
}
