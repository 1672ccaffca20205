package io.intermodal.hypervisor;

/**
 * States what an operation must not do (ODCA VM interoperability, Usage Scenario 3, second failure
 * condition). It is checked against what the driver declares before the call and verified after it.
 */
public enum Requirement {
  /** The guest must not restart and the machine must not stop. */
  NO_REBOOT;

  /** Requires that the guest runs on. */
  public static Requirement noReboot() {
    return NO_REBOOT;
  }
}
