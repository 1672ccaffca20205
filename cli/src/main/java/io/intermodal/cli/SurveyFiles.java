package io.intermodal.cli;

import io.intermodal.PartFile;
import io.intermodal.migrate.SurveyHtml;
import io.intermodal.migrate.SurveyJson;
import io.intermodal.migrate.SurveyResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Keeps the report of a survey as {@code report.html} and {@code report.json}. */
final class SurveyFiles {

  static final String HTML = "report.html";
  static final String JSON = "report.json";

  private SurveyFiles() {}

  /** Replaces what the cycle before left. */
  static void write(SurveyResult result, Path folder) {
    PartFile.write(
        folder.resolve(JSON), Json.text(SurveyJson.of(result)).getBytes(StandardCharsets.UTF_8));
    PartFile.write(folder.resolve(HTML), SurveyHtml.of(result).getBytes(StandardCharsets.UTF_8));
  }
}
