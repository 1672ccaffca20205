package io.intermodal.evaluate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds everything that was seen on one side of a move: on the hypervisor source, or on the
 * hypervisor under test.
 *
 * @param hypervisor the hypervisor with its version, as it shall stand in a report
 * @param machine the machine's name
 * @param manualStepOrNull what somebody had to do by hand to get the machine there; null where the
 *     move was automated. Such a move is at most a WARNING (ODCA white paper).
 * @param byTest what each test saw, in the order of the ids; a test that is absent was not
 *     performed
 */
public record Observations(
    String hypervisor,
    String machine,
    @Nullable String manualStepOrNull,
    Map<TestId, Observation> byTest) {

  /**
   * Copies the map.
   *
   * @throws IllegalArgumentException if a text is blank, a test is unknown, or a value has a type
   *     that its test does not see
   */
  public Observations {
    Checks.text(hypervisor, "hypervisor");
    Checks.text(machine, "machine");
    Checks.textOrAbsent(manualStepOrNull, "manualStep");
    for (Map.Entry<TestId, Observation> entry : byTest.entrySet()) {
      requireFitting(entry.getKey(), entry.getValue());
    }
    byTest = Collections.unmodifiableMap(new LinkedHashMap<>(new TreeMap<>(byTest)));
  }

  private static void requireFitting(TestId id, Observation observation) {
    Class<? extends ObservedValue> type = TestCatalog.valueType(id).orElse(null);
    ObservedValue value = Objects.requireNonNull(observation, "observation").valueOrNull();
    if (value == null || (type != null && type.isInstance(value))) {
      return;
    }
    throw new IllegalArgumentException(
        "test "
            + id
            + " sees "
            + (type == null ? "no value" : type.getSimpleName())
            + ", not "
            + value.getClass().getSimpleName());
  }

  /** Starts the observations of one machine on one hypervisor. */
  public static Builder on(String hypervisor, String machine) {
    return new Builder(hypervisor, machine);
  }

  /** Returns what a test saw; a test that is absent was not performed. */
  public Observation of(TestId id) {
    Observation observation = byTest.get(id);
    return observation == null ? Observation.notPerformed() : observation;
  }

  /** Returns what somebody had to do by hand, if anything. */
  public Optional<String> manualStep() {
    return Optional.ofNullable(manualStepOrNull);
  }

  boolean hasApplicationChecks() {
    for (TestId id : byTest.keySet()) {
      if (TestCatalog.isApplicationCheck(id)) {
        return true;
      }
    }
    return false;
  }

  /** Starts from these observations. */
  public Builder toBuilder() {
    Builder builder = new Builder(hypervisor, machine);
    builder.manualStep = manualStepOrNull;
    builder.byTest.putAll(byTest);
    return builder;
  }

  /**
   * Collects observations; a later observation of a test replaces an earlier one. Not thread-safe.
   */
  public static final class Builder {
    private final String hypervisor;
    private final String machine;
    private @Nullable String manualStep;
    private final Map<TestId, Observation> byTest = new TreeMap<>();

    private Builder(String hypervisor, String machine) {
      this.hypervisor = Checks.text(hypervisor, "hypervisor");
      this.machine = Checks.text(machine, "machine");
    }

    /**
     * Records what a test saw.
     *
     * @throws IllegalArgumentException if the test is unknown or does not see values of this type
     */
    public Builder put(TestId id, Observation observation) {
      requireFitting(id, observation);
      byTest.put(id, observation);
      return this;
    }

    /** Records that a test ran and saw a value. */
    public Builder observed(TestId id, ObservedValue value) {
      return put(id, Observation.of(value));
    }

    /** Records that a test did what it should. */
    public Builder successful(TestId id) {
      return put(id, Observation.successful());
    }

    /** Records that a test ran and did not do what it should. */
    public Builder unsuccessful(TestId id, String reason) {
      return put(id, Observation.unsuccessful(reason));
    }

    /** Records that a test could not be performed. */
    public Builder notPerformed(TestId id, String reason) {
      return put(id, Observation.notPerformed(reason));
    }

    /** Records that the machine, or a part of it, was made by hand: at most a WARNING. */
    public Builder madeByHand(String step) {
      manualStep = Checks.text(step, "step");
      return this;
    }

    /** Returns the observations so far. */
    public Observations build() {
      return new Observations(hypervisor, machine, manualStep, byTest);
    }
  }
}
