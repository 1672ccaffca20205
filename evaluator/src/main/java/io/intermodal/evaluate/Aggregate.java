package io.intermodal.evaluate;

import java.util.Optional;

/** Names the three results that single tests are aggregated to (TIOSA table IV). */
public enum Aggregate {
  /** What the hypervisor can do with the machine; 3.1.a. */
  HYPERVISOR("3.1.a", "hypervisor"),
  /** How the operating system and its applications came over; 3.2.a. */
  SYSTEM("3.2.a", "operating system and applications"),
  /** The result of the move; 3.3.a. */
  OVERALL("3.3.a", "overall");

  @SuppressWarnings("ImmutableEnumChecker") // A TestId never changes.
  private final TestId id;

  private final String title;

  Aggregate(String id, String title) {
    this.id = TestId.of(id);
    this.title = title;
  }

  /** Finds the aggregate with an id. */
  public static Optional<Aggregate> find(TestId id) {
    for (Aggregate aggregate : values()) {
      if (aggregate.id.equals(id)) {
        return Optional.of(aggregate);
      }
    }
    return Optional.empty();
  }

  /** Returns the id in table IV. */
  public TestId id() {
    return id;
  }

  /** Returns the name people know it by. */
  public String title() {
    return title;
  }
}
