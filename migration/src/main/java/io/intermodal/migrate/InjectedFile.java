package io.intermodal.migrate;

import io.intermodal.hypervisor.GuestResult;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.UnsupportedOperation;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Puts a file into a guest through its hypervisor, reads it there, and removes it (1.3.b). */
final class InjectedFile {

  private InjectedFile() {}

  static void check(Machine machine, GuestWait.Shell shell) {
    String mark = UUID.randomUUID().toString();
    String path = "/tmp/intermodal-" + mark;
    try {
      machine.injectFile(path, (mark + "\n").getBytes(StandardCharsets.UTF_8));
      GuestResult read = shell.run("cat " + path);
      if (!read.isSuccessful() || !read.output().strip().equals(mark)) {
        throw new IllegalStateException("the guest reads something else than was injected");
      }
    } catch (UnsupportedOperation e) {
      throw new TestImpossible(
          e.operation().displayName() + " is declared but the driver does not carry it out");
    } finally {
      shell.run("rm -f " + path);
    }
    if (shell.run("test ! -e " + path).exitStatus() != 0) {
      throw new IllegalStateException("the file " + path + " is left in the guest");
    }
  }
}
