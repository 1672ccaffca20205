package io.intermodal.migrate;

import io.intermodal.hypervisor.GuestResult;
import io.intermodal.hypervisor.GuestShell;
import java.time.Duration;
import java.util.Map;

/** Knows just the commands that a test of injected files needs. */
record MemoryShell(Map<String, String> files) implements GuestShell {

  @Override
  public String via() {
    return "memory agent";
  }

  @Override
  public GuestResult run(String command, byte[] input, Duration patience) {
    String path = command.substring(command.lastIndexOf(' ') + 1);
    if (command.equals("echo ready")) {
      return new GuestResult(0, "ready\n", "", false);
    }
    if (command.startsWith("cat ")) {
      String content = files.get(path);
      return new GuestResult(content == null ? 1 : 0, content == null ? "" : content, "", false);
    }
    if (command.startsWith("rm -f ")) {
      files.remove(path);
      return new GuestResult(0, "", "", false);
    }
    if (command.startsWith("test ! -e ")) {
      return new GuestResult(files.containsKey(path) ? 1 : 0, "", "", false);
    }
    return new GuestResult(127, "", "not found", false);
  }

  @Override
  public void close() {}
}
