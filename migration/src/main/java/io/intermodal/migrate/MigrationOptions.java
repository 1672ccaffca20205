package io.intermodal.migrate;

import io.intermodal.evaluate.Rules;
import io.intermodal.migrate.guest.GuestProbe;
import io.intermodal.migrate.guest.ProbeRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says how a machine is to be migrated. Immutable; {@link #defaults()} is a move in one cycle that
 * keeps the source, stopped.
 *
 * @param mode whether the source goes on
 * @param targetName name at the target; null keeps the name
 * @param networks network at the target by the name of the network at the source
 * @param cpus processors at the target when the source states none; null for none
 * @param memoryBytes memory at the target when the source states none; null for none
 * @param keepMac whether network cards keep their addresses; a copy beside a running source gets
 *     new ones
 * @param testSource whether the test sets run on the source, which restarts it several times;
 *     without them nothing can be compared and the result is not scored
 * @param cycles how often the whole sequence is run, at least 1; from 3 on the result can be called
 *     stable
 * @param deleteSource whether the source is deleted after a move whose score is not FAILURE
 * @param startTarget whether the new machine is left running
 * @param rules evaluation rules
 * @param sourceProbe how the guest is asked at the source
 * @param targetProbe how the guest is asked at the target
 * @param probeRequest what the guest is asked, and how long it may take to come up
 */
public record MigrationOptions(
    Mode mode,
    @Nullable String targetName,
    Map<String, String> networks,
    @Nullable Integer cpus,
    @Nullable Long memoryBytes,
    boolean keepMac,
    boolean testSource,
    int cycles,
    boolean deleteSource,
    boolean startTarget,
    Rules rules,
    GuestProbe sourceProbe,
    GuestProbe targetProbe,
    ProbeRequest probeRequest) {

  /** Names what becomes of the source. */
  public enum Mode {
    /** The source stays stopped; exactly one of the two runs. */
    MOVE,
    /** The source goes on as it was; the copy has a name and addresses of its own. */
    COPY
  }

  /** Names the orders of stopping the source and starting the target. */
  public enum Order {
    /** The source is stopped and verified stopped before anything is transferred. */
    STOP_SOURCE_FIRST
  }

  /** Validates the counts and what goes together. */
  public MigrationOptions {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(rules, "rules");
    Objects.requireNonNull(sourceProbe, "sourceProbe");
    Objects.requireNonNull(targetProbe, "targetProbe");
    Objects.requireNonNull(probeRequest, "probeRequest");
    networks = Map.copyOf(networks);
    if (cycles < 1 || cycles > 100) {
      throw new IllegalArgumentException("cycles must be from 1 to 100: " + cycles);
    }
    if (deleteSource && mode == Mode.COPY) {
      throw new IllegalArgumentException("a copy does not delete its source");
    }
    if (cpus != null && cpus < 1) {
      throw new IllegalArgumentException("cpus must be at least 1: " + cpus);
    }
    if (memoryBytes != null && memoryBytes < 1) {
      throw new IllegalArgumentException("memoryBytes must be at least 1: " + memoryBytes);
    }
  }

  /** Returns a move in one cycle, with tests, that keeps name, addresses and source. */
  public static MigrationOptions defaults() {
    return new Builder(Mode.MOVE).build();
  }

  /** Starts a move. */
  public static Builder move() {
    return new Builder(Mode.MOVE);
  }

  /** Starts a copy; its network cards get new addresses unless said otherwise. */
  public static Builder copy() {
    return new Builder(Mode.COPY).keepMac(false);
  }

  /** Returns the order in which source and target change. */
  public Order order() {
    return Order.STOP_SOURCE_FIRST;
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {
    private final Mode mode;
    private @Nullable String targetName;
    private final Map<String, String> networks = new LinkedHashMap<>();
    private @Nullable Integer cpus;
    private @Nullable Long memoryBytes;
    private boolean keepMac = true;
    private boolean testSource = true;
    private int cycles = 1;
    private boolean deleteSource;
    private boolean startTarget = true;
    private Rules rules = Rules.TIOSA;
    private GuestProbe sourceProbe = GuestProbe.standard();
    private GuestProbe targetProbe = GuestProbe.standard();
    private ProbeRequest probeRequest = ProbeRequest.defaults();

    private Builder(Mode mode) {
      this.mode = mode;
    }

    /** Sets the name at the target. */
    public Builder targetName(@Nullable String value) {
      targetName = value;
      return this;
    }

    /** Connects cards of one network of the source to one of the target. */
    public Builder network(String source, String target) {
      networks.put(source, target);
      return this;
    }

    /** Connects cards by the name of their network at the source. */
    public Builder networks(Map<String, String> values) {
      networks.putAll(values);
      return this;
    }

    /** Sets the processors for a source that states none. */
    public Builder cpus(@Nullable Integer value) {
      cpus = value;
      return this;
    }

    /** Sets the memory for a source that states none. */
    public Builder memoryBytes(@Nullable Long value) {
      memoryBytes = value;
      return this;
    }

    /** Sets whether network cards keep their addresses. */
    public Builder keepMac(boolean value) {
      keepMac = value;
      return this;
    }

    /** Sets whether the test sets run on the source. */
    public Builder testSource(boolean value) {
      testSource = value;
      return this;
    }

    /** Sets how often the whole sequence is run. */
    public Builder cycles(int value) {
      cycles = value;
      return this;
    }

    /** Sets whether the source is deleted after a move that did not fail. */
    public Builder deleteSource(boolean value) {
      deleteSource = value;
      return this;
    }

    /** Sets whether the new machine is left running. */
    public Builder startTarget(boolean value) {
      startTarget = value;
      return this;
    }

    /** Sets the evaluation rules. */
    public Builder rules(Rules value) {
      rules = value;
      return this;
    }

    /** Sets how the guest is asked on both sides. */
    public Builder probe(GuestProbe value) {
      sourceProbe = value;
      targetProbe = value;
      return this;
    }

    /** Sets how the guest is asked at the source. */
    public Builder sourceProbe(GuestProbe value) {
      sourceProbe = value;
      return this;
    }

    /** Sets how the guest is asked at the target. */
    public Builder targetProbe(GuestProbe value) {
      targetProbe = value;
      return this;
    }

    /** Sets what the guest is asked, and how long it may take to come up. */
    public Builder probeRequest(ProbeRequest value) {
      probeRequest = value;
      return this;
    }

    /** Makes the options. */
    public MigrationOptions build() {
      return new MigrationOptions(
          mode,
          targetName,
          networks,
          cpus,
          memoryBytes,
          keepMac,
          testSource,
          cycles,
          deleteSource,
          startTarget,
          rules,
          sourceProbe,
          targetProbe,
          probeRequest);
    }
  }
}
