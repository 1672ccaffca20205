package io.intermodal.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lists every test of TIOSA with its name and what it sees: table II (hypervisor, set 1) and table
 * III (operating system and application, set 2). Group 2.5 is our addition: checks that a user
 * supplies for an application; any id from {@code 2.5.a} to {@code 2.5.zz} is known and none is
 * expected.
 */
public final class TestCatalog {
  /** The group of set 2 that holds the checks a user supplies. */
  static final int APPLICATION_GROUP = 5;

  private static final Map<TestId, Entry> ENTRIES = new HashMap<>();
  private static final List<TestId> ORDERED = new ArrayList<>();

  /** Launch a machine, 1.1.a. */
  public static final TestId LAUNCH = add("1.1.a", "launch", null);

  /** Terminate a machine, 1.1.g. */
  public static final TestId TERMINATE;

  /** Kernel version, 2.1.a. */
  public static final TestId KERNEL;

  /** Processors, 2.2.a. */
  public static final TestId CPU;

  /** Memory, 2.2.b. */
  public static final TestId MEMORY;

  /** Mounted file systems, 2.2.c. */
  public static final TestId DISK;

  /** Network interfaces, 2.3.a. */
  public static final TestId INTERFACES;

  /** IP addresses, 2.3.b. */
  public static final TestId ADDRESSES;

  /** Firewall rules of the guest, 2.3.c. */
  public static final TestId FIREWALL;

  /** Routing table of the guest, 2.3.d. */
  public static final TestId ROUTES;

  /** Echo requests to a private address, 2.3.e. */
  public static final TestId PING_PRIVATE;

  /** Echo requests to a public address, 2.3.f. */
  public static final TestId PING_PUBLIC;

  /** Reverse look-up of a private address, 2.3.g. */
  public static final TestId LOOKUP_PRIVATE;

  /** Reverse look-up of a public address, 2.3.h. */
  public static final TestId LOOKUP_PUBLIC;

  /** Process of the remote shell, 2.3.i. */
  public static final TestId SHELL_PROCESS;

  /** Port of the remote shell, 2.3.j. */
  public static final TestId SHELL_PORT;

  static {
    add("1.1.b", "reboot", null);
    add("1.1.c", "pause", null);
    add("1.1.d", "un-pause", null);
    add("1.1.e", "suspend", null);
    add("1.1.f", "resume", null);
    TERMINATE = add("1.1.g", "terminate", null);
    add("1.2.a", "resize volume", null);
    add("1.2.b", "attach volume", null);
    add("1.2.c", "detach volume", null);
    add("1.3.a", "inject network", null);
    add("1.3.b", "inject file", null);
    add("1.4.a", "serial console", null);
    add("1.4.b", "graphical console", null);
    add("1.5.a", "VLAN networking", null);
    add("1.5.b", "flat networking", null);
    add("1.5.c", "hypervisor firewall rules", null);
    add("1.5.d", "routing", null);
    KERNEL = add("2.1.a", "kernel version", ObservedValue.Kernel.class);
    CPU = add("2.2.a", "CPU", ObservedValue.Cpu.class);
    MEMORY = add("2.2.b", "memory", ObservedValue.Memory.class);
    DISK = add("2.2.c", "disk", ObservedValue.Mounts.class);
    INTERFACES = add("2.3.a", "network interfaces", ObservedValue.Interfaces.class);
    ADDRESSES = add("2.3.b", "IP address", ObservedValue.Addresses.class);
    FIREWALL = add("2.3.c", "firewall rules", ObservedValue.FirewallRules.class);
    ROUTES = add("2.3.d", "routing", ObservedValue.Routes.class);
    PING_PRIVATE = add("2.3.e", "ICMP to a private IP", ObservedValue.Ping.class);
    PING_PUBLIC = add("2.3.f", "ICMP to a public IP", ObservedValue.Ping.class);
    LOOKUP_PRIVATE =
        add("2.3.g", "DNS reverse look-up, private IP", ObservedValue.ReverseLookup.class);
    LOOKUP_PUBLIC =
        add("2.3.h", "DNS reverse look-up, public IP", ObservedValue.ReverseLookup.class);
    SHELL_PROCESS = add("2.3.i", "remote shell process running", ObservedValue.ShellProcess.class);
    SHELL_PORT = add("2.3.j", "remote shell port available", ObservedValue.ShellPort.class);
    add("2.4.a", "add a dummy user", null);
    add("2.4.b", "write a test file in the user's home", null);
    add("2.4.c", "read the test file", null);
    add("2.4.d", "delete the test file", null);
    add("2.4.e", "change the user's password", null);
    add("2.4.f", "delete the user", null);
  }

  private static final List<TestId> TESTS = List.copyOf(ORDERED);

  private TestCatalog() {}

  private record Entry(String name, @Nullable Class<? extends ObservedValue> valueType) {}

  private static TestId add(
      String text, String name, @Nullable Class<? extends ObservedValue> valueType) {
    TestId id = TestId.of(text);
    ENTRIES.put(id, new Entry(name, valueType));
    ORDERED.add(id);
    return id;
  }

  /** Returns the 38 tests of tables II and III in their order. */
  public static List<TestId> tests() {
    return TESTS;
  }

  /** Tells whether the id belongs to table II or III or is a user's own check in group 2.5. */
  public static boolean isKnown(TestId id) {
    return ENTRIES.containsKey(id) || isApplicationCheck(id);
  }

  /** Tells whether the id is in group 2.5, the checks that users supply. */
  public static boolean isApplicationCheck(TestId id) {
    return id.set() == 2 && id.group() == APPLICATION_GROUP;
  }

  /**
   * Returns the name people know a test or an aggregate by.
   *
   * @throws IllegalArgumentException if there is no such test
   */
  public static String nameOf(TestId id) {
    Entry entry = ENTRIES.get(id);
    if (entry != null) {
      return entry.name();
    }
    if (isApplicationCheck(id)) {
      return "application check";
    }
    return Aggregate.find(id).map(Aggregate::title).orElseThrow(() -> unknown(id));
  }

  /**
   * Returns the type of value that a test sees, or nothing for tests that only pass or fail.
   *
   * @throws IllegalArgumentException if there is no such test
   */
  public static Optional<Class<? extends ObservedValue>> valueType(TestId id) {
    if (isApplicationCheck(id)) {
      return Optional.of(ObservedValue.ApplicationCheck.class);
    }
    Entry entry = ENTRIES.get(id);
    if (entry == null) {
      throw unknown(id);
    }
    return Optional.ofNullable(entry.valueType());
  }

  static IllegalArgumentException unknown(TestId id) {
    return new IllegalArgumentException(
        "unknown test " + id + ": expected one of TIOSA's tables II and III, or 2.5.a to 2.5.zz");
  }
}
