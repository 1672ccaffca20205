package io.intermodal.ovf;

import io.intermodal.xml.XmlElement;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds what an envelope may say about all of its machines together.
 *
 * @param options the deployment options; the first is the default when none is marked
 * @param starts the order to start machines in; it needs several machines
 * @param sections further sections of the envelope in any namespace, written as they are
 */
public record DraftGroup(
    List<DraftOption> options, List<DraftStart> starts, List<XmlElement> sections) {

  private static final DraftGroup NONE = new DraftGroup(List.of(), List.of(), List.of());

  /** Copies the lists. */
  public DraftGroup {
    options = List.copyOf(options);
    starts = List.copyOf(starts);
    sections = List.copyOf(sections);
  }

  /** Returns nothing to say. */
  public static DraftGroup none() {
    return NONE;
  }

  /** Is a configuration among which a deployer chooses. */
  public record DraftOption(String id, String label, String description, boolean isDefault) {

    /** Validates the parts. */
    public DraftOption {
      Objects.requireNonNull(label, "label");
      Objects.requireNonNull(description, "description");
      if (!id.matches("[^\\s,]+")) {
        throw new IllegalArgumentException("an id of an option holds no blank or comma: " + id);
      }
    }
  }

  /**
   * Says when a machine starts.
   *
   * @param order machines with lower numbers start first; 0 is not ordered
   * @param startDelaySeconds how long to wait before the next; null for 0
   * @param waitingForGuest whether to go on as soon as the guest says that it is ready
   * @param stopAction {@code powerOff}, {@code guestShutdown} or {@code none}; null for the default
   */
  public record DraftStart(
      String machineId,
      int order,
      @Nullable Integer startDelaySeconds,
      boolean waitingForGuest,
      @Nullable String stopAction) {

    private static final int MOST = 0xFFFF;

    /** Validates the numbers. */
    public DraftStart {
      Objects.requireNonNull(machineId, "machineId");
      if (order < 0
          || order > MOST
          || (startDelaySeconds != null && (startDelaySeconds < 0 || startDelaySeconds > MOST))) {
        throw new IllegalArgumentException("order and delay are from 0 to " + MOST);
      }
    }
  }
}
