package io.intermodal.migrate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.IntermodalException;
import io.intermodal.evaluate.AggregateResult;
import io.intermodal.evaluate.Evaluation;
import io.intermodal.evaluate.Observation;
import io.intermodal.evaluate.Observations;
import io.intermodal.evaluate.ObservedValue;
import io.intermodal.evaluate.Outcome;
import io.intermodal.evaluate.TestCatalog;
import io.intermodal.evaluate.TestId;
import io.intermodal.evaluate.TestResult;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes observations and evaluations as JSON: {@code io.intermodal.observations/1} and
 * {@code io.intermodal.evaluation/1}. A test that is absent from a side is one that was not
 * performed.
 */
public final class ObservationsJson {

  /** The schema of a document with two sides. */
  public static final String OBSERVATIONS_SCHEMA = "io.intermodal.observations/1";

  /** The schema of an evaluation. */
  public static final String EVALUATION_SCHEMA = "io.intermodal.evaluation/1";

  private static final int MAX_DEPTH = 32;
  private static final long MAX_CHARACTERS = 16L << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxDocumentLength(MAX_CHARACTERS)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ObservationsJson() {}

  /**
   * Holds both sides of a document.
   *
   * @param source what was seen at the source
   * @param target what was seen at the target
   */
  public record Sides(Observations source, Observations target) {}

  /**
   * Reads a document with two sides.
   *
   * @param name name of the document for messages
   * @throws IntermodalException {@code INVALID_OBSERVATIONS} with the place: line and column, or
   *     the path of the member
   */
  public static Sides read(String json, String name) {
    return read(parse(json, name, MigrateError.INVALID_OBSERVATIONS));
  }

  static Sides read(JsonReading document) {
    document.requireSchema(OBSERVATIONS_SCHEMA);
    document.allow("schema", "source", "target");
    return new Sides(side(document.member("source")), side(document.member("target")));
  }

  /** Parses a bounded document of this project. */
  static JsonReading parse(String json, String name, MigrateError code) {
    try {
      return new JsonReading(name, "$", MAPPER.readTree(json), code);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String place = at == null ? name : name + ":" + at.getLineNr() + ":" + at.getColumnNr();
      throw new IntermodalException(
          code, "cannot read " + place + ": it is not JSON: " + e.getOriginalMessage(), place, e);
    }
  }

  private static Observations side(JsonReading side) {
    side.allow("hypervisor", "machine", "manualStep", "tests");
    Observations.Builder builder =
        side.checked(() -> Observations.on(side.text("hypervisor"), side.text("machine")));
    String manualStep = side.textOrNull("manualStep");
    if (manualStep != null) {
      side.checked(() -> builder.madeByHand(manualStep));
    }
    JsonReading tests = side.memberOrNull("tests");
    if (tests == null) {
      return builder.build();
    }
    for (String key : tests.names()) {
      JsonReading test = tests.member(key);
      TestId id = testId(test, key);
      test.checked(() -> builder.put(id, observation(id, test)));
    }
    return builder.build();
  }

  private static TestId testId(JsonReading place, String key) {
    TestId id = place.checked(() -> TestId.of(key));
    if (!TestCatalog.isKnown(id) && !TestCatalog.isApplicationCheck(id)) {
      throw place.error("no test has the id " + key + "; known are 1.1.a to 2.4.f and 2.5.x");
    }
    return id;
  }

  private static Observation observation(TestId id, JsonReading test) {
    test.allow("outcome", "reason", "value");
    String outcome = test.text("outcome");
    if (Arrays.stream(Outcome.values()).noneMatch(known -> known.name().equals(outcome))) {
      throw test.error(
          "\"" + outcome + "\" is not an outcome; known are " + Arrays.toString(Outcome.values()));
    }
    JsonReading value = test.memberOrNull("value");
    return new Observation(
        Outcome.valueOf(outcome),
        test.textOrNull("reason"),
        value == null ? null : value.checked(() -> ObservedValueJson.read(id, value)));
  }

  /** Writes a document with two sides. */
  public static ObjectNode write(Observations source, Observations target) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", OBSERVATIONS_SCHEMA);
    root.set("source", write(source));
    root.set("target", write(target));
    return root;
  }

  /** Writes one side. */
  public static ObjectNode write(Observations side) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("hypervisor", side.hypervisor());
    node.put("machine", side.machine());
    side.manualStep().ifPresent(step -> node.put("manualStep", step));
    ObjectNode tests = node.putObject("tests");
    for (Map.Entry<TestId, Observation> test : side.byTest().entrySet()) {
      ObjectNode one = tests.putObject(test.getKey().text());
      Observation observation = test.getValue();
      one.put("outcome", observation.outcome().name());
      observation.reason().ifPresent(reason -> one.put("reason", reason));
      @Nullable ObservedValue value = observation.valueOrNull();
      if (value != null) {
        one.set("value", ObservedValueJson.write(value));
      }
    }
    return node;
  }

  /** Writes an evaluation: scores, aggregates and explanations by test. */
  public static ObjectNode write(Evaluation evaluation) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", EVALUATION_SCHEMA);
    ObjectNode scores = root.putObject("scores");
    root.put("hypervisor", evaluation.hypervisor().score().name());
    root.put("os", evaluation.system().score().name());
    root.put("overall", evaluation.score().name());
    root.put("overallWithoutRelaxations", evaluation.scoreWithoutRelaxations().name());
    ObjectNode explanations = root.putObject("explanations");
    for (TestResult test : evaluation.tests()) {
      scores.put(test.id().text(), test.score().name());
      explanations.put(test.id().text(), test.explanation());
    }
    for (AggregateResult aggregate : evaluation.aggregates()) {
      explanations.put(aggregate.aggregate().id().text(), aggregate.explanation());
    }
    return root;
  }
}
