package io.intermodal.driver.local;

import io.intermodal.testkit.DriverUnderTest;
import io.intermodal.testkit.HypervisorDriverContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Each profile of the folder driver passes the contract of drivers. */
class LocalDriverContractTest {

  @TempDir static Path folder;

  @Nested
  class Vsphere extends HypervisorDriverContract {
    @Override
    protected DriverUnderTest driver() {
      return new FolderUnderTest(folder.resolve("vsphere"), Profile.VSPHERE);
    }
  }

  @Nested
  class Kvm extends HypervisorDriverContract {
    @Override
    protected DriverUnderTest driver() {
      return new FolderUnderTest(folder.resolve("kvm"), Profile.KVM);
    }
  }

  @Nested
  class Xen extends HypervisorDriverContract {
    @Override
    protected DriverUnderTest driver() {
      return new FolderUnderTest(folder.resolve("xen"), Profile.XEN);
    }
  }

  @Nested
  class Hyperv extends HypervisorDriverContract {
    @Override
    protected DriverUnderTest driver() {
      return new FolderUnderTest(folder.resolve("hyperv"), Profile.HYPERV);
    }
  }
}
