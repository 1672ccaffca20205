package io.intermodal.driver.libvirt;

import io.intermodal.testkit.DriverUnderTest;
import io.intermodal.testkit.HypervisorDriverContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Each kind of host passes the contract of drivers, as far as it declares. */
final class LibvirtContractTest {

  @Nested
  class Simulator extends HypervisorDriverContract {
    @Override
    protected DriverUnderTest driver() {
      return DomainUnderTest.simulator();
    }
  }

  @Nested
  @Tag("slow")
  class QemuHost extends HypervisorDriverContract {
    @Override
    protected DriverUnderTest driver() {
      return DomainUnderTest.qemu();
    }
  }

  @Nested
  @Tag("slow")
  class XenHost extends HypervisorDriverContract {
    @Override
    protected DriverUnderTest driver() {
      return DomainUnderTest.xen();
    }
  }
}
