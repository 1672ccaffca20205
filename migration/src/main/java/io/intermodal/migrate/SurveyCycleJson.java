package io.intermodal.migrate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.ErrorCategory;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the file of one cycle, {@code io.intermodal.survey-cycle/1}. The observations
 * are kept and not the scores: those are made anew from them, by the rules that are asked for.
 */
final class SurveyCycleJson {

  static final String SCHEMA = "io.intermodal.survey-cycle/1";

  private SurveyCycleJson() {}

  static ObjectNode write(SurveyCycle cycle) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA)
        .put("from", cycle.from())
        .put("to", cycle.to())
        .put("route", cycle.route())
        .put("cycle", cycle.cycle())
        .put("startedAt", cycle.startedAt().toString())
        .put("durationMillis", cycle.duration().toMillis());
    SurveyCycle.Breakdown breakdown = cycle.breakdown();
    if (breakdown != null) {
      root.putObject("breakdown")
          .put("where", breakdown.where())
          .put("code", breakdown.code())
          .put("category", breakdown.category().name())
          .put("message", breakdown.message());
    }
    ObservationsJson.Sides observed = cycle.observed();
    if (observed != null) {
      root.set("observations", ObservationsJson.write(observed.source(), observed.target()));
    }
    ObjectNode versions = root.putObject("versions");
    new TreeMap<>(cycle.versions()).forEach(versions::put);
    return root;
  }

  static SurveyCycle read(String json, String name) {
    JsonReading document = ObservationsJson.parse(json, name, MigrateError.SURVEY_MISMATCH);
    document.requireSchema(SCHEMA);
    document.allow(
        "schema",
        "from",
        "to",
        "route",
        "cycle",
        "startedAt",
        "durationMillis",
        "breakdown",
        "observations",
        "versions");
    JsonReading breakdown = document.memberOrNull("breakdown");
    JsonReading observations = document.memberOrNull("observations");
    Map<String, String> versions = new TreeMap<>();
    JsonReading listed = document.member("versions");
    listed.names().forEach(key -> versions.put(key, listed.text(key)));
    return document.checked(
        () ->
            new SurveyCycle(
                document.text("from"),
                document.text("to"),
                document.text("route"),
                document.smallNumber("cycle"),
                instant(document.text("startedAt")),
                Duration.ofMillis(document.number("durationMillis")),
                breakdown(breakdown),
                observations == null ? null : ObservationsJson.read(observations),
                versions));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no time: " + text, e);
    }
  }

  private static SurveyCycle.@Nullable Breakdown breakdown(@Nullable JsonReading reading) {
    return reading == null
        ? null
        : new SurveyCycle.Breakdown(
            reading.text("where"),
            reading.text("code"),
            ErrorCategory.valueOf(reading.text("category")),
            reading.text("message"));
  }
}
