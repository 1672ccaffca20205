package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the items of a hardware or resource section, whatever order their children have. */
final class ItemParser {

  private final Dialect dialect;
  private final Findings findings;

  ItemParser(Dialect dialect, Findings findings) {
    this.dialect = dialect;
    this.findings = findings;
  }

  List<Item> items(XmlElement section) {
    List<Item> items = new ArrayList<>();
    section
        .elements()
        .forEach(
            e -> {
              if (dialect.is(e, "Item")) {
                items.add(item(e, Item.Kind.ITEM));
              } else if (dialect.is(e, "StorageItem")) {
                items.add(item(e, Item.Kind.STORAGE));
              } else if (dialect.is(e, "EthernetPortItem")) {
                items.add(item(e, Item.Kind.ETHERNET_PORT));
              }
            });
    return items;
  }

  /** Reads the items of a port profile, which are all of ports. */
  List<Item> portItems(XmlElement profile) {
    return dialect.children(profile, "Item").map(e -> item(e, Item.Kind.ETHERNET_PORT)).toList();
  }

  private Item item(XmlElement e, Item.Kind kind) {
    CimTexts cim = new CimTexts(e);
    String instanceId = cim.either("InstanceID", "InstanceId");
    if (instanceId == null) {
      findings.add(FindingCode.INSTANCE_ID_MISSING, e, "the item has no InstanceID");
    }
    Item.Bound bound = bound(e);
    return new Item(
        kind,
        instanceId,
        cim.either("ElementName", "Caption"),
        type(e, cim, kind),
        cim.text("ResourceSubType"),
        quantity(e, cim, bound),
        units(cim),
        cim.text("Parent"),
        cim.text("AddressOnParent"),
        cim.either("Address", "BusNumber"),
        cim.texts("HostResource"),
        cim.texts("Connection"),
        flag(cim.text("AutomaticAllocation")),
        Texts.words(dialect.filled(e, "configuration")),
        bound,
        !Texts.isFalse(dialect.filled(e, "required")),
        e);
  }

  private @Nullable Integer type(XmlElement e, CimTexts cim, Item.Kind kind) {
    String text = cim.text("ResourceType");
    if (text == null) {
      if (kind == Item.Kind.ITEM) {
        findings.add(FindingCode.RESOURCE_TYPE_MISSING, e, "the item has no ResourceType");
      }
      return null;
    }
    Integer type = Texts.number(text);
    if (type == null) {
      findings.add(
          FindingCode.RESOURCE_TYPE_MISSING,
          e,
          "the ResourceType is not a number: " + Texts.shorten(text));
    }
    return type;
  }

  private @Nullable BigInteger quantity(XmlElement e, CimTexts cim, Item.Bound bound) {
    String text = cim.text("VirtualQuantity");
    if (bound != Item.Bound.NORMAL && !rangeOfNumbers(cim)) {
      findings.add(FindingCode.BOUND_INVALID, e, "the range marker has a value that is no number");
      return null;
    }
    BigInteger number = Numbers.whole(text, "the VirtualQuantity", e, findings);
    if (number != null && number.signum() < 0) {
      findings.add(FindingCode.NUMBER_INVALID, e, "the VirtualQuantity is negative");
      return null;
    }
    return number;
  }

  private static boolean rangeOfNumbers(CimTexts cim) {
    for (String name : List.of("VirtualQuantity", "Reservation", "Limit")) {
      String text = cim.text(name);
      if (text != null && !Texts.areDigits(text, 40)) {
        return false;
      }
    }
    return true;
  }

  private Item.Bound bound(XmlElement e) {
    String text = dialect.filled(e, "bound");
    if (text == null) {
      return Item.Bound.NORMAL;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "normal" -> Item.Bound.NORMAL;
      case "min" -> Item.Bound.MIN;
      case "max" -> Item.Bound.MAX;
      default -> {
        findings.add(
            FindingCode.BOUND_INVALID,
            e,
            "the bound is not normal, min or max: " + Texts.shorten(text));
        yield Item.Bound.NORMAL;
      }
    };
  }

  /** OVF has the unit in AllocationUnits; CIM's own place for it counts where that is absent. */
  private static @Nullable String units(CimTexts cim) {
    String text = cim.text("AllocationUnits");
    String own = cim.text("VirtualQuantityUnits");
    boolean bytes =
        own != null && ProgrammaticUnit.parse(own).filter(u -> u.base().equals("byte")).isPresent();
    return text == null && bytes ? own : text;
  }

  private static @Nullable Boolean flag(@Nullable String text) {
    if (Texts.isTrue(text)) {
      return true;
    }
    return Texts.isFalse(text) ? Boolean.FALSE : null;
  }
}
