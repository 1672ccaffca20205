package io.intermodal.driver.libvirt;

import io.intermodal.hypervisor.HypervisorError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Reads a console for a moment. libvirt keeps nothing of what a guest wrote before somebody
 * listened, so a key is pressed, and what comes until the guest is quiet is all there is.
 */
final class SerialText {

  private static final Duration MOST = Duration.ofSeconds(10);
  private static final Duration QUIET = Duration.ofMillis(1500);
  private static final int MOST_BYTES = 1 << 20;
  private static final long STEP_MILLIS = 50;

  private SerialText() {}

  static String read(DomainAccess domain) {
    try (StreamConsole console = StreamConsole.open(domain)) {
      console.output().write('\r');
      console.output().flush();
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      byte[] buffer = new byte[4096];
      long end = System.nanoTime() + MOST.toNanos();
      long quietFrom = System.nanoTime();
      while (System.nanoTime() < end && text.size() < MOST_BYTES) {
        int count = console.readNow(buffer);
        if (count < 0) {
          break;
        }
        if (count > 0) {
          text.write(buffer, 0, count);
          quietFrom = System.nanoTime();
        } else if (System.nanoTime() - quietFrom > QUIET.toNanos()) {
          break;
        } else {
          StreamConsole.sleep(STEP_MILLIS);
        }
      }
      return text.toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw domain.failed(
          HypervisorError.GUEST_UNREACHABLE, "read the console of", String.valueOf(e.getMessage()));
    }
  }
}
