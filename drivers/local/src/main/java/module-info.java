/** A hypervisor in a folder, with the declared behaviour of four products. */
module io.intermodal.driver.local {
  requires static transitive org.jspecify;
  requires transitive io.intermodal.base;
  requires transitive io.intermodal.convert;
  requires transitive io.intermodal.hypervisor;
  requires io.intermodal.descriptor;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;

  exports io.intermodal.driver.local;

  provides io.intermodal.hypervisor.spi.HypervisorDriver with
      io.intermodal.driver.local.LocalDriver;
}
