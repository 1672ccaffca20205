package io.intermodal.ovf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Reads values that single products put where nobody else does. */
class DialectValuesTest {

  /** Makes an envelope of one disk and one machine with the items given. */
  private static Machine machine(String items) {
    String cim = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_";
    String text =
        "<Envelope xmlns='http://schemas.dmtf.org/ovf/envelope/2'"
            + " xmlns:ovf='http://schemas.dmtf.org/ovf/envelope/2'"
            + " xmlns:rasd='"
            + cim
            + "ResourceAllocationSettingData' xmlns:sasd='"
            + cim
            + "StorageAllocationSettingData.xsd'><References/><DiskSection><Info/>"
            + "<Disk ovf:diskId='d' ovf:capacity='7'/></DiskSection><VirtualSystem ovf:id='vm'>"
            + "<Info/><VirtualHardwareSection><Info/>"
            + items
            + "</VirtualHardwareSection></VirtualSystem></Envelope>";
    return Envelope.read("a", text.getBytes(StandardCharsets.UTF_8)).machines(null).get(0);
  }

  @Test
  void readsWhatACloudManagerWrites() throws IOException {
    Envelope envelope = Envelope.read("cluster.ovf", EnvelopeTest.sample("cluster.ovf"));
    assertThat(envelope.version()).contains(OvfVersion.V0_9);
    Disk disk = envelope.disks().get(0);
    assertThat(disk.capacityBytes()).isEqualTo(3L << 30);
    assertThat(disk.parentRef()).isNull();
    assertThat(envelope.fileOf(disk)).map(FileReference::sizeBytes).contains(1000L);
    Machine machine = envelope.machines(null).get(0);
    assertThat(machine.cpus()).isEqualTo(12);
    assertThat(machine.coresPerSocket()).isEqualTo(3);
    assertThat(machine.memoryBytes()).isEqualTo(2L << 30);
    assertThat(machine.firmware()).isEqualTo(Firmware.EFI);
    assertThat(machine.guestOs()).isEqualTo(new GuestOs("5272b689", null, "debian_12", null));
    assertThat(machine.disks().get(0).diskId()).isEqualTo("image");
    assertThat(machine.disks().get(0).bus()).isEqualTo("scsi");
    Machine.Nic nic = machine.nics().get(0);
    assertThat(nic.model()).isEqualTo("3");
    assertThat(nic.network()).isEqualTo("ovirtmgmt");
    assertThat(nic.mac()).isEqualTo("56:6f:00:00:00:1a");
  }

  @Test
  void takesAStorageItemWithADiskForADisk() {
    Machine machine =
        machine(
            "<StorageItem><sasd:InstanceID>1</sasd:InstanceID>"
                + "<sasd:HostResource>/disk/d</sasd:HostResource></StorageItem>"
                + "<StorageItem><sasd:InstanceID>2</sasd:InstanceID></StorageItem>");
    assertThat(machine.disks()).extracting(Machine.AttachedDisk::diskId).containsExactly("d");
    assertThat(machine.disks().get(0).capacityBytes()).isEqualTo(7);
  }

  @Test
  void takesTheUnitOfMemoryFromTheQuantityWhereItIsStatedThereOnly() {
    String item =
        "<Item><rasd:InstanceID>1</rasd:InstanceID><rasd:ResourceType>4</rasd:ResourceType>"
            + "<rasd:VirtualQuantity>5</rasd:VirtualQuantity>"
            + "<rasd:VirtualQuantityUnits>%s</rasd:VirtualQuantityUnits>%s</Item>";
    assertThat(machine(item.formatted("byte * 2^30", "")).memoryBytes()).isEqualTo(5L << 30);
    assertThat(machine(item.formatted("count", "")).memoryBytes()).isEqualTo(5);
    String both = "<rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits>";
    assertThat(machine(item.formatted("byte", both)).memoryBytes()).isEqualTo(5L << 20);
  }

  @Test
  void linksADiskToTheFirstControllerOfItsParent() {
    String item =
        "<Item><rasd:InstanceID>%s</rasd:InstanceID><rasd:ResourceType>%s</rasd:ResourceType>"
            + "<rasd:Parent>3</rasd:Parent></Item>";
    Machine machine =
        machine(item.formatted("3", "6") + item.formatted("3", "5") + item.formatted("4", "17"));
    assertThat(machine.disks()).extracting(Machine.AttachedDisk::bus).containsExactly("scsi");
  }
}
