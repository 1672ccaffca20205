/** Formats, the routes between them and what is lost on the way. */
module io.intermodal.convert {
  requires static transitive org.jspecify;
  requires transitive io.intermodal.base;
  requires transitive io.intermodal.hypervisor;

  exports io.intermodal.convert;
  exports io.intermodal.convert.spi;

  uses io.intermodal.convert.spi.DescriptorFormat;
  uses io.intermodal.convert.spi.DiskConverter;
}
