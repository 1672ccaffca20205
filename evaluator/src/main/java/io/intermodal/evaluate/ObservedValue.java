package io.intermodal.evaluate;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a test saw, typed by test (TIOSA table III). Which test sees which type is said by
 * {@link TestCatalog#valueType}. What a guest does not tell is absent (null), never 0 or empty
 * text.
 */
public sealed interface ObservedValue {
  /** Says in words for people what was seen. */
  String describe();

  /**
   * The running kernel; test 2.1.a.
   *
   * @param release the release as the guest writes it, such as {@code 5.10.0-28-amd64} or {@code
   *     6.1.7601}
   * @param architecture the architecture as the guest writes it, such as {@code x86_64}
   */
  record Kernel(String release, String architecture) implements ObservedValue {
    /**
     * @throws IllegalArgumentException if a part is blank
     */
    public Kernel {
      Checks.text(release, "release");
      Checks.text(architecture, "architecture");
    }

    @Override
    public String describe() {
      return release + " on " + architecture;
    }
  }

  /**
   * The processors; test 2.2.a.
   *
   * @param cores the number of cores the guest sees, 1 or more
   * @param mhz the clock in MHz, 1 or more; null where the guest does not tell
   */
  record Cpu(int cores, @Nullable Long mhz) implements ObservedValue {
    /**
     * @throws IllegalArgumentException if a number is below 1
     */
    public Cpu {
      Checks.range(cores, 1, Integer.MAX_VALUE, "cores");
      if (mhz != null) {
        Checks.range(mhz, 1, Long.MAX_VALUE, "mhz");
      }
    }

    @Override
    public String describe() {
      return cores + (cores == 1 ? " core" : " cores") + (mhz == null ? "" : " at " + mhz + " MHz");
    }
  }

  /**
   * The memory; test 2.2.b.
   *
   * @param bytes the memory the guest sees in bytes, 1 or more
   */
  record Memory(long bytes) implements ObservedValue {
    /**
     * @throws IllegalArgumentException if the size is below 1
     */
    public Memory {
      Checks.range(bytes, 1, Long.MAX_VALUE, "bytes");
    }

    @Override
    public String describe() {
      return bytes + " bytes";
    }
  }

  /** The mounted file systems; test 2.2.c. Their order does not matter. */
  record Mounts(List<Mount> mounts) implements ObservedValue {
    /** Copies the list. */
    public Mounts {
      mounts = List.copyOf(mounts);
    }

    @Override
    public String describe() {
      return Words.list(mounts, Mount::describe);
    }
  }

  /** The network interfaces in the guest's order; test 2.3.a. */
  record Interfaces(List<NetworkInterface> interfaces) implements ObservedValue {
    /** Copies the list. */
    public Interfaces {
      interfaces = List.copyOf(interfaces);
    }

    @Override
    public String describe() {
      return Words.list(interfaces, NetworkInterface::describe);
    }
  }

  /** The IP addresses, interface by interface in the guest's order; test 2.3.b. */
  record Addresses(List<InterfaceAddress> addresses) implements ObservedValue {
    /** Copies the list. */
    public Addresses {
      addresses = List.copyOf(addresses);
    }

    @Override
    public String describe() {
      return Words.list(addresses, InterfaceAddress::describe);
    }
  }

  /** The rules of the guest's own firewall; test 2.3.c. */
  record FirewallRules(List<FirewallRule> rules) implements ObservedValue {
    /** Copies the list. */
    public FirewallRules {
      rules = List.copyOf(rules);
    }

    @Override
    public String describe() {
      return Words.list(rules, FirewallRule::describe);
    }
  }

  /** The guest's routing table; test 2.3.d. */
  record Routes(List<Route> routes) implements ObservedValue {
    /** Copies the list. */
    public Routes {
      routes = List.copyOf(routes);
    }

    @Override
    public String describe() {
      return Words.list(routes, Route::describe);
    }
  }

  /**
   * Echo requests to another machine; tests 2.3.e (private address) and 2.3.f (public address).
   *
   * @param sent the packets that were sent, 1 or more
   * @param lost how many of them had no answer
   * @param totalMillis the time of all answered packets together in milliseconds; null where it was
   *     not measured, as when every packet is lost
   */
  record Ping(int sent, int lost, @Nullable Long totalMillis) implements ObservedValue {
    /**
     * @throws IllegalArgumentException if nothing was sent, more is lost than sent, or the time is
     *     negative
     */
    public Ping {
      Checks.range(sent, 1, Integer.MAX_VALUE, "sent");
      Checks.range(lost, 0, sent, "lost");
      if (totalMillis != null) {
        Checks.range(totalMillis, 0, Long.MAX_VALUE, "totalMillis");
      }
    }

    @Override
    public String describe() {
      return lost
          + " of "
          + sent
          + " packets lost"
          + (totalMillis == null ? ", no time measured" : ", " + totalMillis + " ms in total");
    }
  }

  /**
   * A reverse look-up in the DNS; tests 2.3.g (private address) and 2.3.h (public address).
   *
   * @param address the address that was looked up
   * @param name the name it resolved to; null where it has none
   */
  record ReverseLookup(String address, @Nullable String name) implements ObservedValue {
    /**
     * @throws IllegalArgumentException if a part is blank
     */
    public ReverseLookup {
      Checks.text(address, "address");
      Checks.textOrAbsent(name, "name");
    }

    @Override
    public String describe() {
      return address + (name == null ? " has no name" : " resolves to " + name);
    }
  }

  /** Whether the process of the remote shell runs; test 2.3.i. */
  record ShellProcess(boolean running) implements ObservedValue {
    @Override
    public String describe() {
      return running ? "running" : "not running";
    }
  }

  /**
   * Whether the port of the remote shell is available; test 2.3.j.
   *
   * @param port the TCP port, 1 to 65535
   * @param open whether it accepts connections
   */
  record ShellPort(int port, boolean open) implements ObservedValue {
    /**
     * @throws IllegalArgumentException if the port is out of range
     */
    public ShellPort {
      Checks.range(port, 1, 65535, "port");
    }

    @Override
    public String describe() {
      return "port " + port + (open ? " open" : " closed");
    }
  }

  /**
   * The result of a check that a user supplied, where pass or fail is too coarse; tests 2.5.x (our
   * addition to table III).
   *
   * @param score what the check itself says
   */
  record ApplicationCheck(Score score) implements ObservedValue {
    /** Refuses null. */
    public ApplicationCheck {
      Objects.requireNonNull(score, "score");
    }

    @Override
    public String describe() {
      return "the check says " + score;
    }
  }
}
