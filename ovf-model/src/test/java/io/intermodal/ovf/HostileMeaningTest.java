package io.intermodal.ovf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Works out the meaning of descriptors that are made to cost much. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class HostileMeaningTest {

  private static Envelope envelope(String content) {
    String text =
        "<Envelope xmlns='http://schemas.dmtf.org/ovf/envelope/1'"
            + " xmlns:ovf='http://schemas.dmtf.org/ovf/envelope/1' xmlns:x='urn:x'"
            + " xmlns:vmw='http://www.vmware.com/schema/ovf'><References/>"
            + content
            + "</Envelope>";
    return Envelope.read("a", text.getBytes(StandardCharsets.UTF_8));
  }

  private static String times(int number, IntFunction<String> part) {
    return IntStream.range(0, number).mapToObj(part).collect(Collectors.joining());
  }

  @Test
  void longChainsOfDisks() {
    Envelope envelope =
        envelope(
            "<DiskSection><Info/>"
                + times(
                    50_000,
                    i ->
                        "<Disk ovf:diskId='d"
                            + i
                            + "' ovf:capacity='1'"
                            + (i == 0 ? "" : " ovf:parentRef='d" + (i - 1) + "'")
                            + "/>")
                + "</DiskSection><VirtualSystem ovf:id='v'><Info/></VirtualSystem>");
    List<Disk> chain = envelope.chain(envelope.disk("d49999").orElseThrow());
    assertThat(chain).hasSize(50_000);
    assertThat(chain.get(0).id()).isEqualTo("d0");
  }

  @Test
  void manyStartsOfManySystems() {
    Envelope envelope =
        envelope(
            "<VirtualSystemCollection ovf:id='c'><Info/><StartupSection><Info/>"
                + times(50_000, i -> "<Item ovf:id='v" + i + "' ovf:order='" + i + "'/>")
                + "</StartupSection>"
                + times(50_000, i -> "<VirtualSystem ovf:id='v" + i + "'><Info/></VirtualSystem>")
                + "</VirtualSystemCollection>");
    assertThat(envelope.startupPlan().groups()).hasSize(50_000);
  }

  @Test
  void collectionsInCollections() {
    int depth = 190;
    Envelope envelope =
        envelope(
            times(depth, i -> "<VirtualSystemCollection ovf:id='c" + i + "'><Info/>")
                + "<VirtualSystem ovf:id='v'><Info/></VirtualSystem>"
                + "</VirtualSystemCollection>".repeat(depth));
    StartupPlan plan = envelope.startupPlan();
    int deep = 0;
    for (StartupPlan at = plan; at != null; at = at.groups().get(0).steps().get(0).inner()) {
      deep++;
    }
    assertThat(deep).isEqualTo(depth);
  }

  @Test
  void manySettingsAndForeignElements() {
    Envelope envelope =
        envelope(
            "<VirtualSystem ovf:id='v'><Info/><VirtualHardwareSection><Info/>"
                + times(
                    20_000,
                    i ->
                        "<vmw:Config ovf:required='false' vmw:key='k"
                            + i
                            + "' vmw:value='v'/><x:a ovf:required='true'/>")
                + "</VirtualHardwareSection></VirtualSystem>");
    assertThat(envelope.machines(null).get(0).vmwareConfigs()).hasSize(20_000);
    assertThat(envelope.portability().complete()).isFalse();
    assertThat(envelope.notUnderstood()).hasSize(Portability.MOST);
  }

  @Test
  void longNamesAreCutInPaths() {
    String name = "n".repeat(1 << 20);
    Envelope envelope =
        envelope(
            "<VirtualSystem ovf:id='v'><Info/><"
                + name
                + "Section><Info/>"
                + times(2_000, i -> "<x:a/>")
                + "</"
                + name
                + "Section><NetworkSection><Info/><"
                + name
                + ">"
                + times(2_000, i -> "<x:a/>")
                + "</"
                + name
                + "></NetworkSection></VirtualSystem>");
    assertThat(envelope.notUnderstood()).hasSize(Portability.MOST);
    assertThat(envelope.notUnderstood()).allMatch(e -> e.path().length() < 400);
    assertThat(envelope.findings()).allMatch(f -> f.path() == null || f.path().length() < 400);
  }

  @Test
  void manyLanguagesWithLongNames() {
    Envelope envelope =
        envelope(
            "<NetworkSection><Info/>"
                + times(
                    20_000,
                    i -> "<Network ovf:name='n" + i + "'><Description ovf:msgid='m'/></Network>")
                + "</NetworkSection><VirtualSystem ovf:id='v'><Info/></VirtualSystem>"
                + times(
                    20_000,
                    i ->
                        "<Strings xml:lang='a-b-c-"
                            + i
                            + "'><Msg ovf:msgid='m'>t</Msg></Strings>"));
    String wanted = "a-b-c-7" + "-x".repeat(10_000);
    assertThat(envelope.languages()).hasSize(20_001);
    assertThat(envelope.localized(wanted).networks().get(0).description()).isNull();
    assertThat(envelope.localized("a-b-c-7-x").networks().get(0).description()).isEqualTo("t");
  }
}
