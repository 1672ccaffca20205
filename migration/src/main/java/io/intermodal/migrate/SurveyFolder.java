package io.intermodal.migrate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.CommonError;
import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.PartFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a survey on disk so that it can be killed at any moment: {@code survey.json} says what is
 * surveyed, {@code cycles/} holds a file for each cycle that is over, {@code routes/} what was
 * planned for each pair. Each file is there whole or not at all.
 */
final class SurveyFolder {

  private static final String SCHEMA = "io.intermodal.survey-state/1";
  private static final String ROUTES_SCHEMA = "io.intermodal.survey-routes/1";
  private static final int MAX_BYTES = 16 << 20;

  private final Path folder;
  private final String id;

  private SurveyFolder(Path folder, String id) {
    this.folder = folder;
    this.id = id;
  }

  /** Returns what the names of this survey's machines start with, of any pair and cycle. */
  String machineName() {
    return "survey-" + id;
  }

  /** Begins in a new or empty folder. */
  static SurveyFolder begin(Path folder, List<SurveyHost> hosts, String guest) {
    try {
      Files.createDirectories(folder);
      if (!list(folder).isEmpty()) {
        throw new IntermodalException(
            CommonError.FILE_EXISTS,
            "cannot begin a survey in "
                + folder
                + ": it is not empty; name a new folder, or go on with --resume",
            folder.toString(),
            null);
      }
      Files.createDirectories(folder.resolve("cycles"));
      Files.createDirectories(folder.resolve("routes"));
    } catch (IOException e) {
      throw Errors.writing(folder, e);
    }
    String id = UUID.randomUUID().toString().substring(0, 8);
    write(folder.resolve("survey.json"), state(id, hosts, guest));
    return new SurveyFolder(folder, id);
  }

  /**
   * Goes on in the folder of an earlier run.
   *
   * @throws IntermodalException {@code SURVEY_MISMATCH} when it was of other hosts or another guest
   */
  static SurveyFolder resume(Path folder, List<SurveyHost> hosts, String guest) {
    Path file = folder.resolve("survey.json");
    if (!Files.exists(file)) {
      throw mismatch(folder, "there is no survey.json in it; begin without --resume");
    }
    JsonReading state =
        ObservationsJson.parse(text(file), file.toString(), MigrateError.SURVEY_MISMATCH);
    state.requireSchema(SCHEMA);
    String id = state.text("id");
    if (!id.matches("[0-9a-f]{8}")) {
      throw state.error("\"id\" is no id of a survey");
    }
    if (!state.node().equals(state(id, hosts, guest))) {
      throw mismatch(
          folder,
          "it was begun with other hosts or another guest; give those again, or begin in a new"
              + " folder");
    }
    return new SurveyFolder(folder, id);
  }

  private static ObjectNode state(String id, List<SurveyHost> hosts, String guest) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA).put("id", id).put("guest", guest);
    ArrayNode list = root.putArray("hosts");
    hosts.forEach(
        host ->
            list.addObject()
                .put("name", host.name())
                .put("uri", host.uri())
                .put("network", host.network()));
    return root;
  }

  void keep(SurveyCycle cycle, int pair, int route) {
    write(cycleFile(pair, route, cycle.cycle()), SurveyCycleJson.write(cycle));
  }

  Optional<SurveyCycle> kept(int pair, int route, int cycle) {
    Path file = cycleFile(pair, route, cycle);
    return Files.exists(file)
        ? Optional.of(SurveyCycleJson.read(text(file), file.toString()))
        : Optional.empty();
  }

  void keepRoutes(int pair, SurveyRoutes routes) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", ROUTES_SCHEMA).put("leftOut", routes.leftOut());
    ArrayNode list = root.putArray("routes");
    routes.routes().forEach(list::add);
    write(routesFile(pair), root);
  }

  /** Returns what was planned for a pair; null when nothing was yet. */
  @Nullable SurveyRoutes routes(int pair) {
    Path file = routesFile(pair);
    if (!Files.exists(file)) {
      return null;
    }
    JsonReading root =
        ObservationsJson.parse(text(file), file.toString(), MigrateError.SURVEY_MISMATCH);
    root.requireSchema(ROUTES_SCHEMA);
    List<String> routes = new ArrayList<>();
    root.items("routes").forEach(item -> routes.add(item.node().asText()));
    return new SurveyRoutes(routes, root.smallNumber("leftOut"));
  }

  private Path cycleFile(int pair, int route, int cycle) {
    return folder.resolve("cycles").resolve(pair + "-" + route + "-" + cycle + ".json");
  }

  private Path routesFile(int pair) {
    return folder.resolve("routes").resolve(pair + ".json");
  }

  private static void write(Path file, ObjectNode document) {
    PartFile.write(file, document.toPrettyString().getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw mismatch(file, "it is larger than " + MAX_BYTES + " bytes");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw Errors.reading(file, e);
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  private static IntermodalException mismatch(Path place, String reason) {
    return new IntermodalException(
        MigrateError.SURVEY_MISMATCH,
        "cannot go on with the survey in " + place + ": " + reason,
        place.toString(),
        null);
  }
}
