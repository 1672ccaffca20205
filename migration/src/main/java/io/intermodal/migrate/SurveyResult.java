package io.intermodal.migrate;

import io.intermodal.evaluate.Score;
import io.intermodal.evaluate.survey.Tally;
import io.intermodal.hypervisor.HypervisorInfo;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds a survey as far as it came, for people ({@link SurveyHtml}) and programs ({@link
 * SurveyJson}).
 *
 * @param guest what was moved, for people
 * @param guestSystem its operating system, or that it is not stated
 * @param cycles how many cycles were asked for
 * @param startedAt when this run began; an earlier one may have done a part
 * @param hosts what each host is, by its name, in the order of the rows
 * @param pairs every ordered pair, by row and column
 */
public record SurveyResult(
    String guest,
    String guestSystem,
    int cycles,
    Instant startedAt,
    Map<String, HypervisorInfo> hosts,
    List<SurveyPair> pairs) {

  /** Copies the collections. */
  public SurveyResult {
    hosts = Collections.unmodifiableMap(new LinkedHashMap<>(hosts));
    pairs = List.copyOf(pairs);
  }

  /** Counts the results of the pairs; one without a result yet is unknown. */
  public Tally totals() {
    return new Tally(count(Score.SUCCESS), count(Score.WARNING), count(Score.FAILURE), count(null));
  }

  private int count(@Nullable Score score) {
    return (int) pairs.stream().filter(pair -> pair.score() == score).count();
  }

  /** Tells whether every pair has a result. */
  public boolean isComplete() {
    return pairs.stream().allMatch(pair -> pair.score() != null && pair.isComplete());
  }

  /** Tells whether a machine really ran at every host. */
  public boolean isReal() {
    return hosts.values().stream().allMatch(host -> host.reality() == HypervisorInfo.Reality.REAL);
  }
}
