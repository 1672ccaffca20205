package io.intermodal.benchmark;

import java.nio.charset.StandardCharsets;

/**
 * Makes descriptors of any size as real ones are: machines with hardware of a dozen devices,
 * properties with labels, sections of a vendor. All that is in them is sound.
 */
final class DescriptorInput {

  private static final String HEAD =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <ovf:Envelope xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
          xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData"
          xmlns:vssd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData"
          xmlns:vmw="http://www.vmware.com/schema/ovf">
        <ovf:References>
      """;

  private static final String SYSTEM =
      """
          <ovf:VirtualSystem ovf:id="vm@">
            <ovf:Info>A virtual machine of the appliance</ovf:Info>
            <ovf:Name>node-@</ovf:Name>
            <ovf:OperatingSystemSection ovf:id="96" vmw:osType="debian12_64Guest">
              <ovf:Info>The kind of installed guest operating system</ovf:Info>
              <ovf:Description>Debian GNU/Linux 12 (64-bit)</ovf:Description>
            </ovf:OperatingSystemSection>
            <ovf:VirtualHardwareSection ovf:transport="iso com.vmware.guestInfo">
              <ovf:Info>Virtual hardware requirements</ovf:Info>
              <ovf:System>
                <vssd:ElementName>Virtual Hardware Family</vssd:ElementName>
                <vssd:InstanceID>0</vssd:InstanceID>
                <vssd:VirtualSystemIdentifier>node-@</vssd:VirtualSystemIdentifier>
                <vssd:VirtualSystemType>vmx-14</vssd:VirtualSystemType>
              </ovf:System>
              <ovf:Item>
                <rasd:AllocationUnits>hertz * 10^6</rasd:AllocationUnits>
                <rasd:Description>Number of Virtual CPUs</rasd:Description>
                <rasd:ElementName>4 virtual CPU(s)</rasd:ElementName>
                <rasd:InstanceID>1</rasd:InstanceID>
                <rasd:ResourceType>3</rasd:ResourceType>
                <rasd:VirtualQuantity>4</rasd:VirtualQuantity>
              </ovf:Item>
              <ovf:Item>
                <rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits>
                <rasd:Description>Memory Size</rasd:Description>
                <rasd:ElementName>8192MB of memory</rasd:ElementName>
                <rasd:InstanceID>2</rasd:InstanceID>
                <rasd:ResourceType>4</rasd:ResourceType>
                <rasd:VirtualQuantity>8192</rasd:VirtualQuantity>
              </ovf:Item>
              <ovf:Item>
                <rasd:Address>0</rasd:Address>
                <rasd:Description>SCSI Controller</rasd:Description>
                <rasd:ElementName>SCSI controller 0</rasd:ElementName>
                <rasd:InstanceID>3</rasd:InstanceID>
                <rasd:ResourceSubType>VirtualSCSI</rasd:ResourceSubType>
                <rasd:ResourceType>6</rasd:ResourceType>
                <vmw:Config ovf:required="false" vmw:key="slotInfo.pciSlotNumber" vmw:value="160"/>
              </ovf:Item>
              <ovf:Item>
                <rasd:AddressOnParent>0</rasd:AddressOnParent>
                <rasd:ElementName>Hard disk 1</rasd:ElementName>
                <rasd:HostResource>ovf:/disk/disk@</rasd:HostResource>
                <rasd:InstanceID>4</rasd:InstanceID>
                <rasd:Parent>3</rasd:Parent>
                <rasd:ResourceType>17</rasd:ResourceType>
                <vmw:Config ovf:required="false" vmw:key="backing.writeThrough" vmw:value="false"/>
              </ovf:Item>
              <ovf:Item>
                <rasd:AddressOnParent>7</rasd:AddressOnParent>
                <rasd:AutomaticAllocation>true</rasd:AutomaticAllocation>
                <rasd:Connection>VM Network</rasd:Connection>
                <rasd:Description>VmxNet3 ethernet adapter on "VM Network"</rasd:Description>
                <rasd:ElementName>Network adapter 1</rasd:ElementName>
                <rasd:InstanceID>5</rasd:InstanceID>
                <rasd:ResourceSubType>VmxNet3</rasd:ResourceSubType>
                <rasd:ResourceType>10</rasd:ResourceType>
                <vmw:Config ovf:required="false" vmw:key="wakeOnLanEnabled" vmw:value="true"/>
              </ovf:Item>
              <vmw:Config ovf:required="false" vmw:key="firmware" vmw:value="efi"/>
              <vmw:Config ovf:required="false" vmw:key="tools.syncTimeWithHost" vmw:value="false"/>
            </ovf:VirtualHardwareSection>
            <ovf:ProductSection>
              <ovf:Info>Information about the installed software</ovf:Info>
              <ovf:Product>Appliance</ovf:Product>
              <ovf:Vendor>Intermodal</ovf:Vendor>
              <ovf:Version>1.0</ovf:Version>
              <ovf:Category>Networking</ovf:Category>
              <ovf:Property ovf:key="hostname" ovf:type="string" ovf:userConfigurable="true" ovf:value="node-@">
                <ovf:Label>Host name</ovf:Label>
                <ovf:Description>The name by which the machine is known in its network.</ovf:Description>
              </ovf:Property>
              <ovf:Property ovf:key="url" ovf:type="string" ovf:value="https://${hostname}/">
                <ovf:Label>Address</ovf:Label>
              </ovf:Property>
            </ovf:ProductSection>
          </ovf:VirtualSystem>
      """;

  private static final String FILE =
      """
          <ovf:File ovf:id="file@" ovf:href="disk@.vmdk" ovf:size="68608"/>
      """;

  private static final String DISK =
      """
          <ovf:Disk ovf:diskId="disk@" ovf:fileRef="file@" ovf:capacity="16" ovf:capacityAllocationUnits="byte * 2^30"
            ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"/>
      """;

  private DescriptorInput() {}

  /** Returns a descriptor of at least this many bytes, less than one machine more. */
  static byte[] ofBytes(int bytes) {
    StringBuilder files = new StringBuilder();
    StringBuilder disks = new StringBuilder();
    StringBuilder systems = new StringBuilder();
    for (int i = 0; files.length() + disks.length() + systems.length() < bytes; i++) {
      files.append(numbered(FILE, i));
      disks.append(numbered(DISK, i));
      systems.append(numbered(SYSTEM, i));
    }
    String text =
        HEAD
            + files
            + "  </ovf:References>\n  <ovf:DiskSection>\n    <ovf:Info>Disks</ovf:Info>\n"
            + disks
            + "  </ovf:DiskSection>\n  <ovf:NetworkSection>\n    <ovf:Info>Networks</ovf:Info>\n"
            + "    <ovf:Network ovf:name=\"VM Network\"/>\n  </ovf:NetworkSection>\n"
            + "  <ovf:VirtualSystemCollection ovf:id=\"all\">\n    <ovf:Info>All</ovf:Info>\n"
            + systems
            + "  </ovf:VirtualSystemCollection>\n</ovf:Envelope>\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String numbered(String form, int number) {
    return form.replace("@", String.valueOf(number));
  }
}
