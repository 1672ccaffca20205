package io.intermodal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineImport;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Several sessions, and several threads in one, get along. */
interface SessionContract extends ContractPart {

  int THREADS = 4;

  @Test
  @Order(Phase.MADE_AND_GONE)
  default void seesWhatAnotherSessionDoesAndOutlivesIt() {
    bench().need(ContractPoint.SESSIONS);
    Machine machine = bench().make("seen by two");
    try (Hypervisor other = bench().driver().connect()) {
      Machine seen = other.machine(machine.id());
      assertThat(seen.spec()).isEqualTo(machine.spec());
      if (bench().capabilities().supports(Operation.SET_CPU)) {
        bench().within("set-cpu", () -> seen.setCpus(bench().driver().otherCpus()));
        assertThat(Specs.cpus(machine)).isEqualTo(bench().driver().otherCpus());
      }
    }
    assertThat(machine.state()).isEqualTo(MachineState.STOPPED);
    assertThat(bench().hypervisor().findMachine(machine.id())).isPresent();
    try (Hypervisor other = bench().driver().connect()) {
      bench().driver().remove(other.machine(machine.id()));
    }
    assertRefused(HypervisorError.MACHINE_NOT_FOUND, machine::spec);
    assertThat(bench().hypervisor().findMachine(machine.id())).isEmpty();
  }

  @Test
  @Order(Phase.MADE_AND_GONE)
  default void givesANameToOneOfSeveralImports() {
    bench().need(ContractPoint.SESSIONS);
    bench().need(Operation.IMPORT);
    bench().need(ContractPoint.IMPORT);
    bench().need(ContractPoint.IMPORT_RACE);
    Set<String> before = bench().inventory();
    MachineSpec spec = bench().driver().machine(bench().name("race"));
    CountDownLatch go = new CountDownLatch(1);
    List<Callable<Boolean>> attempts = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      attempts.add(
          () -> {
            try (Hypervisor session = bench().driver().connect()) {
              go.await();
              return imports(session, spec);
            }
          });
    }
    List<Boolean> made = together(attempts, go);
    assertThat(made).as("imports that were made").filteredOn(one -> one).hasSize(1);
    assertThat(bench().hypervisor().machines())
        .extracting(Machine::name)
        .filteredOn(spec.name()::equals)
        .hasSize(1);
    bench().delete(bench().hypervisor().machine(spec.name()));
    assertThat(bench().inventory()).as("nothing is left of those that lost").isEqualTo(before);
  }

  /** Returns whether it was made; the only reasons against it are the name and its lock. */
  private static boolean imports(Hypervisor session, MachineSpec spec) {
    try (MachineImport making = session.importMachine(spec)) {
      making.commit();
      return true;
    } catch (HypervisorException e) {
      assertThat(e.code())
          .as(e.getMessage())
          .isIn(HypervisorError.NAME_TAKEN, HypervisorError.LOCKED);
      return false;
    }
  }

  @Test
  @Order(Phase.STOPPED)
  default void answersSeveralThreadsOfOneSession() {
    bench().need(ContractPoint.SESSIONS);
    Machine machine = bench().in(MachineState.STOPPED);
    MachineSpec spec = machine.spec();
    CountDownLatch go = new CountDownLatch(1);
    List<Callable<Boolean>> readers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      readers.add(
          () -> {
            go.await();
            for (int round = 0; round < 5; round++) {
              if (!machine.spec().equals(spec)
                  || machine.state() != MachineState.STOPPED
                  || bench().hypervisor().findMachine(machine.id()).isEmpty()) {
                return false;
              }
            }
            return true;
          });
    }
    assertThat(together(readers, go)).doesNotContain(false);
  }

  private List<Boolean> together(List<Callable<Boolean>> tasks, CountDownLatch go) {
    return new Deadline(bench().driver().deadline().multipliedBy(THREADS))
        .call(
            "work with " + tasks.size() + " threads",
            () -> {
              ExecutorService executor = Executors.newFixedThreadPool(tasks.size());
              try {
                List<Future<Boolean>> futures = new ArrayList<>();
                tasks.forEach(task -> futures.add(executor.submit(task)));
                go.countDown();
                List<Boolean> results = new ArrayList<>();
                for (Future<Boolean> future : futures) {
                  results.add(future.get());
                }
                return results;
              } finally {
                executor.shutdownNow();
              }
            });
  }
}
