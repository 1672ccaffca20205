package io.intermodal.migrate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.evaluate.Evaluation;
import io.intermodal.evaluate.Score;
import io.intermodal.evaluate.survey.Tally;
import io.intermodal.hypervisor.HypervisorInfo;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes a survey for programs: {@code io.intermodal.survey-run/1}. */
public final class SurveyJson {

  /** The schema of the document. */
  public static final String SCHEMA = "io.intermodal.survey-run/1";

  private SurveyJson() {}

  /** Writes a survey as far as it came. */
  public static ObjectNode of(SurveyResult result) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA)
        .put("complete", result.isComplete())
        .put("real", result.isReal())
        .put("startedAt", result.startedAt().toString())
        .put("cycles", result.cycles());
    root.putObject("guest").put("source", result.guest()).put("system", result.guestSystem());
    ArrayNode hosts = root.putArray("hosts");
    result.hosts().forEach((name, info) -> hosts.add(host(name, info)));
    ArrayNode pairs = root.putArray("pairs");
    result.pairs().forEach(pair -> pairs.add(pair(pair)));
    Tally totals = result.totals();
    root.putObject("totals")
        .put("SUCCESS", totals.success())
        .put("WARNING", totals.warning())
        .put("FAILURE", totals.failure())
        .put("open", totals.unknown())
        .put("pairs", totals.all());
    return root;
  }

  private static ObjectNode host(String name, HypervisorInfo info) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", name)
        .put("driver", info.driver())
        .put("product", info.product())
        .put("version", info.version())
        .put("reality", info.reality().name())
        .put("uri", info.uri());
  }

  private static ObjectNode pair(SurveyPair pair) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    SurveyAttempt best = pair.best().orElse(null);
    node.put("from", pair.from())
        .put("to", pair.to())
        .put("complete", pair.isComplete())
        .put("score", name(pair.score()))
        .put("stability", best == null ? null : best.stability().name())
        .put("route", best == null ? null : best.route())
        .put("routesLeftOut", pair.leftOut());
    ArrayNode routes = node.putArray("routes");
    pair.attempts().forEach(attempt -> routes.add(attempt(attempt)));
    return node;
  }

  private static ObjectNode attempt(SurveyAttempt attempt) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    Score score = attempt.score();
    node.put("route", attempt.route())
        .put("complete", attempt.isComplete())
        .put("score", name(score))
        .put("stability", score == null ? null : attempt.stability().name());
    attempt.differing().forEach(node.putArray("differing")::add);
    ArrayNode reasons = node.putArray("reasons");
    for (SurveyReason reason : attempt.reasons()) {
      reasons
          .addObject()
          .put("id", reason.id())
          .put("title", reason.title())
          .put("score", reason.score().name())
          .put("explanation", reason.explanation());
    }
    ArrayNode cycles = node.putArray("cycles");
    int evaluated = 0;
    for (SurveyCycle cycle : attempt.cycles()) {
      Evaluation evaluation =
          cycle.observed() == null ? null : attempt.evaluations().get(evaluated++);
      cycles.add(cycle(cycle, evaluation));
    }
    return node;
  }

  private static ObjectNode cycle(SurveyCycle cycle, @Nullable Evaluation evaluation) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("cycle", cycle.cycle())
        .put("startedAt", cycle.startedAt().toString())
        .put("durationMillis", cycle.duration().toMillis())
        .put("overall", evaluation == null ? null : evaluation.scoreWithoutRelaxations().name());
    SurveyCycle.Breakdown breakdown = cycle.breakdown();
    if (breakdown == null) {
      node.putNull("breakdown");
    } else {
      node.putObject("breakdown")
          .put("where", breakdown.where())
          .put("code", breakdown.code())
          .put("category", breakdown.category().name())
          .put("message", breakdown.message());
    }
    ObjectNode versions = node.putObject("versions");
    new TreeMap<>(cycle.versions()).forEach(versions::put);
    return node;
  }

  private static @Nullable String name(@Nullable Score score) {
    return score == null ? null : score.name();
  }
}
