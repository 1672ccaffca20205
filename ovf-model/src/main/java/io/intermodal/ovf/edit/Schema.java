package io.intermodal.ovf.edit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Holds the shapes of DSP8023 1.1.1: children in order, attributes with their types. */
final class Schema {

  /** Tells what an attribute or a text must be. */
  enum Type {
    /** Anything. */
    STRING,
    /** true or false. */
    BOOLEAN,
    /** 0 to 65535. */
    UNSIGNED_SHORT,
    /** 0 to 2^32 - 1. */
    UNSIGNED_INT,
    /** 0 to 2^64 - 1. */
    UNSIGNED_LONG,
    /** A signed number of 64 bits. */
    LONG
  }

  /**
   * Is what the schema says about an element.
   *
   * @param children in groups of one rank each; a name ends in {@code *} when it may repeat
   * @param attributes those that OVF has for it
   * @param foreign whether elements of other namespaces may follow
   * @param simple whether it holds text and no elements
   */
  record Shape(
      List<Set<String>> children, Map<String, Type> attributes, boolean foreign, boolean simple) {

    /** Returns the place in the order; -1 for a name that is not there. */
    int rank(String name) {
      for (int i = 0; i < children.size(); i++) {
        if (children.get(i).contains(name) || children.get(i).contains(name + "*")) {
          return i;
        }
      }
      return -1;
    }

    boolean repeats(String name) {
      return children.stream().anyMatch(group -> group.contains(name + "*"));
    }
  }

  /** The children of an Item, in the alphabetical order of the schema. */
  static final List<String> RASD =
      List.of(
          "Address",
          "AddressOnParent",
          "AllocationUnits",
          "AutomaticAllocation",
          "AutomaticDeallocation",
          "Caption",
          "Connection",
          "ConsumerVisibility",
          "Description",
          "ElementName",
          "HostResource",
          "InstanceID",
          "Limit",
          "MappingBehavior",
          "OtherResourceType",
          "Parent",
          "PoolID",
          "Reservation",
          "ResourceSubType",
          "ResourceType",
          "VirtualQuantity",
          "VirtualQuantityUnits",
          "Weight");

  static final Set<String> RASD_REPEATED = Set.of("Connection", "HostResource");

  static final Map<String, Type> RASD_TYPES =
      Map.of(
          "AutomaticAllocation", Type.BOOLEAN,
          "AutomaticDeallocation", Type.BOOLEAN,
          "ConsumerVisibility", Type.UNSIGNED_SHORT,
          "Limit", Type.UNSIGNED_LONG,
          "MappingBehavior", Type.UNSIGNED_SHORT,
          "Reservation", Type.UNSIGNED_LONG,
          "ResourceType", Type.UNSIGNED_SHORT,
          "VirtualQuantity", Type.UNSIGNED_LONG,
          "Weight", Type.UNSIGNED_INT);

  /** The children of System, in order. */
  static final List<String> VSSD =
      List.of(
          "AutomaticRecoveryAction",
          "AutomaticShutdownAction",
          "AutomaticStartupAction",
          "AutomaticStartupActionDelay",
          "AutomaticStartupActionSequenceNumber",
          "Caption",
          "ConfigurationDataRoot",
          "ConfigurationFile",
          "ConfigurationID",
          "CreationTime",
          "Description",
          "ElementName",
          "InstanceID",
          "LogDataRoot",
          "Notes",
          "RecoveryFile",
          "SnapshotDataRoot",
          "SuspendDataRoot",
          "SwapFileDataRoot",
          "VirtualSystemIdentifier",
          "VirtualSystemType");

  static final Map<String, Type> ITEM_ATTRIBUTES =
      Map.of("required", Type.BOOLEAN, "configuration", Type.STRING, "bound", Type.STRING);

  static final Set<String> CONTENT = Set.of("VirtualSystem", "VirtualSystemCollection");

  private static final Shape TEXT = new Shape(List.of(), Map.of("msgid", Type.STRING), false, true);

  private static final Map<String, Shape> SHAPES = new TreeMap<>();

  static {
    put("References", "File*", "", true);
    put("File", "", "id href size:ulong compression chunkSize:long", true);
    put("VirtualSystem", "Info Name", "id", false);
    put("VirtualSystemCollection", "Info Name", "id", false);
    put("Strings", "Msg*", "fileRef", false);
    section("AnnotationSection", "Annotation", "");
    section(
        "ProductSection",
        "Product Vendor Version FullVersion ProductUrl VendorUrl AppUrl Icon* Category*|Property*",
        "class instance");
    put(
        "Property",
        "Label Description Value*",
        "key type qualifiers value userConfigurable:bool password:bool",
        false);
    put("Value", "", "value configuration", true);
    put("Icon", "", "height:ushort width:ushort mimeType fileRef", false);
    section("NetworkSection", "Network*", "");
    put("Network", "Description", "name", false);
    section("DiskSection", "Disk*", "");
    put(
        "Disk",
        "",
        "diskId fileRef capacity capacityAllocationUnits format populatedSize:long parentRef",
        true);
    section("OperatingSystemSection", "Description", "id:ushort version");
    section("EulaSection", "License", "");
    section("VirtualHardwareSection", "System Item*", "id transport");
    section("ResourceAllocationSection", "Item*", "");
    section("InstallSection", "", "initialBootStopDelay:ushort");
    section("StartupSection", "Item*", "");
    put(
        "StartupSection/Item",
        "",
        "id order:ushort startDelay:ushort waitingForGuest:bool stopDelay:ushort startAction"
            + " stopAction",
        false);
    section("DeploymentOptionSection", "Configuration*", "");
    put("Configuration", "Label Description", "id default:bool", false);
    List.of("Info", "Name", "Label", "Description", "Category", "Product", "Vendor", "Version")
        .forEach(text -> SHAPES.put(text, TEXT));
    List.of("FullVersion", "ProductUrl", "VendorUrl", "AppUrl", "License", "Annotation", "Msg")
        .forEach(text -> SHAPES.put(text, TEXT));
  }

  private Schema() {}

  static @Nullable Shape shape(String parent, String name) {
    Shape special = SHAPES.get(parent + "/" + name);
    return special == null ? SHAPES.get(name) : special;
  }

  static boolean section(String name) {
    return name.endsWith("Section") && SHAPES.containsKey(name);
  }

  private static void section(String name, String children, String attributes) {
    put(name, ("Info " + children).strip(), (attributes + " required:bool").strip(), true);
  }

  private static void put(String name, String children, String attributes, boolean foreign) {
    List<Set<String>> groups =
        words(children).stream().map(group -> Set.of(group.split("\\|"))).toList();
    Map<String, Type> types = new TreeMap<>();
    for (String attribute : words(attributes)) {
      int colon = attribute.indexOf(':');
      types.put(
          colon < 0 ? attribute : attribute.substring(0, colon),
          colon < 0 ? Type.STRING : type(attribute.substring(colon + 1)));
    }
    SHAPES.put(name, new Shape(groups, types, foreign, false));
  }

  private static Type type(String word) {
    return switch (word) {
      case "bool" -> Type.BOOLEAN;
      case "ushort" -> Type.UNSIGNED_SHORT;
      case "ulong" -> Type.UNSIGNED_LONG;
      case "long" -> Type.LONG;
      default -> throw new IllegalArgumentException(word);
    };
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
  }
}
