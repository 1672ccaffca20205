package io.intermodal.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.evaluate.Score;
import io.intermodal.evaluate.survey.GuestSystem;
import io.intermodal.evaluate.survey.Hypervisor;
import io.intermodal.evaluate.survey.PublishedSurvey;
import io.intermodal.evaluate.survey.SurveyCell;
import io.intermodal.evaluate.survey.SurveyMatrix;
import io.intermodal.evaluate.survey.Tally;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the published survey. */
@Command(
    name = "survey",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the survey that was published with TIOSA: 36 paths between four hypervisors.",
      "Cells whose place was not published are marked \"unknown\"; the totals count them.",
      "One of your own is measured by: survey run",
      ""
    },
    subcommands = SurveyRunCommand.class)
final class SurveyCommand implements Runnable {

  @Mixin private final JsonOption json = new JsonOption();
  private final Context context;

  SurveyCommand(Context context) {
    this.context = context;
  }

  @Override
  public void run() {
    SurveyMatrix survey = PublishedSurvey.matrix();
    if (json.json) {
      context.console().out().println(Json.text(json(survey)));
    } else {
      print(survey);
    }
  }

  private void print(SurveyMatrix survey) {
    Console console = context.console();
    for (GuestSystem guest : survey.guests()) {
      console.out().println(console.bold(guest + ", " + words(survey.total(guest))));
      List<String> headings = new ArrayList<>(List.of("from \\ to"));
      survey.hypervisors().forEach(target -> headings.add(target.name()));
      TextTable table = new TextTable(console, headings.toArray(String[]::new));
      for (Hypervisor source : survey.hypervisors()) {
        List<Object> row = new ArrayList<>(List.of(source.name()));
        for (Hypervisor target : survey.hypervisors()) {
          row.add(
              survey.cells().stream()
                  .filter(cell -> cell.path().source().equals(source))
                  .filter(cell -> cell.path().target().equals(target))
                  .filter(cell -> cell.path().guest().equals(guest))
                  .findFirst()
                  .map(cell -> cell.score().map(Score::name).orElse("unknown"))
                  .orElse("-"));
        }
        table.row(row.toArray());
      }
      table.print();
      console.out().println();
    }
    console.out().println("In all: " + words(survey.total()) + ".");
  }

  private static String words(Tally tally) {
    return tally.success()
        + " SUCCESS, "
        + tally.warning()
        + " WARNING, "
        + tally.failure()
        + " FAILURE";
  }

  static ObjectNode json(SurveyMatrix survey) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", "io.intermodal.survey/1");
    ArrayNode hypervisors = root.putArray("hypervisors");
    survey
        .hypervisors()
        .forEach(
            one -> hypervisors.addObject().put("name", one.name()).put("version", one.version()));
    ArrayNode guests = root.putArray("guests");
    for (GuestSystem guest : survey.guests()) {
      guests
          .addObject()
          .put("name", guest.name())
          .put("version", guest.version())
          .put("bits", guest.bits())
          .set("totals", totals(survey.total(guest)));
    }
    ArrayNode cells = root.putArray("cells");
    for (SurveyCell cell : survey.cells()) {
      cells
          .addObject()
          .put("from", cell.path().source().name())
          .put("to", cell.path().target().name())
          .put("guest", cell.path().guest().name() + " " + cell.path().guest().version())
          .put("score", cell.score().map(Score::name).orElse(null))
          .put("known", cell.score().isPresent())
          .put("note", cell.note());
    }
    root.set("totals", totals(survey.total()));
    ArrayNode causes = root.putArray("failureCauses");
    PublishedSurvey.failureCauses()
        .forEach(
            cause -> causes.addObject().put("cause", cause.cause()).put("paths", cause.paths()));
    return root;
  }

  private static ObjectNode totals(Tally tally) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("SUCCESS", tally.success())
        .put("WARNING", tally.warning())
        .put("FAILURE", tally.failure())
        .put("paths", tally.all());
  }
}
