package io.intermodal.driver.libvirt;

import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.xml.XmlElement;

/** Turns a domain's document into the neutral machine. */
final class DomainDefinition {

  private DomainDefinition() {}

  static MachineSpec read(Session session, String xml) {
    XmlElement root = DomainXml.parse(xml);
    MachineSpec.Builder machine =
        MachineSpec.named(DomainXml.text(root, "name").orElse("unnamed"))
            .uuid(DomainXml.text(root, "uuid").orElse(null));
    DomainXml.text(root, "vcpu").map(Integer::valueOf).ifPresent(machine::cpus);
    DomainXml.text(root, "memory")
        .map(kib -> Math.multiplyExact(Long.parseLong(kib), 1024L))
        .ifPresent(machine::memoryBytes);
    return machine.build();
  }
}
