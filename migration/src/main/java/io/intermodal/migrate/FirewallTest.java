package io.intermodal.migrate;

import io.intermodal.IntermodalException;
import io.intermodal.hypervisor.Capabilities;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.NicSpec;
import io.intermodal.hypervisor.Operation;
import io.intermodal.hypervisor.PacketRule;
import io.intermodal.hypervisor.Support;
import io.intermodal.hypervisor.UnsupportedOperation;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Applies a packet rule and takes it away (1.5.c), at a card of its own: the rules of the machine's
 * cards cannot be read, so they could not be put back.
 */
final class FirewallTest {

  /** Drops what nobody sends: the discard service from a network for documentation (RFC 5737). */
  private static final PacketRule HARMLESS =
      new PacketRule(
          PacketRule.Direction.IN,
          PacketRule.Action.DROP,
          PacketRule.Protocol.TCP,
          9,
          9,
          "192.0.2.0/24");

  private final Machine machine;
  private final Capabilities capabilities;
  private @Nullable String card;

  FirewallTest(Machine machine) {
    this.machine = machine;
    this.capabilities = machine.hypervisor().capabilities();
  }

  /** Tells whether the card can come and go while the guest runs, so that the rule is in force. */
  boolean isLive() {
    return isLive(Operation.ATTACH_NIC)
        && isLive(Operation.DETACH_NIC)
        && isLive(Operation.FIREWALL);
  }

  private boolean isLive(Operation operation) {
    return capabilities.support(operation).effect() == Support.Effect.LIVE;
  }

  void run() {
    if (!capabilities.supports(Operation.ATTACH_NIC)
        || !capabilities.supports(Operation.DETACH_NIC)) {
      throw new TestImpossible(
          "no card of its own can be attached and detached, and the rules of the machine's cards"
              + " must stay as they are");
    }
    try {
      String key = attach();
      machine.setFirewall(key, List.of(HARMLESS));
      machine.setFirewall(key, List.of());
    } catch (UnsupportedOperation e) {
      throw new TestImpossible(
          e.operation().displayName() + " is declared but the driver does not carry it out");
    } finally {
      detach();
    }
  }

  private String attach() {
    Set<String> before = keys();
    String key = "intermodal-test";
    while (before.contains(key)) {
      key += "-";
    }
    List<NicSpec> cards = machine.spec().nics();
    List<String> networks = machine.hypervisor().resources().networks();
    @Nullable String network =
        cards.isEmpty() ? (networks.isEmpty() ? null : networks.get(0)) : cards.get(0).network();
    @Nullable String model =
        capabilities.nicModels().isEmpty() ? null : capabilities.nicModels().get(0);
    card = key;
    machine.attachNic(new NicSpec(key, model, network, null));
    // A driver may have keys of its own.
    card = keys().stream().filter(one -> !before.contains(one)).findFirst().orElse(key);
    return card;
  }

  private Set<String> keys() {
    return machine.spec().nics().stream().map(NicSpec::key).collect(Collectors.toSet());
  }

  /** A failure is told later, when it was tried once more with the machine stopped. */
  private void detach() {
    String key = card;
    if (key == null || !keys().contains(key)) {
      card = null;
      return;
    }
    try {
      machine.detachNic(key);
    } catch (RuntimeException e) {
      System.getLogger(FirewallTest.class.getName())
          .log(System.Logger.Level.DEBUG, "the test card could not be detached yet", e);
    }
  }

  /** Sees to it that a stopped machine has not kept the card. */
  void requireRemoved() {
    String key = card;
    if (key == null || !keys().contains(key)) {
      return;
    }
    try {
      machine.detachNic(key);
    } catch (RuntimeException e) {
      if (keys().contains(key)) {
        throw new IntermodalException(
            MigrateError.TEST_CARD_LEFT,
            "cannot go on with "
                + machine.name()
                + ": the test network card "
                + key
                + " could not be detached again ("
                + e.getMessage()
                + "); detach it yourself",
            key,
            e);
      }
    }
  }
}
