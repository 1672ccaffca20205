package io.intermodal.cli;

import io.intermodal.evaluate.AggregateResult;
import io.intermodal.evaluate.Evaluation;
import io.intermodal.evaluate.Evaluator;
import io.intermodal.evaluate.Rules;
import io.intermodal.evaluate.Score;
import io.intermodal.evaluate.TestResult;
import io.intermodal.migrate.ObservationsJson;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Scores two sets of observations. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Scores what tests saw at the source and at the target, by TIOSA's tables.",
      "Exit code 1 when the overall score is FAILURE.",
      ""
    })
final class EvaluateCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "FILE",
      description =
          "Observations of both sides: JSON with \"schema\":\"io.intermodal.observations/1\".")
  private Path file = Path.of("");

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description = "Evaluation rules and relaxations; TIOSA's unless given.")
  private @Nullable Path rules;

  @Option(names = "--explain", description = "Print the reason of every score.")
  private boolean explain;

  @Mixin private final JsonOption json = new JsonOption();
  private final Context context;

  EvaluateCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Rules chosen = rules == null ? Rules.TIOSA : Rules.parse(InputFiles.readText(rules));
    ObservationsJson.Sides sides =
        ObservationsJson.read(InputFiles.readText(file), file.toString());
    Evaluation evaluation = Evaluator.of(chosen).evaluate(sides.source(), sides.target());
    Console console = context.console();
    if (json.json) {
      console.out().println(Json.text(ObservationsJson.write(evaluation)));
    } else {
      print(console, evaluation, explain);
    }
    return evaluation.score() == Score.FAILURE ? ExitCodes.NEGATIVE : ExitCodes.DONE;
  }

  /** Prints scores: the aggregates, and the tests that are not SUCCESS or, if asked, all. */
  static void print(Console console, Evaluation evaluation, boolean explain) {
    TextTable table = new TextTable(console, "Test", "Name", "Score", "Why");
    long good = 0;
    for (TestResult test : evaluation.tests()) {
      if (explain || test.score() != Score.SUCCESS) {
        table.row(test.id(), test.name(), test.score(), test.finding());
      } else {
        good++;
      }
    }
    for (AggregateResult aggregate : evaluation.aggregates()) {
      table.row(
          aggregate.aggregate().id(),
          aggregate.aggregate().title(),
          aggregate.score(),
          aggregate.explanation());
    }
    table.print();
    if (good > 0) {
      console.out().println(good + " further tests are SUCCESS (--explain prints them)");
    }
    if (evaluation.score() != evaluation.scoreWithoutRelaxations()) {
      console
          .out()
          .println("without relaxations the score is " + evaluation.scoreWithoutRelaxations());
    }
  }
}
