package io.intermodal.benchmark;

import io.intermodal.evaluate.Evaluation;
import io.intermodal.evaluate.Evaluator;
import io.intermodal.evaluate.Observations;
import io.intermodal.evaluate.Score;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures whole evaluations per second on one core: every test of tables II and III and the three
 * aggregates, from observations to scores, without the words, which are made when asked for.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class EvaluatorBenchmark {

  /** What the target is like. */
  public enum Sides {
    /** As the source, in objects of its own. */
    EQUAL,
    /** Every value that is compared is another one. */
    DIFFERENT
  }

  /** Of interfaces, addresses, mounts, firewall rules and routes there are so many each. */
  @Param({"4", "64"})
  private int entries;

  @Param private Sides sides = Sides.EQUAL;

  private final Evaluator evaluator = Evaluator.tiosa();
  private Observations source = ObservedMachines.healthy(1);
  private Observations target = ObservedMachines.healthy(1);

  /** Makes the observations, and checks that they have the scores they are meant to have. */
  @Setup
  public void observe() {
    source = ObservedMachines.healthy(entries);
    target =
        sides == Sides.EQUAL
            ? ObservedMachines.healthy(entries)
            : ObservedMachines.changed(entries);
    Score score = evaluator.evaluate(source, target).score();
    if (score != (sides == Sides.EQUAL ? Score.SUCCESS : Score.FAILURE)) {
      throw new IllegalStateException(sides + " is scored " + score);
    }
  }

  /** Scores one move. */
  @Benchmark
  public Evaluation evaluate() {
    return evaluator.evaluate(source, target);
  }

  /** Scores one move and writes the sentence for every score, as a report does. */
  @Benchmark
  public int evaluateAndExplain() {
    return evaluator.evaluate(source, target).explanations().size();
  }
}
