package io.intermodal.ovf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.PropertyEntry.Origin;
import io.intermodal.ovf.PropertyEntry.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PropertySheetTest {

  private static Envelope shop() throws IOException {
    return Envelope.read("properties.ovf", EnvelopeTest.sample("properties.ovf"));
  }

  private static PropertySheet sheet() throws IOException {
    return PropertySheet.of(shop());
  }

  private static PropertyEntry entry(PropertySheet sheet, String path) {
    return sheet.entries().stream()
        .filter(e -> e.path().equals(path))
        .findFirst()
        .orElseThrow(() -> new AssertionError(path));
  }

  private static void refused(ThrowingCallable call, OvfError code, String... parts) {
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code))
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  @Test
  void beginsWithTheAuthorsValues() throws IOException {
    PropertySheet sheet = sheet();
    assertThat(sheet.configuration()).contains("small");
    assertThat(sheet.entries().stream().map(PropertyEntry::path))
        .containsExactly(
            "shop/domain",
            "shop/edition",
            "web/app.host.1",
            "web/app.url.1",
            "web/app.port.1",
            "web/app.workers.1",
            "web/app.ip.1",
            "web/app.admin.1",
            "web/app.login.1",
            "web/app.odd.1",
            "web/size",
            "web/name",
            "db/name",
            "db/mode");
    assertThat(entry(sheet, "shop/edition").value()).isEqualTo("basic");
    assertThat(entry(sheet, "shop/edition").origin()).isEqualTo(Origin.DEFAULT);
    assertThat(entry(sheet, "db/mode").origin()).isEqualTo(Origin.NONE);
  }

  @Test
  void takesTheValuesOfAConfiguration() throws IOException {
    PropertySheet large = PropertySheet.of(shop(), "large");
    assertThat(entry(large, "shop/edition").value()).isEqualTo("full");
    assertThat(entry(large, "shop/edition").origin()).isEqualTo(Origin.CONFIGURATION);
    assertThat(entry(large, "web/app.cache.1").value()).isEqualTo("on");
    refused(() -> PropertySheet.of(shop(), "huge"), OvfError.CONFIGURATION_UNKNOWN, "small, large");
  }

  @Test
  void propertiesOfOtherConfigurationsAreHidden() throws IOException {
    assertThat(keys(shop().machines("small").get(0))).doesNotContain("app.cache.1");
    assertThat(keys(shop().machines("large").get(0))).contains("app.cache.1");
    refused(() -> sheet().with("app.cache.1", "off"), OvfError.PROPERTY_UNKNOWN, "another one has");
  }

  private static List<String> keys(Machine machine) {
    return machine.properties().stream().map(p -> p.property().fullKey()).toList();
  }

  @Test
  void asksForWhatHasNoValue() throws IOException {
    assertThat(sheet().missing().stream().map(PropertyEntry::path))
        .containsExactly("web/app.host.1", "web/app.workers.1", "db/mode");
    assertThat(entry(sheet(), "web/app.host.1").problems())
        .containsExactly("must have at least 1 character");
    assertThat(entry(sheet(), "web/app.ip.1").state()).isEqualTo(State.PLATFORM);
    PropertySheet filled =
        sheet().with("app.host.1", "w1").with("app.workers.1", "4").with("mode", "primary");
    assertThat(filled.missing()).isEmpty();
    assertThat(entry(filled, "db/mode").origin()).isEqualTo(Origin.USER);
    assertThat(sheet().missing()).as("a sheet does not change").hasSize(3);
  }

  @Test
  void putsValuesInOnce() throws IOException {
    PropertySheet sheet = sheet().with("app.host.1", "${domain}").with("domain", "example.org");
    assertThat(entry(sheet, "web/app.url.1").value())
        .isEqualTo("http://${domain}.example.org/basic");
    assertThat(entry(sheet, "web/app.host.1").value()).isEqualTo("${domain}");
    assertThat(entry(sheet, "web/app.odd.1").unresolved()).containsExactly("nobody");
    assertThat(sheet.problems())
        .contains("the property web/app.odd.1 refers to nobody, and there is no such value");
  }

  @Test
  void whatTakesInASecretIsOne() throws IOException {
    PropertyEntry login = entry(sheet(), "web/app.login.1");
    assertThat(login.value()).isEqualTo("root:s3cretdefault");
    assertThat(login.secret()).isTrue();
    String all =
        sheet().entries()
            + ""
            + sheet()
            + sheet().problems()
            + sheet().machines()
            + shop().machines(null)
            + shop().findings();
    assertThat(all).doesNotContain("s3cret");
  }

  @Test
  void saysWhatValuesMustBe() throws IOException {
    PropertySheet sheet =
        sheet().with("app.host.1", "much too long").with("app.port.1", "70000").with("mode", "x");
    assertThat(sheet.problems())
        .contains(
            "the property web/app.host.1 must have at most 8 characters",
            "the property web/app.port.1 must be a whole number from 0 to 65535",
            "the property db/mode must be one of primary, standby");
    assertThat(entry(sheet.with("app.admin.1", "short"), "web/app.admin.1").state())
        .isEqualTo(State.INVALID);
    assertThat(sheet.with("app.admin.1", "short").problems().toString()).doesNotContain("short");
  }

  @Test
  void refusesWhatIsFixed() throws IOException {
    refused(
        () -> sheet().with("edition", "full"), OvfError.PROPERTY_FIXED, "edition", "has fixed it");
  }

  @Test
  void namesWhatWasPerhapsMeant() throws IOException {
    refused(
        () -> sheet().with("host", "w"),
        OvfError.PROPERTY_UNKNOWN,
        "there is no such property; perhaps app.host.1 is meant");
    refused(() -> sheet().with("DOMAIM", "w"), OvfError.PROPERTY_UNKNOWN, "perhaps domain");
    refused(() -> sheet().with("x".repeat(5000), "w"), OvfError.PROPERTY_UNKNOWN, "no such");
    refused(
        () -> sheet().with("nothing.like.it", "w"),
        OvfError.PROPERTY_UNKNOWN,
        "there is no such property; there are ",
        "app.host.1");
  }

  @Test
  void tellsEntitiesApart() throws IOException {
    refused(
        () -> sheet().with("name", "x"),
        OvfError.PROPERTY_UNKNOWN,
        "several entities have it; name one of web, db");
    PropertySheet sheet = sheet().with("db", "name", "d1").with("web", "domain", "example.net");
    assertThat(entry(sheet, "db/name").value()).isEqualTo("d1");
    assertThat(entry(sheet, "web/name").value()).isEqualTo("web");
    assertThat(entry(sheet, "shop/domain").value()).isEqualTo("example.net");
    refused(() -> sheet().with("mail", "name", "x"), OvfError.ENTITY_UNKNOWN, "shop, web, db");
    refused(() -> sheet().with("db", "app.host.1", "x"), OvfError.PROPERTY_UNKNOWN, "another one");
  }

  @Test
  void equalDeclarationsHaveValuesOfTheirOwn() {
    String product =
        "<ProductSection><Info/><Property ovf:key='k' ovf:type='string' ovf:userConfigurable='true'"
            + "/></ProductSection>";
    Envelope twins =
        envelope(
            "<VirtualSystemCollection ovf:id='c'><Info/>"
                + "<VirtualSystem ovf:id='a'><Info/>"
                + product
                + "</VirtualSystem><VirtualSystem ovf:id='b'><Info/>"
                + product
                + "</VirtualSystem></VirtualSystemCollection>");
    PropertySheet sheet = PropertySheet.of(twins).with("a", "k", "1");
    assertThat(sheet.values("a")).containsEntry("k", "1");
    assertThat(sheet.values("b")).containsEntry("k", "");
    assertThat(sheet.machines().get(0).properties().get(0).value()).isEqualTo("1");
    assertThat(sheet.machines().get(1).properties().get(0).value()).isNull();
  }

  private static Envelope envelope(String content) {
    String ovf = "http://schemas.dmtf.org/ovf/envelope/1";
    String text =
        "<Envelope xmlns='"
            + ovf
            + "' xmlns:ovf='"
            + ovf
            + "'><References/>"
            + content
            + "</Envelope>";
    return Envelope.read("a.ovf", text.getBytes(StandardCharsets.UTF_8));
  }

  private static Envelope declaring(String... properties) {
    return envelope(
        "<DeploymentOptionSection><Info/><Configuration ovf:id='s'/><Configuration ovf:id='l'/>"
            + "</DeploymentOptionSection>"
            + "<VirtualSystem ovf:id='vm'><Info/><ProductSection><Info/>"
            + String.join("", properties)
            + "</ProductSection></VirtualSystem>");
  }

  @Test
  void twoPropertiesOfOneKeyAreReportedAndBothReadable() {
    Envelope twice =
        declaring(
            "<Property ovf:key='k' ovf:type='string' ovf:value='1'/>",
            "<Property ovf:key='k' ovf:type='string' ovf:value='2'/>");
    assertThat(codes(twice)).contains(FindingCode.PROPERTY_KEY_DUPLICATE);
    assertThat(PropertySheet.of(twice).entries())
        .extracting(PropertyEntry::value)
        .containsExactly("1", "2");
    assertThat(twice.machines(null).get(0).properties())
        .extracting(Machine.EffectiveProperty::value)
        .containsExactly("1", "2");
    assertThat(PropertySheet.of(twice).values(null)).containsEntry("k", "1").hasSize(1);
  }

  @Test
  void oneKeyForDifferentOptionsIsNoDuplicate() {
    Envelope options =
        declaring(
            "<Property ovf:key='k' ovf:type='string' ovf:configuration='s' ovf:value='1'/>",
            "<Property ovf:key='k' ovf:type='string' ovf:configuration='l' ovf:value='2'/>");
    assertThat(codes(options)).doesNotContain(FindingCode.PROPERTY_KEY_DUPLICATE);
    assertThat(PropertySheet.of(options, "l").values("vm")).containsEntry("k", "2");
    assertThat(
            codes(
                declaring(
                    "<Property ovf:key='k' ovf:type='string' ovf:configuration='s l'/>",
                    "<Property ovf:key='k' ovf:type='string'/>")))
        .contains(FindingCode.PROPERTY_KEY_DUPLICATE);
  }

  private static List<FindingCode> codes(Envelope envelope) {
    return envelope.findings().stream().map(Finding::code).collect(Collectors.toList());
  }

  @Test
  void reportsDefaultsThatAreNotOfTheirType() {
    Envelope envelope =
        declaring(
            "<Property ovf:key='a' ovf:type='uint8' ovf:value='300'/>",
            "<Property ovf:key='b' ovf:type='uint8' ovf:value=''/>",
            "<Property ovf:key='c' ovf:type='uint8' ovf:value='${a}'/>",
            "<Property ovf:key='d' ovf:type='string' ovf:qualifiers='MaxLen(2)'>"
                + "<Value ovf:value='secretly' ovf:configuration='s'/></Property>",
            "<Property ovf:key='e.f' ovf:type='string' ovf:qualifiers='Foo(1)'/>");
    assertThat(envelope.findings())
        .filteredOn(f -> f.code().name().startsWith("PROPERTY"))
        .extracting(f -> f.code() + " " + f.message())
        .containsExactly(
            "PROPERTY_VALUE the default of the property a must be a whole number from 0 to 255",
            "PROPERTY_VALUE the default of the property d must have at most 2 characters",
            "PROPERTY_QUALIFIER the property e.f has a qualifier that is not understood: Foo",
            "PROPERTY_KEY_FORM the key holds a dot, a colon or a blank: e.f");
    assertThat(FindingCode.PROPERTY_VALUE.severity(Strictness.LENIENT)).isEqualTo(Severity.WARNING);
    assertThat(FindingCode.PROPERTY_VALUE.severity(Strictness.STRICT)).isEqualTo(Severity.ERROR);
  }

  @Test
  void machinesHaveTheGivenValues() throws IOException {
    PropertySheet sheet = sheet().with("size", "20");
    assertThat(sheet.machines().get(0).disks().get(0).capacityBytes()).isEqualTo(20L << 30);
    assertThat(shop().machines(null).get(0).disks().get(0).capacityBytes()).isEqualTo(8L << 30);
  }

  @Test
  void valuesAreTheMachinesAndItsCollections() throws IOException {
    PropertySheet sheet = sheet();
    assertThat(sheet.values("db").keySet()).containsExactly("name", "mode", "domain", "edition");
    refused(() -> sheet.values(null), OvfError.ENTITY_UNKNOWN, "there are web, db");
    refused(() -> sheet.values("shop"), OvfError.ENTITY_UNKNOWN, "there are web, db");
    assertThat(sheet.siblings("db")).extracting(PropertySheet.Sibling::id).containsExactly("web");
  }

  @Test
  void circlesAndDepthEndAfterOnePass() {
    Envelope circle =
        declaring(
            "<Property ovf:key='a' ovf:type='string' ovf:value='${b}${b}'/>",
            "<Property ovf:key='b' ovf:type='string' ovf:value='${a}${a}'/>");
    assertThat(PropertySheet.of(circle).values(null)).containsEntry("a", "${a}${a}${a}${a}");
  }

  @Test
  void manyReferencesToALongValueAreBounded() {
    Envelope long10 =
        declaring(
            "<Property ovf:key='a' ovf:type='string' ovf:value='" + "x".repeat(10_000) + "'/>",
            "<Property ovf:key='b' ovf:type='string' ovf:value='" + "${a}".repeat(10_000) + "'/>");
    refused(() -> PropertySheet.of(long10).entries(), OvfError.PACKAGE_LIMIT, "characters");
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS)
  void deepCollectionsAndLongChoicesTakeLittleTime() {
    String product =
        "<ProductSection><Info/>"
            + "<Property ovf:key='%d' ovf:type='string' ovf:value='${x}${y}${z}'/>".repeat(100)
            + "</ProductSection>";
    StringBuilder deep = new StringBuilder();
    for (int i = 0; i < 180; i++) {
      deep.append("<VirtualSystemCollection ovf:id='c").append(i).append("'><Info/>");
      deep.append(product.replace("%d", "k" + i));
    }
    deep.append("</VirtualSystemCollection>".repeat(180));
    assertThat(PropertySheet.of(envelope(deep.toString())).problems()).hasSize(180 * 100 * 3);

    StringBuilder values = new StringBuilder();
    for (int i = 0; i < 50_000; i++) {
      values.append("<Value ovf:configuration='o").append(i).append("' ovf:value='v").append(i);
      values.append("'/>");
    }
    Envelope choices =
        declaring(
            "<Property ovf:key='k' ovf:type='string' ovf:qualifiers='ValueMap{"
                + "1,".repeat(100_000)
                + "2}'>"
                + values
                + "</Property>");
    assertThat(codes(choices)).contains(FindingCode.PROPERTY_VALUE);
  }
}
