package io.intermodal.cli;

import io.intermodal.CommonError;
import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.PartFile;
import io.intermodal.migrate.HtmlReport;
import io.intermodal.migrate.JsonReport;
import io.intermodal.migrate.MigrationReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a report as {@code report.html} and {@code report.json}.
 *
 * @param html the report for people
 * @param json the report for programs
 */
record ReportFolder(Path html, Path json) {

  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  /** Writes both files into a folder, or into one named after the machine and the time. */
  static ReportFolder write(MigrationReport report, @Nullable Path wanted) {
    Path folder = wanted == null ? defaultFolder(report) : wanted;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw Errors.writing(folder, e);
    }
    Path html = folder.resolve("report.html");
    Path json = folder.resolve("report.json");
    PartFile.write(html, HtmlReport.of(report).getBytes(StandardCharsets.UTF_8));
    PartFile.write(json, Json.text(JsonReport.of(report)).getBytes(StandardCharsets.UTF_8));
    return new ReportFolder(html, json);
  }

  /** Tells before anything is moved that the report could not be kept. */
  static void requireUsable(@Nullable Path wanted) {
    Path existing = (wanted == null ? Path.of("intermodal-reports") : wanted).toAbsolutePath();
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
      throw new IntermodalException(
          CommonError.WRITE_FAILED,
          "cannot keep the report in "
              + (wanted == null ? existing : wanted)
              + ": "
              + existing
              + (Files.isDirectory(existing) ? " is read-only" : " is no folder")
              + "; name another folder with --report",
          existing.toString(),
          null);
    }
  }

  private static Path defaultFolder(MigrationReport report) {
    String name = report.plan().targetSpec().name().replaceAll("[^\\p{Alnum}._-]", "_");
    return Path.of(
        "intermodal-reports",
        name + "-" + STAMP.format(report.startedAt().atZone(ZoneId.systemDefault())));
  }
}
