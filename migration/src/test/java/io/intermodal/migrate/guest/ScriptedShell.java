package io.intermodal.migrate.guest;

import io.intermodal.hypervisor.GuestResult;
import io.intermodal.hypervisor.GuestShell;
import java.time.Duration;
import java.util.function.Function;

/** Answers commands as a test says. */
record ScriptedShell(Function<String, GuestResult> answers) implements GuestShell {

  static GuestResult ok(String output) {
    return new GuestResult(0, output, "", false);
  }

  @Override
  public String via() {
    return "scripted";
  }

  @Override
  public GuestResult run(String command, byte[] input, Duration patience) {
    return answers.apply(command);
  }

  @Override
  public void close() {}
}
