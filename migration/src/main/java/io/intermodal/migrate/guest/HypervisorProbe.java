package io.intermodal.migrate.guest;

import io.intermodal.Cancellation;
import io.intermodal.evaluate.TestCatalog;
import io.intermodal.evaluate.TestId;
import io.intermodal.hypervisor.GuestFacts;
import io.intermodal.hypervisor.GuestShell;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.Operation;
import io.intermodal.hypervisor.UnsupportedOperation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes what the hypervisor itself says of the guest. */
final class HypervisorProbe implements GuestProbe {

  static final HypervisorProbe INSTANCE = new HypervisorProbe();

  private static final String NAME = "hypervisor";

  private HypervisorProbe() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public GuestContact contact(Machine machine, Duration patience) {
    String driver = machine.hypervisor().info().driver();
    if (!machine.hypervisor().capabilities().supports(Operation.GUEST_FACTS)) {
      throw new UnsupportedOperation(
          driver, Operation.GUEST_FACTS, machine.hypervisor().capabilities());
    }
    long before = System.nanoTime();
    GuestFacts facts =
        machine
            .guestFacts()
            .orElseThrow(
                () ->
                    new HypervisorException(
                        HypervisorError.GUEST_UNREACHABLE,
                        driver,
                        "cannot ask the guest of "
                            + machine.name()
                            + " through its hypervisor: nobody in the guest answers",
                        machine.name()));
    return new Answered(facts, Duration.ofNanos(System.nanoTime() - before));
  }

  /** An answer that is there already; all of it came with one question. */
  private record Answered(GuestFacts facts, Duration duration) implements GuestContact {

    @Override
    public String via() {
      return NAME;
    }

    @Override
    public Optional<GuestShell> shell() {
      return Optional.empty();
    }

    @Override
    public ProbeAnswer ask(ProbeRequest request, Cancellation cancellation) {
      List<ProbeStep> steps = new ArrayList<>();
      for (TestId test : TestCatalog.tests()) {
        if (test.set() == 2) {
          steps.add(step(test));
        }
      }
      for (ApplicationCheck check : request.checks()) {
        steps.add(
            new ProbeStep(
                check.test(),
                check.describe(),
                NAME,
                null,
                ProbeStep.Outcome.NOT_PERFORMED,
                "the hypervisor's own answer has no shell to run it"));
      }
      return new ProbeAnswer(facts, steps);
    }

    private ProbeStep step(TestId test) {
      boolean known = FactTests.isKnown(facts, test);
      boolean failed = Boolean.FALSE.equals(facts.userAndFileChecks().get(test.text()));
      return new ProbeStep(
          test.text(),
          "ask the hypervisor",
          NAME,
          duration,
          failed
              ? ProbeStep.Outcome.UNSUCCESSFUL
              : known ? ProbeStep.Outcome.PERFORMED : ProbeStep.Outcome.NOT_PERFORMED,
          failed
              ? "it failed in the guest"
              : known ? null : "the hypervisor's answer does not say");
    }

    @Override
    public void close() {}
  }
}
