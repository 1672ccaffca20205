package io.intermodal.testkit;

/**
 * Names the parts of the contract that a driver, or the small machine it is tested with, may lack
 * for a reason. A part whose operation the driver does not declare in its capabilities needs no
 * word: it is left out by itself, and that the operation is refused is tested instead.
 */
public enum ContractPoint {
  /** What was made cannot run: no state but STOPPED is reached. */
  RUNNING,
  /** The guest restarts when it is told to. */
  REBOOT,
  /** The guest shuts down when it is told to, within its patience. */
  GRACEFUL_STOP,
  /** A machine is suspended to disk and resumed. */
  SUSPEND,
  /** A machine that was suspended and resumed has the boot id it had. */
  SAME_BOOT_AFTER_RESUME,
  /** A suspended or paused machine is stopped without running on first. */
  STOP_FROM_REST,
  /** An operation that the state forbids is refused as such, with the states that allow it. */
  STATE_NAMED,
  /** Processors and memory of a stopped machine are changed. */
  STOPPED_CPU_AND_MEMORY,
  /** What is declared live, or to reboot, is done to a running machine. */
  RUNNING_CPU_AND_MEMORY,
  /** Disks are attached to, resized at and detached from a stopped machine. */
  STOPPED_DISKS,
  /** The same at a running machine where it is declared live. */
  RUNNING_DISKS,
  /** Network cards are attached to and detached from a stopped machine. */
  STOPPED_NICS,
  /** The same at a running machine where it is declared live. */
  RUNNING_NICS,
  /** More than the stated limits is refused. */
  LIMITS,
  /** Snapshots are taken, listed, gone back to and deleted. */
  SNAPSHOTS,
  /** Packet rules are set and refused. */
  FIREWALL,
  /** The serial console says something while the guest boots or when a key is pressed. */
  CONSOLE,
  /** A command runs in the guest through its agent. */
  GUEST_AGENT,
  /** An address of the guest is known to the hypervisor. */
  ADDRESSES,
  /** A file is put into the guest. */
  INJECT_FILE,
  /** Listeners hear of what happens. */
  EVENTS,
  /** Machines are made from disks. */
  IMPORT,
  /** Disks are read out as they were written. */
  EXPORT,
  /** A machine that is being read out does not start. */
  EXPORT_HOLDS,
  /** A disk that was not written whole is refused at the commit. */
  UNFINISHED_DISK,
  /** Of two imports of one name exactly one is made. */
  IMPORT_RACE,
  /** Names with blanks, quotes, markup and other scripts are kept as they are. */
  HARD_NAMES,
  /** The longest name is taken, a longer one refused. */
  LONG_NAMES,
  /** Sessions see each other's changes and end alone. */
  SESSIONS,
  /** What a machine leaves behind can be listed and is nothing. */
  DEBRIS
}
