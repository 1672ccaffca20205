package io.intermodal.hypervisor;

import java.util.Locale;

/** Names everything that can be asked of a machine or its hypervisor. */
public enum Operation {
  /** Start a stopped machine. */
  START,
  /** Shut the guest down, or cut its power. */
  STOP,
  /** Restart the guest. */
  REBOOT,
  /** Stop the processors and keep the memory. */
  PAUSE,
  /** Let a paused machine run on. */
  UNPAUSE,
  /** Save the memory to disk and release the host's resources. */
  SUSPEND,
  /** Let a suspended machine run on in its exact state. */
  RESUME,
  /** Keep the state of the disks and the definition under a name. */
  SNAPSHOT,
  /** Go back to a snapshot. */
  REVERT,
  /** Change the number of processors. */
  SET_CPU,
  /** Change the memory. */
  SET_MEMORY,
  /** Add a disk. */
  ATTACH_DISK,
  /** Remove a disk. */
  DETACH_DISK,
  /** Make a disk larger. */
  RESIZE_DISK,
  /** Add a network card. */
  ATTACH_NIC,
  /** Remove a network card. */
  DETACH_NIC,
  /** Delete the machine. */
  DELETE,
  /** Delete the machine and leave its disks where they are. */
  DELETE_KEEPING_DISKS,
  /** Read the machine's disks in an exchange format. */
  EXPORT,
  /** Make a machine from disks in an exchange format. */
  IMPORT,
  /** Read the serial console. */
  SERIAL_CONSOLE,
  /** Reach the graphical console. */
  GRAPHICAL_CONSOLE,
  /** Put a network configuration into the guest. */
  INJECT_NETWORK,
  /** Put a file into the guest. */
  INJECT_FILE,
  /** Connect a machine to a tagged VLAN. */
  VLAN_NETWORK,
  /** Connect a machine to a flat network. */
  FLAT_NETWORK,
  /** Apply firewall rules outside the guest. */
  FIREWALL,
  /** Route between the machine's networks. */
  ROUTING,
  /** Ask the guest for its own facts. */
  GUEST_FACTS,
  /** Run commands in the guest through an agent. */
  GUEST_AGENT,
  /** Be told what happens to machines. */
  EVENTS;

  /** Returns the name in lower case with hyphens, as the command line writes it. */
  public String displayName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
