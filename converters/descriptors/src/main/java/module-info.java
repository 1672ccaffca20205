/** Machine descriptors of products, read to and written from the neutral machine. */
module io.intermodal.descriptor {
  requires static transitive org.jspecify;
  requires transitive io.intermodal.base;
  requires transitive io.intermodal.convert;
  requires transitive io.intermodal.hypervisor;
  requires transitive io.intermodal.ovf;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;

  exports io.intermodal.descriptor;

  provides io.intermodal.convert.spi.DescriptorFormat with
      io.intermodal.descriptor.LibvirtFormat,
      io.intermodal.descriptor.LocalMachineFormat,
      io.intermodal.descriptor.OvfFormat;
}
