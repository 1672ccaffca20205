package io.intermodal.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intermodal.IntermodalException;
import io.intermodal.convert.Converters;
import io.intermodal.convert.Loss;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.MachineExport.ExportedDisk;
import io.intermodal.hypervisor.RemovableDrive;
import io.intermodal.ovf.packaging.OvfPackage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OvfPackageExportTest {

  private static final String DESCRIPTOR =
      """
      <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"
          xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
          xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData">
        <References>
          <File ovf:id="f1" ovf:href="one.img" ovf:size="10"/>
          <File ovf:id="f2" ovf:href="two.img" ovf:chunkSize="4" ovf:size="10"/>
        </References>
        <DiskSection><Info>Disks</Info>
          <Disk ovf:diskId="d1" ovf:fileRef="f1" ovf:capacity="512" ovf:format="raw"/>
          <Disk ovf:diskId="d2" ovf:fileRef="f2" ovf:capacity="1024" ovf:format="x"/>
          <Disk ovf:diskId="d3" ovf:capacity="2048"/>
        </DiskSection>
        <DeploymentOptionSection><Info>Options</Info>
          <Configuration ovf:id="small"><Label>s</Label><Description>s</Description></Configuration>
        </DeploymentOptionSection>
        <VirtualSystem ovf:id="vm"><Info>A machine</Info><Name>web</Name>
          <VirtualHardwareSection><Info>Hardware</Info>
            <Item><rasd:ElementName>c</rasd:ElementName><rasd:InstanceID>1</rasd:InstanceID><rasd:ResourceType>3</rasd:ResourceType><rasd:VirtualQuantity>1</rasd:VirtualQuantity></Item>
            <Item><rasd:ElementName>d1</rasd:ElementName><rasd:HostResource>ovf:/disk/d1</rasd:HostResource><rasd:InstanceID>2</rasd:InstanceID><rasd:ResourceType>17</rasd:ResourceType></Item>
            <Item><rasd:ElementName>d2</rasd:ElementName><rasd:HostResource>ovf:/disk/d2</rasd:HostResource><rasd:InstanceID>3</rasd:InstanceID><rasd:ResourceType>17</rasd:ResourceType></Item>
            <Item><rasd:ElementName>d3</rasd:ElementName><rasd:HostResource>ovf:/disk/d3</rasd:HostResource><rasd:InstanceID>4</rasd:InstanceID><rasd:ResourceType>17</rasd:ResourceType></Item>
            <Item><rasd:ElementName>f</rasd:ElementName><rasd:InstanceID>5</rasd:InstanceID><rasd:ResourceType>14</rasd:ResourceType></Item>
            <Item><rasd:ElementName>cd</rasd:ElementName><rasd:InstanceID>6</rasd:InstanceID><rasd:ResourceType>15</rasd:ResourceType></Item>
          </VirtualHardwareSection>
        </VirtualSystem>
      </Envelope>
      """;

  @TempDir Path folder;

  private final Converters converters = Converters.of(List.of(new SniffingConverter()), List.of());

  @BeforeEach
  void files() throws IOException {
    write("one.img", "0123456789");
    write("two.img.000000000", "FAKE");
    write("two.img.000000001", "4567");
    write("two.img.000000002", "89");
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private OvfPackageExport open(String descriptor) throws IOException {
    return open(descriptor, null, null);
  }

  private OvfPackageExport open(
      String descriptor, @Nullable String machine, @Nullable String configuration)
      throws IOException {
    return OvfPackageExport.of(
        OvfPackage.open(write("vm.ovf", descriptor)), machine, configuration, converters);
  }

  @Test
  void givesTheMachineAndItsDisksWhereTheyLie() throws IOException {
    OvfPackageExport export = open(DESCRIPTOR);

    assertThat(export.spec().name()).isEqualTo("web");
    assertThat(export.spec().disks())
        .extracting(DiskSpec::capacityBytes)
        .containsExactly(512L, 1024L, 2048L);
    assertThat(export.spec().drives())
        .extracting(RemovableDrive::kind)
        .containsExactly(RemovableDrive.Kind.FLOPPY, RemovableDrive.Kind.OPTICAL);
    assertThat(export.disks())
        .containsExactly(new ExportedDisk("d1", "raw", 10), new ExportedDisk("d2", "fake", 10));
  }

  @Test
  void readsChunksAsOneDiskFromAnyPlace() throws IOException {
    try (SeekableByteChannel channel = open(DESCRIPTOR).openDisk("d2")) {
      assertThat(channel.size()).isEqualTo(10);
      assertThat(read(channel, 10)).isEqualTo("FAKE456789");
      channel.position(3);
      assertThat(read(channel, 4)).isEqualTo("E456");
      channel.position(11);
      assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1)))
          .isInstanceOf(NonWritableChannelException.class);
    }
  }

  private static String read(SeekableByteChannel channel, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      // Each read gives at most what one chunk has left.
    }
    return new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII);
  }

  @Test
  void tellsThatThereIsNoManifest() throws IOException {
    assertThat(open(DESCRIPTOR).losses()).extracting(Loss::rule).contains("ovf.manifest.absent");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "other | | it has no machine other; it has vm",
        "      | huge | it has no deployment option huge; it has small"
      })
  void namesWhatThereIsToChoose(
      @Nullable String machine, @Nullable String configuration, String complaint) {
    assertThatThrownBy(() -> open(DESCRIPTOR, machine, configuration))
        .isInstanceOf(IntermodalException.class)
        .hasMessageContaining("vm.ovf")
        .hasMessageContaining(complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ovf:fileRef=\"f1\" ovf:capacity=\"512\" | ovf:fileRef=\"f1\" ovf:capacity=\"512\" ovf:parentRef=\"d3\" | flatten",
        "ovf:href=\"one.img\" | ovf:href=\"gone.img\" | gone.img",
        "ovf:href=\"one.img\" | ovf:href=\"one.img\" ovf:compression=\"gzip\" | gzip",
        "ovf:format=\"raw\" | ovf:format=\"y\" | disk d1"
      })
  void refusesADiskItCannotGive(String good, String bad, String complaint) {
    assertThatThrownBy(() -> open(DESCRIPTOR.replace(good, bad)))
        .isInstanceOf(IntermodalException.class)
        .hasMessageContaining(complaint);
  }
}
