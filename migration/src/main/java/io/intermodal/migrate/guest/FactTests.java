package io.intermodal.migrate.guest;

import io.intermodal.evaluate.TestCatalog;
import io.intermodal.evaluate.TestId;
import io.intermodal.hypervisor.GuestFacts;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Says which part of the facts is of which test. */
final class FactTests {

  private static final Map<TestId, Function<GuestFacts, @Nullable Object>> PARTS =
      Map.ofEntries(
          Map.entry(TestCatalog.KERNEL, GuestFacts::kernelRelease),
          Map.entry(TestCatalog.CPU, GuestFacts::cores),
          Map.entry(TestCatalog.MEMORY, GuestFacts::memoryBytes),
          Map.entry(TestCatalog.DISK, GuestFacts::mounts),
          Map.entry(TestCatalog.INTERFACES, GuestFacts::interfaces),
          Map.entry(TestCatalog.ADDRESSES, GuestFacts::addresses),
          Map.entry(TestCatalog.FIREWALL, GuestFacts::firewallRules),
          Map.entry(TestCatalog.ROUTES, GuestFacts::routes),
          Map.entry(TestCatalog.PING_PRIVATE, GuestFacts::privatePing),
          Map.entry(TestCatalog.PING_PUBLIC, GuestFacts::publicPing),
          Map.entry(TestCatalog.LOOKUP_PRIVATE, GuestFacts::privateLookup),
          Map.entry(TestCatalog.LOOKUP_PUBLIC, GuestFacts::publicLookup),
          Map.entry(TestCatalog.SHELL_PROCESS, GuestFacts::remoteShellRunning),
          Map.entry(TestCatalog.SHELL_PORT, GuestFacts::remoteShellPort));

  private FactTests() {}

  /** Tells whether the facts answer a test of set 2. */
  static boolean isKnown(GuestFacts facts, TestId test) {
    Function<GuestFacts, @Nullable Object> part = PARTS.get(test);
    return part == null
        ? facts.userAndFileChecks().containsKey(test.text())
        : part.apply(facts) != null;
  }
}
