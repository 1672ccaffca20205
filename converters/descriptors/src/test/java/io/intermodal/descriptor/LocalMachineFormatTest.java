package io.intermodal.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intermodal.IntermodalException;
import io.intermodal.convert.Conversion;
import io.intermodal.convert.ConvertError;
import io.intermodal.convert.Converters;
import io.intermodal.convert.Loss;
import io.intermodal.hypervisor.CpuSpec;
import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.NicSpec;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalMachineFormatTest {

  private static final String HEAD = "'schema':'io.intermodal.machine/1','name':'web'";

  private final LocalMachineFormat format = new LocalMachineFormat();

  @Provide
  Arbitrary<MachineSpec> machines() {
    return MachineSpecs.all();
  }

  @Property(tries = 400)
  void readsBackWhatItWrote(@ForAll("machines") MachineSpec machine) {
    Conversion<byte[]> written = format.write(machine);

    assertThat(written.losses()).isEmpty();
    assertThat(format.read(written.result(), "test")).isEqualTo(Conversion.lossless(machine));
    assertThat(format.write(machine).result()).isEqualTo(written.result());
  }

  @Test
  void writesOneFormForPeopleAndPrograms() {
    MachineSpec machine =
        MachineSpec.named("Grüße \"1\"")
            .cpu(new CpuSpec(4, 2))
            .memoryBytes(1L << 30)
            .addDisk(new DiskSpec("disk0", 512, DiskBus.SCSI, 0))
            .addNic(new NicSpec("net0", null, "default", null))
            .build();

    assertThat(new String(format.write(machine).result(), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {
              "schema": "io.intermodal.machine/1",
              "name": "Grüße \\"1\\"",
              "cpu": {
                "count": 4,
                "coresPerSocket": 2
              },
              "memoryBytes": 1073741824,
              "disks": [
                {
                  "key": "disk0",
                  "capacityBytes": 512,
                  "bus": "SCSI",
                  "unit": 0
                }
              ],
              "nics": [
                {
                  "key": "net0",
                  "network": "default"
                }
              ],
              "drives": [ ],
              "bootOrder": [ ],
              "extras": [ ]
            }
            """);
  }

  @Test
  void takesAMissingListAsEmptyAndNullAsNotStated() {
    Conversion<MachineSpec> read = read("{" + HEAD + ",'cpu':null,'disks':null}");

    assertThat(read).isEqualTo(Conversion.lossless(MachineSpec.named("web").build()));
  }

  @Test
  void tellsWhatItDoesNotKnowWithoutItsValue() {
    Conversion<MachineSpec> read =
        read(
            "{"
                + HEAD
                + ",'colour':'blue','disks':[{'key':'a','capacityBytes':1,'password':'secret'}]}");

    assertThat(read.losses())
        .allSatisfy(
            loss -> {
              assertThat(loss.rule()).isEqualTo(LocalMachineFormat.RULE_UNKNOWN_MEMBER);
              assertThat(loss.severity()).isEqualTo(Loss.Severity.WARNING);
              assertThat(loss.value()).isNull();
            })
        .extracting(Loss::path)
        .containsExactly("disks[0].password", "colour");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                                          | an object is expected, a list is there",
        "{'name':'web'}                              | schema: it is not there",
        "{'schema':'io.intermodal.machine/2','name':'web'} | this version reads",
        "{'schema':'io.intermodal.machine/1'}        | name: it is not there",
        "{%,'memoryBytes':'1'}                       | memoryBytes: a whole number is expected, a text",
        "{%,'memoryBytes':1.5}                       | memoryBytes: a whole number is expected",
        "{%,'memoryBytes':9223372036854775808}       | memoryBytes: the number is too large",
        "{%,'memoryBytes':0}                         | memoryBytes must be at least 1",
        "{%,'cpu':{'count':4294967297}}              | cpu.count: 4294967297 is too large",
        "{%,'cpu':{'count':4,'coresPerSocket':3}}    | cpu: coresPerSocket must divide count",
        "{%,'cpu':4}                                 | cpu: an object is expected, a number",
        "{%,'firmware':'efi'}                        | firmware: `efi` is none of [BIOS, EFI]",
        "{%,'secureBoot':1}                          | secureBoot: true or false is expected",
        "{%,'disks':{}}                              | disks: a list is expected, an object",
        "{%,'disks':[{'key':'a'}]}                   | disks[0].capacityBytes: it is not there",
        "{%,'nics':[{'key':'a','mac':'xx'}]}         | nics[0]: mac must be six octets",
        "{%,'bootOrder':['a']}                       | bootOrder names no device",
        "{%,'bootOrder':[1]}                         | bootOrder: a list of texts is expected",
        "{%,'name':'web'}                            | Duplicate field 'name'",
        "{%} x                                       | Unrecognized token 'x'",
        "{%                                          | Unexpected end-of-input",
      })
  void refusesWhatIsWrongAndSaysWhere(String document, String reason) {
    String text = document.replace("%", HEAD);

    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IntermodalException.class)
        .hasMessageStartingWith("cannot read doc.json")
        .hasMessageContaining(reason.replace('`', '"'))
        .extracting(e -> ((IntermodalException) e).code())
        .isEqualTo(ConvertError.UNREADABLE_DESCRIPTOR);
  }

  @Test
  void namesLineAndColumnOfWhatIsNoJson() {
    assertThatThrownBy(() -> read("{\n  'schema' 1}"))
        .isInstanceOfSatisfying(
            IntermodalException.class,
            e -> assertThat(e.location().orElseThrow()).startsWith("doc.json:2:"));
  }

  @Test
  void boundsDepthAndSize() {
    assertThatThrownBy(() -> read("[".repeat(100_000)))
        .isInstanceOf(IntermodalException.class)
        .hasMessageContaining("larger or deeper");
    byte[] large = new byte[LocalMachineFormat.MAX_BYTES + 1];
    assertThatThrownBy(() -> format.read(large, "doc.json"))
        .isInstanceOf(IntermodalException.class)
        .hasMessageContaining("are more than");
  }

  @Test
  void failsOnlyWithItsOwnErrorForMutatedDocuments() {
    Random random = new Random(20131001);
    byte[] good =
        format
            .write(
                MachineSpec.named("Grüße")
                    .cpus(2)
                    .addDisk(new DiskSpec("disk0", 512, DiskBus.IDE, 1))
                    .addNic(new NicSpec("net0", "e1000", "default", "52:54:00:00:00:01"))
                    .build())
            .result();
    int refused = 0;
    for (int round = 0; round < 5_000; round++) {
      byte[] bad = good.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      try {
        format.read(bad, "fuzz");
      } catch (IntermodalException e) {
        assertThat(e.code()).isEqualTo(ConvertError.UNREADABLE_DESCRIPTOR);
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void isFoundAsAPlugin() {
    assertThat(Converters.load().descriptor("local-machine"))
        .isInstanceOf(LocalMachineFormat.class);
  }

  private Conversion<MachineSpec> read(String text) {
    return format.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "doc.json");
  }
}
