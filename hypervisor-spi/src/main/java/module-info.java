/** The neutral machine, its life cycle, the driver SPI and the common operations facade. */
module io.intermodal.hypervisor {
  requires static transitive org.jspecify;
  requires transitive io.intermodal.base;

  exports io.intermodal.hypervisor;
  exports io.intermodal.hypervisor.spi;

  uses io.intermodal.hypervisor.spi.HypervisorDriver;
}
