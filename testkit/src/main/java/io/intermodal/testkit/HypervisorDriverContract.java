package io.intermodal.testkit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Is the conformance suite that every driver passes. Extend it in the tests of a driver and say how
 * to reach a hypervisor; {@code docs/testkit.md} tells more.
 *
 * <pre>{@code
 * final class MyDriverContractTest extends HypervisorDriverContract {
 *   @Override
 *   protected DriverUnderTest driver() {
 *     return new MyHypervisorUnderTest();
 *   }
 * }
 * }</pre>
 *
 * <p>The tests share one machine and run in an order that boots it three times in all; each can run
 * alone too. What a driver does not declare, or declares as missing with a reason, is reported as
 * skipped with that reason.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public abstract class HypervisorDriverContract
    implements DeclarationContract,
        LifeCycleContract,
        RequirementContract,
        RefusalContract,
        ProcessorAndMemoryContract,
        DiskContract,
        NicContract,
        SnapshotContract,
        GuestContract,
        EventContract,
        TransferContract,
        DebrisContract,
        NameContract,
        SessionContract {

  private @Nullable Bench bench;

  /** Creates the suite. */
  protected HypervisorDriverContract() {}

  /**
   * Says how to reach the hypervisor. Called once, before the first test; a test that needs a
   * server that is not there aborts here, with the name of the server.
   */
  protected abstract DriverUnderTest driver();

  @BeforeAll
  final void open() {
    bench = new Bench(driver());
  }

  @AfterAll
  final void close() {
    if (bench != null) {
      bench.close();
    }
  }

  @Override
  public final Bench bench() {
    if (bench == null) {
      throw new IllegalStateException("the contract is not open");
    }
    return bench;
  }
}
