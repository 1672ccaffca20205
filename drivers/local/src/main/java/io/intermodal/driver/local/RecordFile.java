package io.intermodal.driver.local;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.hypervisor.MachineState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads and writes the driver's own small JSON files. */
final class RecordFile {

  private static final String STATE_SCHEMA = "io.intermodal.local-state/1";
  private static final String HYPERVISOR_SCHEMA = "io.intermodal.local-hypervisor/1";
  private static final Pattern PART_FOLDER = Pattern.compile("[vs][0-9]{1,18}");
  private static final Set<MachineState> STATES =
      EnumSet.of(
          MachineState.STARTED, MachineState.STOPPED, MachineState.PAUSED, MachineState.SUSPENDED);

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxDocumentLength(1 << 20)
                          .maxNestingDepth(16)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private RecordFile() {}

  /** Signals that a file does not say what it should. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String reason) {
      super(reason);
    }
  }

  static byte[] write(MachineRecord record) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("schema", STATE_SCHEMA);
    json.put("state", record.state().name());
    json.put("boots", record.boots());
    json.put("current", record.current());
    ArrayNode snapshots = json.putArray("snapshots");
    for (MachineRecord.Snapshot snapshot : record.snapshots()) {
      snapshots.addObject().put("name", snapshot.name()).put("folder", snapshot.folder());
    }
    return bytes(json);
  }

  static MachineRecord readState(byte[] content) throws Malformed {
    JsonNode json = tree(content, STATE_SCHEMA);
    MachineState state;
    try {
      state = MachineState.valueOf(text(json, "state"));
    } catch (IllegalArgumentException e) {
      throw new Malformed("state is " + text(json, "state"));
    }
    if (!STATES.contains(state)) {
      throw new Malformed("state is " + state);
    }
    JsonNode boots = json.path("boots");
    if (!boots.canConvertToLong() || !boots.isIntegralNumber() || boots.longValue() < 0) {
      throw new Malformed("boots is no count");
    }
    List<MachineRecord.Snapshot> snapshots = new ArrayList<>();
    for (JsonNode snapshot : json.path("snapshots")) {
      snapshots.add(new MachineRecord.Snapshot(text(snapshot, "name"), folder(snapshot, "folder")));
    }
    return new MachineRecord(state, boots.longValue(), folder(json, "current"), snapshots);
  }

  static byte[] write(HypervisorRecord record) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("schema", HYPERVISOR_SCHEMA);
    json.put("profile", record.profile().id());
    ArrayNode networks = json.putArray("networks");
    record.networks().forEach(networks::add);
    return bytes(json);
  }

  static HypervisorRecord readHypervisor(byte[] content) throws Malformed {
    JsonNode json = tree(content, HYPERVISOR_SCHEMA);
    String id = text(json, "profile");
    Profile profile =
        Profile.named(id)
            .orElseThrow(() -> new Malformed("profile is " + id + ", known are " + Profile.ids()));
    List<String> networks = new ArrayList<>();
    for (JsonNode network : json.path("networks")) {
      if (!network.isTextual()) {
        throw new Malformed("networks is no list of names");
      }
      networks.add(network.textValue());
    }
    return new HypervisorRecord(profile, networks);
  }

  private static byte[] bytes(ObjectNode json) {
    return (json.toPrettyString().replace("\r\n", "\n") + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode tree(byte[] content, String schema) throws Malformed {
    JsonNode json;
    try {
      json = MAPPER.readTree(content);
    } catch (JacksonException e) {
      throw new Malformed(e.getOriginalMessage());
    } catch (IOException e) {
      throw new Malformed(String.valueOf(e.getMessage()));
    }
    if (!text(json, "schema").equals(schema)) {
      throw new Malformed("its schema is " + text(json, "schema") + " and not " + schema);
    }
    return json;
  }

  /** Reads a folder's name; anything else than one of ours could lead out of the machine. */
  private static String folder(JsonNode json, String name) throws Malformed {
    String folder = text(json, name);
    if (!PART_FOLDER.matcher(folder).matches()) {
      throw new Malformed(name + " is " + folder);
    }
    return folder;
  }

  private static String text(JsonNode json, String name) throws Malformed {
    String text = json.path(name).textValue();
    if (text == null) {
      throw new Malformed(name + " is not there, or no text");
    }
    return text;
  }
}
