package io.intermodal.migrate.guest;

import io.intermodal.hypervisor.GuestShell;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.Operation;
import io.intermodal.hypervisor.UnsupportedOperation;
import java.time.Duration;

/** Reaches a guest through its serial console. */
record ConsoleAccess(ConsoleLogin login) implements GuestAccess {

  @Override
  public String name() {
    return "console";
  }

  @Override
  public GuestShell open(Machine machine, Duration patience) {
    if (!machine.hypervisor().capabilities().supports(Operation.SERIAL_CONSOLE)) {
      throw new UnsupportedOperation(
          machine.hypervisor().info().driver(),
          Operation.SERIAL_CONSOLE,
          machine.hypervisor().capabilities());
    }
    return ConsoleShell.open(machine.openConsole(), login, patience);
  }
}
