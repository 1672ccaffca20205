package io.intermodal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.hypervisor.GuestConsole;
import io.intermodal.hypervisor.GuestResult;
import io.intermodal.hypervisor.GuestShell;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.Operation;
import io.intermodal.hypervisor.UnsupportedOperation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The guest is reached by the ways that are declared. */
interface GuestContract extends ContractPart {

  @Test
  @Order(Phase.STARTED + 5)
  default void hearsTheSerialConsole() {
    bench().need(ContractPoint.CONSOLE);
    bench().need(Operation.SERIAL_CONSOLE);
    Machine machine = bench().in(MachineState.STARTED);
    GuestConsole console;
    try {
      console = machine.openConsole();
    } catch (UnsupportedOperation e) {
      // The other way there may be: what was written since the boot.
      assertThat(machine.serialOutput()).isNotBlank();
      return;
    }
    try (console) {
      Integer first =
          new Deadline(bench().driver().guestPatience())
              .call("hear the console of " + machine.name(), () -> knock(console));
      assertThat(first).as("a byte of the console; -1 is its end").isNotNegative();
    }
    assertThat(machine.state()).isEqualTo(MachineState.STARTED);
  }

  private static int knock(GuestConsole console) throws IOException {
    console.output().write("\n".getBytes(StandardCharsets.US_ASCII));
    console.output().flush();
    return console.input().read();
  }

  @Test
  @Order(Phase.STARTED + 6)
  default void endsTheReadingOfAConsoleThatIsClosed() {
    bench().need(ContractPoint.CONSOLE);
    bench().need(Operation.SERIAL_CONSOLE);
    Machine machine = bench().in(MachineState.STARTED);
    GuestConsole console;
    try {
      console = machine.openConsole();
    } catch (UnsupportedOperation e) {
      Assumptions.abort("the console is read as a whole, never open");
      return;
    }
    InputStream input = console.input();
    console.close();
    new Deadline(bench().driver().guestPatience())
        .run("read the closed console of " + machine.name(), () -> readToEnd(input));
  }

  /** Either answer is one: the end of the stream, or that it is closed. */
  private static void readToEnd(InputStream input) {
    try {
      input.transferTo(OutputStream.nullOutputStream());
    } catch (IOException | UncheckedIOException | HypervisorException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Test
  @Order(Phase.STARTED + 7)
  default void runsACommandByTheAgent() {
    bench().need(ContractPoint.GUEST_AGENT);
    bench().need(Operation.GUEST_AGENT);
    Machine machine = bench().in(MachineState.STARTED);
    try (GuestShell shell = agent(machine)) {
      GuestResult result =
          shell.run(
              "cat; printf oops >&2; exit 3",
              "from outside".getBytes(StandardCharsets.UTF_8),
              bench().driver().guestPatience());
      assertThat(result.exitStatus()).isEqualTo(3);
      assertThat(result.output()).isEqualTo("from outside");
      assertThat(result.truncated()).isFalse();
      assertThat(shell.via()).isNotBlank();
    }
  }

  private GuestShell agent(Machine machine) {
    return new Deadline(bench().driver().guestPatience())
        .call(
            "reach the agent of " + machine.name(),
            () -> {
              while (true) {
                var shell = machine.guestAgent();
                if (shell.isPresent()) {
                  return shell.get();
                }
                Thread.sleep(250);
              }
            });
  }

  @Test
  @Order(Phase.STARTED + 8)
  default void knowsAnAddressOfTheGuest() {
    bench().need(ContractPoint.ADDRESSES);
    Machine machine = bench().in(MachineState.STARTED);
    var address =
        new Deadline(bench().driver().guestPatience())
            .call(
                "learn an address of " + machine.name(),
                () -> {
                  while (machine.addresses().isEmpty()) {
                    Thread.sleep(250);
                  }
                  return machine.addresses().get(0);
                });
    assertThat(machine.spec().nics()).extracting("mac").contains(address.mac());
    assertThat(address.address()).matches("[0-9a-f.:]+");
    assertThat(address.origin()).isNotBlank();
  }

  @Test
  @Order(Phase.STARTED + 9)
  default void putsAFileIntoTheGuest() {
    bench().need(ContractPoint.INJECT_FILE);
    bench().need(Operation.INJECT_FILE);
    Machine machine = bench().in(MachineState.STARTED);
    byte[] content = "put from outside\n".getBytes(StandardCharsets.UTF_8);
    bench().within("inject-file", () -> machine.injectFile("/tmp/contract file", content));
    bench().within("inject-file", () -> machine.injectFile("/tmp/contract file", content));
    if (bench().capabilities().supports(Operation.GUEST_AGENT)) {
      try (GuestShell shell = agent(machine)) {
        assertThat(shell.run("cat '/tmp/contract file'", bench().driver().guestPatience()).output())
            .isEqualTo("put from outside\n");
      }
    }
  }

  @Test
  @Order(Phase.STOPPED)
  default void hasNoGuestWhileItIsStopped() {
    Machine machine = bench().in(MachineState.STOPPED);
    assertThat(machine.bootId()).isEmpty();
    assertThat(emptyOrRefused(() -> machine.guestAgent().isEmpty())).isTrue();
    assertThat(emptyOrRefused(() -> machine.guestFacts().isEmpty())).isTrue();
  }

  /** Nobody answers in a machine that does not run; whether that is an answer is the driver's. */
  private static boolean emptyOrRefused(BooleanSupplier isEmpty) {
    try {
      return isEmpty.getAsBoolean();
    } catch (HypervisorException e) {
      return e.code() == HypervisorError.ILLEGAL_STATE;
    }
  }
}
