package io.intermodal.driver.libvirt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.CancelledException;
import io.intermodal.hypervisor.GuestResult;
import io.intermodal.hypervisor.GuestShell;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;

/** Runs commands in a guest through the QEMU guest agent. */
final class AgentShell implements GuestShell {

  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final long FIRST_MILLIS = 20;
  private static final long LONGEST_MILLIS = 500;

  /** libvirt takes no longer text; a larger input belongs into a file. */
  private static final int LARGEST_INPUT = 2 << 20;

  private final AgentChannel agent;

  AgentShell(AgentChannel agent) {
    this.agent = agent;
  }

  @Override
  public String via() {
    return "guest agent";
  }

  @Override
  public GuestResult run(String command, byte[] input, Duration patience) {
    if (input.length > LARGEST_INPUT) {
      throw new IllegalArgumentException(
          "input must be at most " + LARGEST_INPUT + " bytes: " + input.length);
    }
    long end = System.nanoTime() + patience.toNanos();
    ObjectNode arguments = AgentChannel.arguments();
    arguments.put("path", "/bin/sh");
    arguments.putArray("arg").add("-c").add(command);
    if (input.length > 0) {
      arguments.put("input-data", Base64.getEncoder().encodeToString(input));
    }
    arguments.put("capture-output", true);
    JsonNode pid = agent.command("guest-exec", arguments, ANSWER).path("pid");
    if (!pid.canConvertToLong()) {
      throw agent.nonsense("guest-exec", null);
    }
    return await(pid.longValue(), end, patience);
  }

  private GuestResult await(long pid, long end, Duration patience) {
    ObjectNode arguments = AgentChannel.arguments().put("pid", pid);
    long millis = FIRST_MILLIS;
    while (true) {
      // The status can be read once after the end, so every answer counts.
      JsonNode status = agent.command("guest-exec-status", arguments, ANSWER);
      if (status.path("exited").asBoolean(false)) {
        return result(status);
      }
      if (System.nanoTime() > end) {
        kill(pid);
        throw new HypervisorException(
            HypervisorError.GUEST_TIMEOUT,
            LibvirtDriver.ID,
            "cannot wait any longer for a command in "
                + agent.domain().name()
                + ": it is not done after "
                + patience.toSeconds()
                + " s",
            agent.domain().name());
      }
      sleep(millis);
      millis = Math.min(LONGEST_MILLIS, millis * 2);
    }
  }

  /** Ends the shell of a command; what that has started may run on. */
  private void kill(long pid) {
    ObjectNode arguments = AgentChannel.arguments();
    arguments.put("path", "/bin/sh");
    arguments.putArray("arg").add("-c").add("kill -KILL " + pid);
    try {
      agent.command("guest-exec", arguments, ANSWER);
    } catch (HypervisorException e) {
      // The caller is told that it took too long, which is the news.
    }
  }

  private GuestResult result(JsonNode status) {
    byte[] output = bytes(status, "out-data");
    byte[] errors = bytes(status, "err-data");
    boolean truncated =
        output.length > MAX_OUTPUT_BYTES
            || errors.length > MAX_OUTPUT_BYTES
            || status.path("out-truncated").asBoolean(false)
            || status.path("err-truncated").asBoolean(false);
    int exit =
        status.has("signal")
            ? 128 + status.path("signal").asInt(0)
            : status.path("exitcode").asInt(-1);
    if (exit < 0) {
      throw agent.nonsense("guest-exec-status", null);
    }
    return new GuestResult(exit, text(output), text(errors), truncated);
  }

  private byte[] bytes(JsonNode status, String name) {
    try {
      return Base64.getDecoder().decode(status.path(name).asText(""));
    } catch (IllegalArgumentException e) {
      throw agent.nonsense("guest-exec-status", e);
    }
  }

  private static String text(byte[] bytes) {
    byte[] kept = bytes.length > MAX_OUTPUT_BYTES ? Arrays.copyOf(bytes, MAX_OUTPUT_BYTES) : bytes;
    return new String(kept, StandardCharsets.UTF_8);
  }

  @SuppressWarnings("ThreadSleep")
  private void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException("a command in " + agent.domain().name());
    }
  }

  @Override
  public void close() {
    // Each command stands alone.
  }
}
