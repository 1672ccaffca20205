package io.intermodal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {

  @TempDir Path folder;

  private static List<String> names(JsonNode node) {
    return StreamSupport.stream(
            ((Iterable<String>) node::fieldNames).spliterator(), /* parallel= */ false)
        .toList();
  }

  @Test
  void writesEveryFieldOfThePackage() {
    Path ova = SampleAppliance.small().writeOva(folder.resolve("sample.ova"));
    CommandRun run = CommandRun.of("inspect", ova, "--json");
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.err()).isEmpty();
    JsonNode json = run.json();
    assertThat(names(json))
        .containsExactly(
            "schema",
            "source",
            "envelope",
            "portability",
            "files",
            "disks",
            "networks",
            "deploymentOptions",
            "defaultDeploymentOption",
            "products",
            "propertyCount",
            "eulaCount",
            "sections",
            "machines",
            "startup",
            "findings");
    assertThat(json.get("schema").textValue()).isEqualTo("io.intermodal.inspect/1");
    same(json.get("source"), "{'file':'" + ova + "','kind':'ova'}");
    same(
        json.get("envelope"),
        "{'namespace':'http://schemas.dmtf.org/ovf/envelope/1','version':'1.1','language':"
            + json.get("envelope").get("language")
            + ",'languages':['en-US']}");
    assertThat(json.get("portability").get("level").intValue()).isEqualTo(2);
    assertThat(json.get("portability").get("complete").booleanValue()).isTrue();
    assertThat(names(json.get("portability").get("extensions").get(0)))
        .containsExactly("kind", "path", "namespace", "required");
    same(
        json.get("startup"),
        "[{'order':0,'startDelaySeconds':0,'stopDelaySeconds':0,'members':[{'id':'web',"
            + "'start':true,'stop':'POWER_OFF','waitingForGuest':false,'groups':null}]}]");
    JsonNode file = json.get("files").get(0);
    assertThat(names(file))
        .containsExactly("id", "href", "sizeBytes", "compression", "chunkSizeBytes");
    assertThat(file.get("href").textValue()).isEqualTo(SampleAppliance.DISK);
    assertThat(file.get("sizeBytes").longValue()).isPositive();
    assertThat(file.get("compression").isNull()).isTrue();
    assertThat(file.get("chunkSizeBytes").isNull()).isTrue();
    JsonNode disk = json.get("disks").get(0);
    assertThat(names(disk))
        .containsExactly(
            "id", "capacityBytes", "format", "file", "parent", "populatedBytes", "shared");
    assertThat(disk.get("id").textValue()).isEqualTo("vmdisk1");
    assertThat(disk.get("capacityBytes").longValue()).isEqualTo(4 << 20);
    assertThat(disk.get("format").textValue()).endsWith("#streamOptimized");
    assertThat(disk.get("file").textValue()).isEqualTo(SampleAppliance.DISK);
    assertThat(disk.get("parent").isNull()).isTrue();
    same(json.get("networks"), "['VM Network']");
    same(json.get("deploymentOptions"), "[]");
    assertThat(json.get("defaultDeploymentOption").isNull()).isTrue();
    assertThat(json.get("propertyCount").intValue()).isEqualTo(1);
    assertThat(json.get("eulaCount").intValue()).isZero();
    assertThat(json.get("sections").toString()).contains("DiskSection", "NetworkSection");
  }

  @Test
  void writesEveryFieldOfAMachine() {
    Path ova = SampleAppliance.small().writeOva(folder.resolve("sample.ova"));
    JsonNode machine = CommandRun.of("inspect", ova, "--json").json().get("machines").get(0);
    same(
        machine,
        """
        {'id':'web','name':'web','collectionPath':[],'cpus':2,'coresPerSocket':1,
         'memoryBytes':1073741824,'firmware':'bios','secureBoot':null,'tpm':false,'nvram':null,
         'guestOs':{'id':'96','version':'12','description':'Debian GNU/Linux 12 (64-bit)',
                    'vendorType':'debian12_64Guest'},
         'virtualSystemTypes':['vmx-14'],'transports':['com.vmware.guestInfo'],
         'disks':[{'disk':'vmdisk1','capacityBytes':4194304,'bus':'scsi','busNumber':0,'unit':0}],
         'nics':[{'model':'VmxNet3','network':'VM Network','mac':'00:50:56:0a:0b:0c'}],
         'controllers':[{'resourceType':6,'subtype':'lsilogic'}],'removableDrives':1,
         'bootOrder':[],'ranges':[],
         'properties':[{'key':'hostname','type':'string','value':'web','password':false,
                        'userConfigurable':true}]}
        """);
  }

  @Test
  void writesWhatIsWrongWithItsPlace() throws IOException {
    String descriptor =
        new String(SampleAppliance.small().descriptor(1), StandardCharsets.UTF_8)
            .replace("ovf:fileRef=\"file1\"", "ovf:fileRef=\"nothing\"");
    Path ovf = Files.writeString(folder.resolve("sample.ovf"), descriptor);
    CommandRun run = CommandRun.of("inspect", ovf, "--json");
    assertThat(run.exitCode()).as(run.all()).isZero();
    same(run.json().get("source"), "{'file':'" + ovf + "','kind':'ovf'}");
    assertThat(run.json().get("findings")).isNotEmpty();
    for (JsonNode finding : run.json().get("findings")) {
      assertThat(names(finding))
          .containsExactly("code", "severity", "line", "column", "path", "message", "remedy");
      assertThat(finding.get("severity").textValue()).isIn("ERROR", "WARNING", "INFO");
      assertThat(finding.get("message").textValue()).isNotBlank();
    }
    assertThat(run.json().get("findings"))
        .anySatisfy(
            finding -> {
              assertThat(finding.get("severity").textValue()).isEqualTo("ERROR");
              assertThat(finding.get("line").isInt()).isTrue();
              assertThat(finding.get("message").textValue()).contains("nothing");
            });
    CommandRun text = CommandRun.of("inspect", ovf);
    assertThat(text.exitCode()).isZero();
    assertThat(text.out()).contains("ERROR  ", "nothing");
  }

  @Test
  void leavesUnknownThingsNull() throws IOException {
    Path ovf =
        Files.writeString(
            folder.resolve("bare.ovf"),
            """
            <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"
                xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
              <References/>
              <VirtualSystem ovf:id="a"><Info>A machine</Info></VirtualSystem>
            </Envelope>
            """);
    CommandRun run = CommandRun.of("inspect", ovf, "--json");
    assertThat(run.exitCode()).as(run.all()).isZero();
    JsonNode machine = run.json().get("machines").get(0);
    for (String name : List.of("cpus", "coresPerSocket", "memoryBytes", "firmware", "guestOs")) {
      assertThat(machine.has(name)).as(name).isTrue();
      assertThat(machine.get(name).isNull()).as(name).isTrue();
    }
    assertThat(CommandRun.of("inspect", ovf).out()).contains("not stated").doesNotContain("null");
  }

  @Test
  void refusesWhatIsNotOvf() throws IOException {
    Path zip =
        Files.write(
            folder.resolve("a.ova"), "PK\3\4 and so on".getBytes(StandardCharsets.US_ASCII));
    CommandRun text = CommandRun.of("inspect", zip);
    assertThat(text.exitCode()).isEqualTo(2);
    assertThat(text.out()).isEmpty();
    assertThat(text.err()).isEqualTo("error: " + message(zip) + System.lineSeparator());
    CommandRun run = CommandRun.of("inspect", zip, "--json");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isEmpty();
    same(
        run.json(),
        "{'schema':'io.intermodal.error/1','code':'NOT_A_PACKAGE','category':'USER_INPUT','message':'"
            + message(zip)
            + "','location':'"
            + zip
            + "'}");
  }

  private static String message(Path zip) {
    return CommandRun.of("inspect", zip, "--json").json().get("message").textValue();
  }

  @Test
  void refusesOtherXmlBrokenXmlAndFoldersAndNoFile() throws IOException {
    Path other = Files.writeString(folder.resolve("a.xml"), "<html/>");
    Path broken = Files.writeString(folder.resolve("b.ovf"), "<Envelope>");
    Path empty = Files.writeString(folder.resolve("c.ovf"), "");
    for (Path bad : List.of(other, broken, empty, folder, folder.resolve("none.ova"))) {
      CommandRun run = CommandRun.of("inspect", bad, "--json");
      assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
      assertThat(names(run.json()))
          .containsExactly("schema", "code", "category", "message", "location");
      assertThat(run.json().get("message").textValue()).contains(bad.toString());
    }
  }

  @Test
  void refusesAnUnknownDeploymentOption() {
    Path ova = SampleAppliance.small().writeOva(folder.resolve("sample.ova"));
    CommandRun run = CommandRun.of("inspect", ova, "--configuration", "huge");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("deployment option huge", "leave it out");
  }

  @Test
  void showsTheMachinesOfADeploymentOption() {
    // The sample that the launcher warms up with.
    Path ovf = Path.of("..", "ovf-model/src/test/resources/io/intermodal/ovf/options.ovf");
    JsonNode normal = CommandRun.of("inspect", ovf, "--json").json();
    assertThat(normal.get("deploymentOptions")).hasSizeGreaterThan(1);
    assertThat(normal.get("defaultDeploymentOption").isTextual()).isTrue();
    for (JsonNode option : normal.get("deploymentOptions")) {
      CommandRun run =
          CommandRun.of("inspect", ovf, "--json", "--configuration", option.textValue());
      assertThat(run.exitCode()).as(run.all()).isZero();
      assertThat(run.json().get("machines")).isNotEmpty();
    }
  }

  @Test
  void showsPeopleWhatIsInIt() {
    Path ova = SampleAppliance.small().named("büro 1").writeOva(folder.resolve("a b.ova"));
    CommandRun run = CommandRun.of("inspect", ova);
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out())
        .contains(
            "a b.ova  OVA, OVF 1.1",
            "Machine büro 1",
            "guest     Debian GNU/Linux 12 (64-bit) (debian12_64Guest)",
            "cpus      2, 1 to a socket",
            "memory    1 GiB",
            "disk      vmdisk1, 4 MiB, scsi 0:0 (lsilogic), sample-disk1.vmdk [streamOptimized]",
            "nic       VmxNet3, on VM Network, 00:50:56:0a:0b:0c",
            "settings  reach the guest by com.vmware.guestInfo",
            "Nothing is odd about it.");
  }

  @Test
  void showsPeopleWhatEachOptionMeansAndNoSecret() {
    Path ovf = Path.of("..", "ovf-model/src/test/resources/io/intermodal/ovf/options.ovf");
    String out = CommandRun.of("inspect", ovf).out();
    assertThat(out)
        .contains(
            "small   1     512 MiB  1      1     S",
            "*  large   4     512 MiB  1      1     L",
            "Machine outer / inner / web",
            "d1, 8 GiB, scsi 0:2 (VirtualSCSI), disk%201.vmdk [streamOptimized], not there",
            "app.admin  string  *** (fixed)",
            "WARNING  NETWORK_UNKNOWN  line 44:11: ",
            "add the network to the NetworkSection")
        .contains("portable  level 3: ", "FooSection", "cpus      4 (up to 16), 2 to a socket")
        .doesNotContain("s3cret");
    JsonNode machine = CommandRun.of("inspect", ovf, "--json").json().get("machines").get(0);
    same(
        machine.get("ranges"),
        "[{'device':'1','resourceType':3,'of':'QUANTITY','min':null,'normal':4,'max':16}]");
    assertThat(machine.get("properties").toString()).doesNotContain("s3cret");
  }

  /** Compares with JSON in single quotes. */
  private static void same(JsonNode actual, String expected) {
    assertThat(actual).isEqualTo(CommandRun.json(expected.replace('\'', '"')));
  }
}
