package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.xml.XmlComment;
import io.intermodal.xml.XmlDocument;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlInstruction;
import io.intermodal.xml.XmlName;
import java.util.List;
import java.util.Random;

/** Writes a shape as products write it, in every dialect, with things of others in between. */
final class ShapeWriter {

  private final EnvelopeShape shape;
  private final Random random;
  private final String namespace;
  private final boolean typed;

  private ShapeWriter(EnvelopeShape shape) {
    this.shape = shape;
    this.random = new Random(shape.seed());
    this.namespace =
        switch (shape.form()) {
          case DRAFT_0_9 -> Dialect.OVF09;
          case VERSION_1 -> Dialect.OVF1;
          case VERSION_2, VERSION_2_ITEMS_OF_THEIR_OWN -> Dialect.OVF2;
          case OVIRT -> Dialect.OVIRT;
        };
    this.typed = namespace.equals(Dialect.OVF09) || namespace.equals(Dialect.OVIRT);
  }

  static XmlDocument document(EnvelopeShape shape) {
    return new ShapeWriter(shape).document();
  }

  private XmlDocument document() {
    XmlElement.Builder root = XmlElement.builder(ovf("Envelope"));
    root.namespace("ovf", namespace).namespace("rasd", Dialect.RASD).namespace("xsi", Dialect.XSI);
    if (!shape.prefixed()) {
      root.namespace("", namespace);
    }
    root.add(XmlElement.builder(ovf("References")).build());
    XmlElement.Builder disks = section("DiskSection");
    for (int i = 0; i < shape.systems().size(); i++) {
      List<Long> sizes = shape.systems().get(i).disks();
      for (int j = 0; j < sizes.size(); j++) {
        disks.add(disk(diskId(i, j), sizes.get(j)));
        disturb(disks);
      }
    }
    root.add(disks.build());
    boolean many = shape.systems().size() > 1;
    XmlElement.Builder content = many ? content("VirtualSystemCollection", "all") : root;
    for (int i = 0; i < shape.systems().size(); i++) {
      disturb(content);
      content.add(system(i, shape.systems().get(i)));
    }
    if (many) {
      root.add(content.build());
    }
    return new XmlDocument(
        List.of(new XmlComment(" é "), new XmlInstruction("t", "a  b")),
        root.build(),
        List.of(new XmlComment("")),
        "UTF-8",
        List.of());
  }

  private XmlElement disk(String id, long mib) {
    XmlElement.Builder disk = XmlElement.builder(ovf("Disk"));
    attribute(disk, "diskId", id);
    attribute(disk, "capacity", String.valueOf(mib));
    attribute(
        disk,
        "capacityAllocationUnits",
        pick("byte * 2^20", "byte*2 ^ 20", "MegaBytes", "byte * 1024 * 1024"));
    return disk.build();
  }

  private XmlElement system(int index, EnvelopeShape.Vm system) {
    XmlElement.Builder content = content("VirtualSystem", "vm" + index);
    content.add(XmlElement.builder(ovf("Name")).text(system.name()).build());
    XmlElement.Builder hardware = section("VirtualHardwareSection");
    hardware.add(item(1, 3, cpus(system.cpus())));
    hardware.add(
        item(
            2,
            4,
            List.of(
                List.of("VirtualQuantity", String.valueOf(system.memoryMib())),
                List.of("AllocationUnits", pick("byte * 2^20", "MegaBytes", " byte*2^20 ")))));
    int id = 10;
    for (int j = 0; j < system.disks().size(); j++) {
      disturb(hardware);
      String resource = pick("ovf:/disk/", "/disk/", "ovf://disk/") + diskId(index, j);
      hardware.add(device("StorageItem", id++, 17, List.of(List.of("HostResource", resource))));
    }
    for (String network : system.networks()) {
      hardware.add(device("EthernetPortItem", id++, 10, List.of(List.of("Connection", network))));
    }
    return content.add(hardware.build()).build();
  }

  /** oVirt states a product of three numbers where everybody else has the number. */
  private List<List<String>> cpus(int number) {
    return shape.form() == EnvelopeShape.Form.OVIRT && number % 2 == 0
        ? List.of(
            List.of("num_of_sockets", "2"),
            List.of("cpu_per_socket", String.valueOf(number / 2)),
            List.of("threads_per_cpu", "1"))
        : List.of(List.of("VirtualQuantity", String.valueOf(number)));
  }

  private XmlElement device(String own, int id, int type, List<List<String>> children) {
    boolean ownItem = shape.form() == EnvelopeShape.Form.VERSION_2_ITEMS_OF_THEIR_OWN;
    return ownItem
        ? item(own, own.replaceFirst("Item", "AllocationSettingData"), id, type, children)
        : item(id, type, children);
  }

  private XmlElement item(int id, int type, List<List<String>> children) {
    return item("Item", "ResourceAllocationSettingData", id, type, children);
  }

  private XmlElement item(
      String name, String cimClass, int id, int type, List<List<String>> children) {
    boolean old = shape.form() == EnvelopeShape.Form.DRAFT_0_9;
    XmlElement.Builder item = XmlElement.builder(ovf(name));
    cim(item, cimClass, old ? "Caption" : "ElementName", "é " + id);
    cim(item, cimClass, old ? "InstanceId" : "InstanceID", String.valueOf(id));
    children.forEach(c -> cim(item, cimClass, c.get(0), c.get(1)));
    disturb(item);
    cim(item, cimClass, "ResourceType", pick("", " ", "\n") + type);
    return item.build();
  }

  private void cim(XmlElement.Builder to, String cimClass, String name, String text) {
    String prefix = cimClass.startsWith("Resource") ? "rasd" : "c";
    XmlElement.Builder child =
        XmlElement.builder(new XmlName(Dialect.CIM + cimClass, name, prefix));
    if (prefix.equals("c")) {
      child.namespace(prefix, Dialect.CIM + cimClass);
    }
    to.add(child.text(text).build());
  }

  private XmlElement.Builder section(String name) {
    XmlElement.Builder section = XmlElement.builder(ovf(typed ? "Section" : name));
    return head(section, name);
  }

  private XmlElement.Builder content(String name, String id) {
    XmlElement.Builder content = XmlElement.builder(ovf(typed ? "Content" : name));
    attribute(content, "id", id);
    return head(content, name);
  }

  private XmlElement.Builder head(XmlElement.Builder element, String name) {
    if (typed) {
      element.attribute(new XmlName(Dialect.XSI, "type", "xsi"), "ovf:" + name + "_Type");
    }
    return element.add(XmlElement.builder(ovf("Info")).text("i").build());
  }

  private void attribute(XmlElement.Builder to, String name, String value) {
    to.attribute(
        shape.form() == EnvelopeShape.Form.OVIRT
            ? XmlName.local(name)
            : new XmlName(namespace, name, "ovf"),
        value);
  }

  private XmlName ovf(String name) {
    return new XmlName(namespace, name, shape.prefixed() ? "ovf" : "");
  }

  private static String diskId(int system, int disk) {
    return "d" + system + "-" + disk + " é";
  }

  /** Adds what a reader has to keep and not to understand. */
  private void disturb(XmlElement.Builder to) {
    switch (random.nextInt(7)) {
      case 0 -> to.text("\n\t ");
      case 1 -> to.add(new XmlComment("<Item/> & é"));
      case 2 -> to.add(new XmlInstruction("t", ""));
      case 3 -> to.add(foreign(3));
      default -> {
        // Mostly nothing.
      }
    }
  }

  private XmlElement foreign(int depth) {
    String prefix = pick("x", "ovf", "rasd", "");
    XmlElement.Builder element =
        XmlElement.builder(new XmlName("urn:other", pick("Item", "Disk", "Other", "漢"), prefix));
    element.namespace(prefix, "urn:other");
    element.attribute(XmlName.local("id"), pick("", "\"'<&>\n\t\r", "\uD83D\uDCBE"));
    element.attribute(new XmlName(Dialect.VMW, "k", "v"), "1");
    element.namespace("v", Dialect.VMW);
    element.text(pick(" ", "]]>", "&amp;", "\r\n", "漢"));
    if (depth > 0) {
      element.add(foreign(depth - 1)).add(new XmlComment(""));
    }
    return element.build();
  }

  private String pick(String... of) {
    return of[random.nextInt(of.length)];
  }
}
