package io.intermodal.driver.libvirt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Talks to the QEMU guest agent of one domain. Everything that it says was written by the guest:
 * its size is bounded by libvirt and here, and a form that is not expected is an error.
 * Thread-safe.
 */
final class AgentChannel {

  /** The agent keeps at most 16 MiB of an output, which are 22 million characters of base64. */
  private static final int LONGEST_TEXT = 24_000_000;

  private static final int DEEPEST = 20;

  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxStringLength(LONGEST_TEXT)
                      .maxNestingDepth(DEEPEST)
                      .maxDocumentLength(3L * LONGEST_TEXT)
                      .build())
              .build());

  private static final Set<String> NOBODY_THERE =
      Set.of(
          "AGENT_UNRESPONSIVE",
          "AGENT_UNSYNCED",
          "OPERATION_INVALID",
          "ARGUMENT_UNSUPPORTED",
          "OPERATION_UNSUPPORTED",
          "NO_SUPPORT");

  private final DomainAccess domain;

  AgentChannel(DomainAccess domain) {
    this.domain = domain;
  }

  DomainAccess domain() {
    return domain;
  }

  /** Tells whether the agent answers within a time. */
  boolean answers(Duration patience) {
    try {
      command("guest-ping", arguments(), patience);
      return true;
    } catch (HypervisorException e) {
      if (e.code() == HypervisorError.GUEST_UNREACHABLE
          || e.code() == HypervisorError.OPERATION_FAILED) {
        return false;
      }
      throw e;
    }
  }

  static ObjectNode arguments() {
    return JsonNodeFactory.instance.objectNode();
  }

  /**
   * Sends a command.
   *
   * @param patience how long the agent may take; whole seconds, at least one
   * @return what the agent returned
   * @throws HypervisorException {@code GUEST_UNREACHABLE} when nobody answers, {@code
   *     OPERATION_FAILED} when the agent refuses the command
   */
  JsonNode command(String name, ObjectNode arguments, Duration patience) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put("execute", name);
    if (!arguments.isEmpty()) {
      request.set("arguments", arguments);
    }
    int seconds = Math.toIntExact(Math.max(1, Math.min(patience.toSeconds(), 3600)));
    String answer;
    try {
      String[] said = new String[1];
      domain.change(
          "ask the guest agent of",
          handle -> said[0] = handle.domain().qemuAgentCommand(request.toString(), seconds, 0));
      answer = said[0];
    } catch (LibvirtFailure e) {
      if (NOBODY_THERE.contains(e.nativeCode())) {
        throw new HypervisorException(
            HypervisorError.GUEST_UNREACHABLE,
            LibvirtDriver.ID,
            "cannot reach the guest agent of " + domain.name() + ": " + e.nativeMessage(),
            domain.name(),
            e);
      }
      throw e;
    }
    try {
      JsonNode result = JSON.readTree(answer == null ? "" : answer).get("return");
      if (result != null) {
        return result;
      }
    } catch (JsonProcessingException e) {
      throw nonsense(name, e);
    }
    throw nonsense(name, null);
  }

  HypervisorException nonsense(String command, @Nullable Exception cause) {
    return new HypervisorException(
        HypervisorError.OPERATION_FAILED,
        LibvirtDriver.ID,
        "cannot ask the guest agent of "
            + domain.name()
            + ": its answer to "
            + command
            + " has not the form it should have",
        domain.name(),
        cause);
  }
}
