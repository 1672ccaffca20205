package io.intermodal.evaluate;

import io.intermodal.evaluate.ObservedValue.Addresses;
import io.intermodal.evaluate.ObservedValue.FirewallRules;
import io.intermodal.evaluate.ObservedValue.Interfaces;
import io.intermodal.evaluate.ObservedValue.Routes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Tests 2.3.a to 2.3.d of table III. Every entry of the source must have a counterpart on the
 * target; how counterparts are found is our decision. One that has none is missing, which beats
 * changed.
 */
final class NetworkComparison {
  private NetworkComparison() {}

  /** Pairs interfaces by hardware address, then by name, then by order. */
  static Verdict interfaces(Interfaces source, Interfaces target, RuleParameters parameters) {
    if (source.interfaces().equals(target.interfaces())) {
      return Verdict.unchanged(target);
    }
    return verdict(
        Pairing.of(source.interfaces(), target.interfaces())
            .by(entry -> entry)
            .by(NetworkInterface::mac)
            .by(NetworkInterface::name)
            .byOrder(),
        NetworkComparison::same,
        target,
        NetworkInterface::describe,
        parameters);
  }

  private static boolean same(NetworkInterface source, NetworkInterface target) {
    return source.name().equals(target.name())
        && (source.mac() == null || target.mac() == null || source.mac().equals(target.mac()));
  }

  /** Pairs addresses by interface, and interfaces by name, then by order. */
  static Verdict addresses(Addresses source, Addresses target, RuleParameters parameters) {
    if (source.addresses().equals(target.addresses())) {
      return Verdict.unchanged(target);
    }
    Map<String, String> sourceNames = sourceNames(names(source), names(target));
    // An address as it would be called on the source, beside the address as it is.
    record Entry(InterfaceAddress named, InterfaceAddress actual) {}
    List<Entry> before = new ArrayList<>();
    for (InterfaceAddress address : source.addresses()) {
      before.add(new Entry(address, address));
    }
    List<Entry> after = new ArrayList<>();
    for (InterfaceAddress address : target.addresses()) {
      String name = sourceNames.getOrDefault(address.interfaceName(), address.interfaceName());
      after.add(new Entry(new InterfaceAddress(name, address.address()), address));
    }
    return verdict(
        Pairing.of(before, after).by(Entry::named).by(entry -> entry.named().interfaceName()),
        (one, other) -> one.actual().equals(other.actual()),
        target,
        entry -> entry.actual().describe(),
        parameters);
  }

  private static List<String> names(Addresses addresses) {
    Set<String> names = new LinkedHashSet<>();
    for (InterfaceAddress address : addresses.addresses()) {
      names.add(address.interfaceName());
    }
    return List.copyOf(names);
  }

  /** The source's name of every interface of the target that has a counterpart. */
  private static Map<String, String> sourceNames(List<String> source, List<String> target) {
    Pairing<String> pairing = Pairing.of(source, target).by(name -> name).byOrder();
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < source.size(); i++) {
      String counterpart = pairing.counterpartOf(i);
      if (counterpart != null) {
        names.put(counterpart, source.get(i));
      }
    }
    return names;
  }

  /** Pairs firewall rules by chain and match; their order does not matter. */
  static Verdict firewall(FirewallRules source, FirewallRules target, RuleParameters parameters) {
    if (source.rules().equals(target.rules())) {
      return Verdict.unchanged(target);
    }
    return verdict(
        Pairing.of(source.rules(), target.rules())
            .by(rule -> rule)
            .by(rule -> List.of(rule.chain(), rule.match())),
        FirewallRule::equals,
        target,
        FirewallRule::describe,
        parameters);
  }

  /** Pairs routes by destination; their order does not matter. */
  static Verdict routes(Routes source, Routes target, RuleParameters parameters) {
    if (source.routes().equals(target.routes())) {
      return Verdict.unchanged(target);
    }
    return verdict(
        Pairing.of(source.routes(), target.routes()).by(route -> route).by(Route::destination),
        Route::equals,
        target,
        Route::describe,
        parameters);
  }

  private static <T> Verdict verdict(
      Pairing<T> pairing,
      BiPredicate<? super T, ? super T> same,
      ObservedValue target,
      Function<? super T, String> words,
      RuleParameters parameters) {
    Differences<T> differences = pairing.differences(same);
    return differences.isEmpty()
        ? Verdict.unchanged(target)
        : Verdict.of(differences.score(parameters), () -> differences.describe(words));
  }

  static String words(RuleParameters parameters) {
    return "SUCCESS if unchanged, WARNING if an entry changed, FAILURE if one is missing;"
        + " an entry that only the target has is a "
        + parameters.extraEntries();
  }
}
