package io.intermodal.migrate;

/** Names the steps of a migration: TIOSA's copy sequence, each with its number there. */
public enum Step {
  /** Read the source's definition. */
  SOURCE_METADATA(1, "read the source"),
  /** Run the hypervisor test set on the source. */
  SOURCE_HYPERVISOR_TESTS(2, "hypervisor tests at the source"),
  /** Run the operating-system test set on the source. */
  SOURCE_OS_TESTS(3, "guest tests at the source"),
  /** Stop the source and see that it is stopped. */
  STOP_SOURCE(4, "stop the source"),
  /** Open the source's disks in an exchange format. */
  EXPORT(5, "export"),
  /** See that the target can take the machine, and reserve its name. */
  CHECK_TARGET(6, "check the target"),
  /** Convert and verify the disks and make the machine. */
  IMPORT(7, "convert and import"),
  /** Run the hypervisor test set on the target. */
  TARGET_HYPERVISOR_TESTS(8, "hypervisor tests at the target"),
  /** Start the new machine. */
  START_TARGET(9, "start the target"),
  /** Run the operating-system test set on the target. */
  TARGET_OS_TESTS(10, "guest tests at the target"),
  /** Compare both sides with the evaluation rules. */
  EVALUATE(11, "evaluate");

  private final int number;
  private final String title;

  Step(int number, String title) {
    this.number = number;
    this.title = title;
  }

  /** Returns the number in the sequence, from 1. */
  public int number() {
    return number;
  }

  /** Returns the title, for people. */
  public String title() {
    return title;
  }
}
