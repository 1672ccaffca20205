package io.intermodal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.intermodal.iso.IsoImage;
import io.intermodal.ovf.environment.OvfEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvCommandTest {

  private static final String DESCRIPTOR =
      """
      <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"
          xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
        <References/>
        <DeploymentOptionSection><Info>o</Info>
          <Configuration ovf:id="small"><Label>S</Label><Description>s</Description></Configuration>
          <Configuration ovf:id="large"><Label>L</Label><Description>l</Description></Configuration>
        </DeploymentOptionSection>
        <VirtualSystemCollection ovf:id="shop"><Info>c</Info>
          <VirtualSystem ovf:id="web"><Info>w</Info>
            <ProductSection ovf:class="app"><Info>p</Info>
              <Property ovf:key="host" ovf:type="string" ovf:userConfigurable="true" ovf:qualifiers="MinLen(1)"/>
              <Property ovf:key="port" ovf:type="uint16" ovf:userConfigurable="true" ovf:value="80"><Value ovf:value="8080" ovf:configuration="large"/></Property>
              <Property ovf:key="admin" ovf:type="string" ovf:password="true" ovf:userConfigurable="true" ovf:value="factory-secret"/>
              <Property ovf:key="edition" ovf:type="string" ovf:value="basic"/>
            </ProductSection>
            <VirtualHardwareSection><Info>h</Info></VirtualHardwareSection>
          </VirtualSystem>
          <VirtualSystem ovf:id="db"><Info>d</Info>
            <ProductSection ovf:class="app"><Info>p</Info>
              <Property ovf:key="host" ovf:type="string" ovf:userConfigurable="true" ovf:value="db1"/>
            </ProductSection>
            <VirtualHardwareSection><Info>h</Info></VirtualHardwareSection>
          </VirtualSystem>
        </VirtualSystemCollection>
      </Envelope>
      """;

  @TempDir Path folder;
  private Path ovf;

  @BeforeEach
  void write() throws IOException {
    ovf = Files.writeString(folder.resolve("shop.ovf"), DESCRIPTOR);
  }

  private static JsonNode property(JsonNode json, String entity, String key) {
    for (JsonNode property : json.get("properties")) {
      if (property.get("key").textValue().equals(key)
          && property.get("entity").textValue().equals(entity)) {
        return property;
      }
    }
    throw new AssertionError(entity + "/" + key + " in " + json);
  }

  private static void refused(String code, String message, Object... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
    assertThat(run.json().get("code").textValue()).isEqualTo(code);
    assertThat(run.json().get("message").textValue()).contains(message);
  }

  @Test
  void showsWhatMustStillBeGiven() {
    CommandRun run = CommandRun.of("env", ovf);
    assertThat(run.exitCode()).as(run.all()).isEqualTo(1);
    assertThat(run.out())
        .contains("option small")
        .containsPattern("MISSING +web +app.host +string +you")
        .containsPattern("READY +web +app.port +uint16 +you +80")
        .containsPattern("READY +web +app.admin +string +you +\\*\\*\\*")
        .containsPattern("READY +web +app.edition +string +author +basic")
        .contains("MISSING  web/app.host must have at least 1 character")
        .contains("Give values with --set KEY=VALUE, those of secrets with --set-env")
        .doesNotContain("factory-secret");
  }

  @Test
  void saysWhatIsLeftToThePlatform() throws IOException {
    Files.writeString(
        ovf,
        DESCRIPTOR
            .replace("ovf:qualifiers=\"MinLen(1)\"", "ovf:value=\"a\"")
            .replace(
                "ovf:key=\"edition\" ovf:type=\"string\" ovf:value=\"basic\"",
                "ovf:key=\"ip\" ovf:type=\"ip:net\" ovf:userConfigurable=\"true\""));
    CommandRun run = CommandRun.of("env", ovf);
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out())
        .containsPattern("PLATFORM +web +app.ip +ip:net +platform")
        .contains("Nothing must still be given; 1 value left to the platform, empty where there");
  }

  @Test
  void fillsInAndSaysSoInJson() {
    CommandRun run =
        CommandRun.of(
            "env", ovf, "--configuration", "large", "--set", "web/app.host=a=b", "--json");
    assertThat(run.exitCode()).as(run.all()).isZero();
    JsonNode json = run.json();
    assertThat(json.get("schema").textValue()).isEqualTo("io.intermodal.env/1");
    assertThat(json.get("configuration").textValue()).isEqualTo("large");
    assertThat(json.get("ready").booleanValue()).isTrue();
    assertThat(json.get("missing")).isEmpty();
    JsonNode host = property(json, "web", "app.host");
    assertThat(host.get("value").textValue()).isEqualTo("a=b");
    assertThat(host.get("origin").textValue()).isEqualTo("user");
    assertThat(host.get("qualifiers").textValue()).isEqualTo("MinLen(1)");
    assertThat(property(json, "web", "app.port").get("value").textValue()).isEqualTo("8080");
    JsonNode admin = property(json, "web", "app.admin");
    assertThat(admin.get("value").isNull()).isTrue();
    assertThat(admin.get("password").booleanValue()).isTrue();
    assertThat(run.out()).doesNotContain("factory-secret");
    assertThat(json.get("written").toString()).isEqualTo("{\"document\":null,\"image\":null}");
  }

  @Test
  void writesTheDocumentAndTheImage() throws IOException {
    Path xml = folder.resolve("ovf-env.xml");
    Path iso = folder.resolve("env.iso");
    Path secret = Files.writeString(folder.resolve("pw"), "from file\n");
    CommandRun run =
        CommandRun.of(
            "env",
            ovf,
            "--machine=web",
            "--set=app.host=w1",
            "--set-file",
            "app.admin=" + secret,
            "--platform-kind",
            "KVM",
            "--platform-locale",
            "de_DE",
            "-o",
            xml,
            "--iso",
            iso);
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).contains("Written: " + xml, "Written: " + iso, "***");
    assertThat(run.out()).doesNotContain("from file");
    assertThat(Files.readString(xml))
        .contains("oe:id=\"web\"", "<Kind>KVM</Kind>", "<Locale>de_DE</Locale>")
        .contains("oe:key=\"app.admin\" oe:value=\"from file\"")
        .contains("<Entity oe:id=\"db\">");
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      for (Path file : new Path[] {xml, iso}) {
        assertThat(Files.getPosixFilePermissions(file))
            .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      }
    }
    CommandRun read = CommandRun.of("env", "--read", iso, "--json");
    assertThat(read.exitCode()).as(read.all()).isZero();
    assertThat(read.json().get("schema").textValue()).isEqualTo("io.intermodal.env-document/1");
    assertThat(read.json().get("id").textValue()).isEqualTo("web");
    assertThat(read.json().get("platform").get("kind").textValue()).isEqualTo("KVM");
    assertThat(read.json().get("properties").toString())
        .contains("{\"key\":\"app.host\",\"value\":\"w1\",\"password\":false}");
    assertThat(read.json().get("entities").get(0).get("id").textValue()).isEqualTo("db");
    assertThat(CommandRun.of("env", "--read", xml).out())
        .containsPattern("platform +KVM")
        .containsPattern("web +app.host +w1")
        .containsPattern("db +app.host +db1");
    refused("FILE_EXISTS", "it exists already", "env", "--read", iso, "-o", xml, "--json");
  }

  @Test
  void hidesPasswordsOfDocumentsByTheirNames() throws IOException {
    Path xml =
        Files.writeString(
            folder.resolve("e.xml"),
            "<Environment xmlns='http://schemas.dmtf.org/ovf/environment/1'><PropertySection>"
                + "<Property key='root-password' value='hunter2'/></PropertySection></Environment>");
    CommandRun text = CommandRun.of("env", "--read", xml);
    CommandRun json = CommandRun.of("env", "--read", xml, "--json");
    assertThat(text.all() + json.all()).doesNotContain("hunter2").contains("***");
    assertThat(json.json().get("properties").toString())
        .isEqualTo("[{\"key\":\"root-password\",\"value\":null,\"password\":true}]");
  }

  @Test
  void writesNothingThatIsNotReady() {
    Path xml = folder.resolve("ovf-env.xml");
    CommandRun run = CommandRun.of("env", ovf, "--machine", "web", "-o", xml);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("Nothing was written.");
    assertThat(xml).doesNotExist();
    CommandRun bad =
        CommandRun.of(
            "env",
            ovf,
            "--machine",
            "web",
            "--set",
            "app.host=w",
            "--set",
            "app.port=x",
            "-o",
            xml);
    assertThat(bad.exitCode()).isEqualTo(1);
    assertThat(bad.out()).contains("INVALID  web/app.port must be a whole number from 0 to 65535");
    assertThat(xml).doesNotExist();
  }

  @Test
  void writesAllOutputsOrNone() throws IOException {
    Path xml = folder.resolve("e.xml");
    Path iso = Files.writeString(folder.resolve("e.iso"), "mine");
    Object[] fill = {"env", ovf, "--machine", "web", "--set", "app.host=w", "-o", xml, "--iso"};
    CommandRun taken = CommandRun.of(with(fill, iso));
    assertThat(taken.exitCode()).isEqualTo(2);
    assertThat(taken.err()).contains(iso + ": it exists already");
    assertThat(iso).hasContent("mine");
    CommandRun same = CommandRun.of(with(fill, folder.resolve("x/../e.xml")));
    assertThat(same.exitCode()).isEqualTo(2);
    assertThat(same.err()).contains("both document and image; name two files");
    CommandRun which = CommandRun.of("env", ovf, "-o", xml);
    assertThat(which.err()).contains("there are web, db", "see: --machine");
    CommandRun nowhere = CommandRun.of(with(fill, folder.resolve("none/e.iso")));
    assertThat(nowhere.exitCode()).isEqualTo(2);
    assertThat(nowhere.err()).contains("its folder does not exist");
    Files.createFile(folder.resolve("f.iso.part"));
    CommandRun busy = CommandRun.of(with(fill, folder.resolve("f.iso")));
    assertThat(busy.err()).contains("another writer is at work");
    String files =
        "<EnvironmentFilesSection><Info>f</Info><File ovf:path='/a'/></EnvironmentFilesSection>";
    String end = "<VirtualHardwareSection>";
    Files.writeString(ovf, DESCRIPTOR.replaceFirst(end, files + end));
    CommandRun without = CommandRun.of(with(fill, folder.resolve("g.iso")));
    assertThat(without.err()).contains("names no file of References");
    assertThat(xml).doesNotExist();
    assertThat(Tree.of(folder).keySet())
        .containsExactlyInAnyOrder("shop.ovf", "e.iso", "f.iso.part");
  }

  private static Object[] with(Object[] arguments, Object last) {
    Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = last;
    return all;
  }

  @Test
  void takesNoPasswordFromAnArgument() throws IOException {
    CommandRun run = CommandRun.of("env", ovf, "--set", "app.admin=hunter2", "--json");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.all()).doesNotContain("hunter2");
    assertThat(run.json().get("message").textValue())
        .contains("--set-env app.admin=VARIABLE or --set-file app.admin=FILE");
    refused("WRONG_USAGE", "has no KEY=", "env", ovf, "--set", "hunter2", "--json");
    String named = DESCRIPTOR.replace("ovf:key=\"host\"", "ovf:key=\"client_secret\"");
    Path other = Files.writeString(folder.resolve("named.ovf"), named);
    refused(
        "WRONG_USAGE",
        "cannot set the property web/app.client_secret: it is a secret",
        "env",
        other,
        "--set",
        "web/app.client_secret=hunter2",
        "--json");
    CommandRun env = CommandRun.of("env", ovf, "--set-env", "app.admin=PATH", "--json");
    assertThat(property(env.json(), "web", "app.admin").get("origin").textValue())
        .isEqualTo("user");
    assertThat(env.out()).doesNotContain(System.getenv("PATH"));
  }

  @Test
  void refusesWhatCannotBeSet() {
    refused("PROPERTY_FIXED", "has fixed it", "env", ovf, "--set", "app.edition=x", "--json");
    refused("PROPERTY_UNKNOWN", "perhaps app.port", "env", ovf, "--set", "app.prot=1", "--json");
    refused(
        "PROPERTY_UNKNOWN",
        "there is no such property; there are app.host, app.port, app.admin",
        "env",
        ovf,
        "--set",
        "nothing.like.it=1",
        "--json");
    refused("PROPERTY_UNKNOWN", "web, db", "env", ovf, "--set", "app.host=1", "--json");
    refused("ENTITY_UNKNOWN", "web, db", "env", ovf, "--machine", "mail", "--json");
    refused("ENTITY_UNKNOWN", "web, db", "env", ovf, "-o", folder.resolve("x"), "--json");
    refused("CONFIGURATION_UNKNOWN", "small, large", "env", ovf, "--configuration=x", "--json");
    refused("WRONG_USAGE", "not both", "env", "--json");
    refused("WRONG_USAGE", "not both", "env", ovf, "--read", ovf, "--json");
    refused("WRONG_USAGE", "only -o", "env", "--read", ovf, "--set", "a=b", "--json");
    refused("NOT_AN_ENVIRONMENT", "its root is Envelope", "env", "--read", ovf, "--json");
    refused(
        "WRONG_USAGE",
        "is set twice",
        "env",
        ovf,
        "--set",
        "app.port=1",
        "--set",
        "app.port=2",
        "--json");
    refused(
        "WRONG_USAGE",
        "no environment variable",
        "env",
        ovf,
        "--set-env",
        "app.port=NO_SUCH_VARIABLE_HERE",
        "--json");
    refused("WRONG_USAGE", "it is a folder", "env", ovf, "--set-file", "app.port=/", "--json");
    refused("FILE_NOT_FOUND", "no such file", "env", ovf, "--set-file", "app.port=/none", "--json");
  }

  @Test
  void putsTheFilesOfThePackageOnTheImage() throws IOException {
    String section =
        "<EnvironmentFilesSection><Info>f</Info><File ovf:fileRef='f' ovf:path='/%s'/>"
            + "</EnvironmentFilesSection>";
    String descriptor =
        DESCRIPTOR.replace(
            "<References/>", "<References><File ovf:id='f' ovf:href='setup.txt'/></References>");
    Files.writeString(folder.resolve("setup.txt"), "set up");
    Path iso = folder.resolve("env.iso");
    String end = "<VirtualHardwareSection>";
    Files.writeString(ovf, descriptor.replaceFirst(end, section.formatted("setup.cfg") + end));
    CommandRun run =
        CommandRun.of("env", ovf, "--machine", "web", "--set", "app.host=w", "--iso", iso);
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(IsoImage.readFile(iso, "setup.cfg", 100)).asString().isEqualTo("set up");
    assertThat(OvfEnvironment.open(iso).value("app.host")).contains("w");
    Files.writeString(ovf, descriptor.replaceFirst(end, section.formatted("a/b") + end));
    refused(
        "IMAGE_NAME",
        "cannot put the file a/b into the image",
        "env",
        ovf,
        "--machine",
        "web",
        "--set",
        "app.host=w",
        "--iso",
        folder.resolve("b.iso"),
        "--json");
  }
}
