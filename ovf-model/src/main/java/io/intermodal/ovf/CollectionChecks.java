package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reports what is wrong with collections and their start orders (DSP0243 "StartupSection"). */
final class CollectionChecks {

  private static final Set<String> START_ACTIONS = Set.of("poweron", "none");

  /** The specification's, and suspend, which VMware writes. */
  private static final Set<String> STOP_ACTIONS =
      Set.of("poweroff", "guestshutdown", "none", "suspend");

  private final Dialect dialect;
  private final Findings findings;

  CollectionChecks(Dialect dialect, Findings findings) {
    this.dialect = dialect;
    this.findings = findings;
  }

  /** Checks start orders at the envelope, where XenCenter writes them. */
  void envelope(Envelope envelope) {
    envelope.sections().stream()
        .filter(Section.Startup.class::isInstance)
        .forEach(
            section -> {
              findings.add(
                  FindingCode.STARTUP_AT_ENVELOPE,
                  section.header().element(),
                  "the start order stands in the envelope and not in a collection");
              items(section, null);
            });
  }

  void check(Content.VirtualSystemCollection group) {
    if (group.members().isEmpty()) {
      findings.add(FindingCode.COLLECTION_EMPTY, group.element(), "the collection holds no system");
    }
    Set<String> members = new HashSet<>();
    for (Content member : group.members()) {
      if (member.id() != null) {
        members.add(member.id());
      }
    }
    group.sections(Section.Startup.class).forEach(section -> items(section, members));
  }

  private void items(Section section, @Nullable Set<String> members) {
    dialect.children(section.header().element(), "Item").forEach(item -> item(item, members));
  }

  private void item(XmlElement item, @Nullable Set<String> members) {
    String id = dialect.filled(item, "id");
    if (id == null) {
      return;
    }
    if (members != null && !members.contains(id)) {
      findings.add(
          FindingCode.STARTUP_UNKNOWN,
          item,
          "the start order names a system that is not in the collection: " + Texts.shorten(id));
    }
    if (dialect.filled(item, "order") == null) {
      findings.add(FindingCode.STARTUP_INVALID, item, "the item of the start order has no order");
    }
    for (String name : new String[] {"order", "startDelay", "stopDelay"}) {
      Integer number = Texts.number(dialect.filled(item, name));
      if (number != null && !FileChecks.ushort(number)) {
        findings.add(
            FindingCode.STARTUP_INVALID, item, "the " + name + " is above 65535: " + number);
      }
    }
    action(item, "startAction", START_ACTIONS);
    action(item, "stopAction", STOP_ACTIONS);
  }

  private void action(XmlElement item, String name, Set<String> known) {
    String action = dialect.filled(item, name);
    if (action != null && !known.contains(action.toLowerCase(Locale.ROOT))) {
      findings.add(
          FindingCode.STARTUP_INVALID,
          item,
          "the " + name + " is not known: " + Texts.shorten(action));
    }
  }
}
