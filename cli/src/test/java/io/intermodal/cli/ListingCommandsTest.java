package io.intermodal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the commands that list what is there: survey, drivers, formats, routes. */
class ListingCommandsTest {

  @TempDir Path folder;

  private static JsonNode json(Object... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.err()).isEmpty();
    return run.json();
  }

  @Test
  void printsThePublishedSurvey() {
    JsonNode json = json("survey", "--json");
    assertThat(json.get("schema").textValue()).isEqualTo("io.intermodal.survey/1");
    assertThat(json.get("hypervisors")).hasSize(4);
    assertThat(json.get("cells")).hasSize(36);
    assertThat(json.get("totals").toString())
        .isEqualTo("{\"SUCCESS\":2,\"WARNING\":15,\"FAILURE\":19,\"paths\":36}");
    int paths = 0;
    for (JsonNode guest : json.get("guests")) {
      paths += guest.get("totals").get("paths").intValue();
    }
    assertThat(paths).isEqualTo(36);
    for (JsonNode cell : json.get("cells")) {
      assertThat(cell.get("known").booleanValue()).isEqualTo(cell.get("score").isTextual());
      assertThat(cell.get("from")).isNotEqualTo(cell.get("to"));
    }
    CommandRun text = CommandRun.of("survey");
    assertThat(text.exitCode()).isZero();
    assertThat(text.out()).contains("In all: 2 SUCCESS, 15 WARNING, 19 FAILURE.");
  }

  @Test
  void listsDrivers() {
    JsonNode json = json("drivers", "--json");
    assertThat(json.get("schema").textValue()).isEqualTo("io.intermodal.drivers/1");
    assertThat(json.get("problems")).isEmpty();
    Map<String, JsonNode> drivers = new HashMap<>();
    json.get("drivers").forEach(driver -> drivers.put(driver.get("id").textValue(), driver));
    assertThat(drivers).containsOnlyKeys("local", "libvirt");
    JsonNode local = Objects.requireNonNull(drivers.get("local"));
    assertThat(local.get("schemes").toString()).isEqualTo("[\"local\"]");
    assertThat(local.get("uriForm").textValue()).startsWith("local:/path");
    JsonNode libvirt = Objects.requireNonNull(drivers.get("libvirt"));
    assertThat(libvirt.get("schemes").toString())
        .contains("\"qemu\"", "\"qemu+ssh\"", "\"xen\"", "\"test\"");
    assertThat(CommandRun.of("drivers").out())
        .contains("local:/path?profile=", "qemu[+ssh|tcp|tls|unix]://");
  }

  @Test
  void listsFormats() {
    JsonNode json = json("formats", "--json");
    assertThat(json.get("schema").textValue()).isEqualTo("io.intermodal.formats/1");
    assertThat(json.get("problems")).isEmpty();
    List<String> ids = new ArrayList<>();
    json.get("disks").forEach(disk -> ids.add(disk.get("id").textValue()));
    assertThat(ids).contains("qcow2", "raw", "vmdk-streamOptimized").isSorted();
    json.get("disks")
        .forEach(disk -> assertThat(disk.get("readBy")).as(disk.toString()).isNotEmpty());
    assertThat(json.get("disks").toString())
        .contains("{\"id\":\"qcow2\",\"readBy\":[\"disk-images\"]");
    assertThat(json.get("descriptors").toString()).contains("\"ovf\"", "\"local-machine\"");
    assertThat(CommandRun.of("formats").out()).contains("qcow2", "Descriptor format");
  }

  @Test
  void listsRoutesBestFirst() {
    JsonNode json = json("routes", "--from", "vmdk-streamOptimized", "--to", "qcow2", "--json");
    assertThat(json.get("schema").textValue()).isEqualTo("io.intermodal.routes/1");
    JsonNode best = json.get("routes").get(0);
    assertThat(best.get("from").textValue()).isEqualTo("vmdk-streamOptimized");
    assertThat(best.get("to").textValue()).isEqualTo("qcow2");
    assertThat(best.get("fidelity").textValue()).isEqualTo("EXACT");
    assertThat(best.get("temporaryCopies").intValue()).isZero();
    assertThat(best.get("edges")).hasSize(1);
    assertThat(best.get("edges").get(0).get("converter").textValue()).isEqualTo("disk-images");
    assertThat(best.get("edges").get(0).get("cost").intValue()).isPositive();
    assertThat(CommandRun.of("routes", "--from", "raw", "--to", "raw").out())
        .contains("raw (copied as it is)");
  }

  @Test
  void listsRoutesBetweenHypervisorsAndMakesNoFolder() {
    String from = "local:" + folder.resolve("a") + "?profile=vsphere";
    String to = "local:" + folder.resolve("b") + "?profile=xen";
    JsonNode json = json("routes", "--from", from, "--to", to, "--json");
    assertThat(json.get("routes").get(0).get("from").textValue()).isEqualTo("vmdk-streamOptimized");
    assertThat(json.get("routes").get(0).get("to").textValue()).isEqualTo("raw");
    assertThat(Tree.of(folder)).isEmpty();
  }

  @Test
  void refusesUnknownFormatsAndNamesTheKnown() {
    CommandRun run = CommandRun.of("routes", "--from", "qcow3", "--to", "raw");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("qcow3", "qcow2", "raw");
  }
}
