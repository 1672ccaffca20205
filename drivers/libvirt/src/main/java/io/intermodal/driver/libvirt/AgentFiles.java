package io.intermodal.driver.libvirt;

import com.fasterxml.jackson.databind.JsonNode;
import io.intermodal.hypervisor.GuestResult;
import io.intermodal.hypervisor.HypervisorError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes and reads files in a guest through the QEMU guest agent. A file is written beside its
 * place and then moved there, so that it is complete or as before.
 */
final class AgentFiles {

  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int BLOCK = 48 << 10;
  private static final int BOOT_ID_LENGTH = 36;

  private final AgentChannel agent;

  AgentFiles(AgentChannel agent) {
    this.agent = agent;
  }

  void write(String path, byte[] content) {
    if (!path.startsWith("/") || path.endsWith("/") || path.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("path must be an absolute path of a file: " + path);
    }
    String temporary = path + "." + UUID.randomUUID();
    boolean moved = false;
    try {
      writeDirectly(temporary, content);
      GuestResult result =
          new AgentShell(agent).run("mv -f -- " + quoted(temporary) + " " + quoted(path), ANSWER);
      if (!result.isSuccessful()) {
        throw agent
            .domain()
            .failed(
                HypervisorError.OPERATION_FAILED,
                "write a file into",
                path + ": the guest says " + result.errors().strip());
      }
      moved = true;
    } finally {
      if (!moved) {
        removeQuietly(temporary);
      }
    }
  }

  /** Reads the name of the running boot, which Linux makes anew each time. */
  Optional<String> bootId() {
    long file = open("/proc/sys/kernel/random/boot_id", "r");
    try {
      JsonNode read =
          agent.command(
              "guest-file-read",
              AgentChannel.arguments().put("handle", file).put("count", 64),
              ANSWER);
      String text =
          new String(
                  Base64.getDecoder().decode(read.path("buf-b64").asText("")),
                  StandardCharsets.US_ASCII)
              .strip();
      return text.length() == BOOT_ID_LENGTH ? Optional.of(text) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    } finally {
      close(file);
    }
  }

  private void writeDirectly(String path, byte[] content) {
    long file = open(path, "w");
    boolean written = false;
    try {
      int offset = 0;
      while (offset < content.length) {
        byte[] block =
            Arrays.copyOfRange(content, offset, Math.min(content.length, offset + BLOCK));
        JsonNode answer =
            agent.command(
                "guest-file-write",
                AgentChannel.arguments()
                    .put("handle", file)
                    .put("buf-b64", Base64.getEncoder().encodeToString(block)),
                ANSWER);
        int count = answer.path("count").asInt(0);
        if (count < 1 || count > block.length) {
          throw agent.nonsense("guest-file-write", null);
        }
        offset += count;
      }
      agent.command("guest-file-flush", AgentChannel.arguments().put("handle", file), ANSWER);
      written = true;
    } finally {
      if (written) {
        agent.command("guest-file-close", AgentChannel.arguments().put("handle", file), ANSWER);
      } else {
        close(file);
      }
    }
  }

  private long open(String path, String mode) {
    JsonNode handle =
        agent.command(
            "guest-file-open",
            AgentChannel.arguments().put("path", path).put("mode", mode),
            ANSWER);
    if (!handle.canConvertToLong()) {
      throw agent.nonsense("guest-file-open", null);
    }
    return handle.longValue();
  }

  private void close(long file) {
    try {
      agent.command("guest-file-close", AgentChannel.arguments().put("handle", file), ANSWER);
    } catch (RuntimeException e) {
      // What made us close it is the news, or nothing of it was written.
    }
  }

  private void removeQuietly(String path) {
    try {
      new AgentShell(agent).run("rm -f -- " + quoted(path), ANSWER);
    } catch (RuntimeException e) {
      // What made us remove it is the news.
    }
  }

  private static String quoted(String path) {
    return "'" + path.replace("'", "'\\''") + "'";
  }
}
