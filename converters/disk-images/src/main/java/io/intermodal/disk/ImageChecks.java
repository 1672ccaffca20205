package io.intermodal.disk;

import io.intermodal.Cancellation;
import io.intermodal.IntermodalException;
import io.intermodal.Progress;
import io.intermodal.disk.CheckReport.Problem;
import io.intermodal.disk.CheckReport.Severity;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.Format;
import io.intermodal.disk.internal.ReadSettings;
import io.intermodal.disk.internal.SourceBytes;
import io.intermodal.disk.internal.engine.Comparing;
import io.intermodal.disk.internal.engine.Pipeline;
import io.intermodal.disk.internal.engine.Plan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Reads images to judge them. */
final class ImageChecks {

  private ImageChecks() {}

  static CheckReport check(
      DiskSource source, Progress.Listener listener, Cancellation cancellation) {
    try (SourceBytes bytes = source.open()) {
      Format format = DiskImages.format(source, bytes);
      ReadSettings settings = source.settings(bytes, List.of(), cancellation);
      ExtentReader reader = format.open(bytes, settings);
      // A reader and a look at the structures may find the same; once is enough.
      Set<Problem> problems = new LinkedHashSet<>();
      OptionalLong dataBytes = OptionalLong.empty();
      try {
        dataBytes = checkContent(source.name(), reader, bytes, listener, cancellation, problems);
      } catch (IntermodalException e) {
        problems.add(damage(e));
      }
      reader.notes().forEach(note -> problems.add(new Problem(Severity.NOTE, note)));
      if (bytes.stored() != null) {
        try {
          format.check(bytes, settings, problems::add);
        } catch (IntermodalException e) {
          problems.add(damage(e));
        }
      }
      bytes.checkUnchanged();
      return new CheckReport(
          format.id(),
          reader.virtualSizeBytes(),
          bytes.length().orElse(reader.storedBytesRead()),
          dataBytes,
          new ArrayList<>(problems));
    }
  }

  private static OptionalLong checkContent(
      String name,
      ExtentReader reader,
      SourceBytes bytes,
      Progress.Listener listener,
      Cancellation cancellation,
      Set<Problem> problems) {
    ProgressMeter meter = ProgressMeter.of("check " + name, reader, bytes, listener);
    int threads = Runtime.getRuntime().availableProcessors();
    Pipeline.Outcome outcome =
        new Pipeline(reader, null, Plan.check(reader), bytes, threads, cancellation, meter::done)
            .run();
    meter.finish();
    outcome.problems().forEach(found -> problems.add(new Problem(Severity.DAMAGE, found)));
    if (outcome.moreProblems() > 0) {
      problems.add(
          new Problem(
              Severity.DAMAGE,
              outcome.moreProblems() + " more blocks cannot be decoded in " + name));
    }
    return outcome.problems().isEmpty()
        ? OptionalLong.of(outcome.dataBytes())
        : OptionalLong.empty();
  }

  /** Makes a finding of damage, and passes on what is none. */
  private static Problem damage(IntermodalException e) {
    if (e.code() != DiskError.DAMAGED && e.code() != DiskError.TRUNCATED) {
      throw e;
    }
    return new Problem(Severity.DAMAGE, String.valueOf(e.getMessage()));
  }

  static Comparison compare(
      DiskSource one, DiskSource other, Progress.Listener listener, Cancellation cancellation) {
    try (SourceBytes bytes = one.open();
        SourceBytes otherBytes = other.open()) {
      ExtentReader reader = reader(one, bytes, cancellation);
      ExtentReader otherReader = reader(other, otherBytes, cancellation);
      ProgressMeter meter =
          new ProgressMeter(
              "compare " + one.name() + " with " + other.name(),
              sum(ProgressMeter.total(reader, bytes), ProgressMeter.total(otherReader, otherBytes)),
              listener);
      OptionalLong difference =
          Comparing.firstDifference(
              reader,
              bytes,
              otherReader,
              otherBytes,
              Runtime.getRuntime().availableProcessors(),
              cancellation,
              meter::done);
      bytes.checkUnchanged();
      otherBytes.checkUnchanged();
      meter.finish();
      return new Comparison(reader.virtualSizeBytes(), otherReader.virtualSizeBytes(), difference);
    }
  }

  private static ExtentReader reader(
      DiskSource source, SourceBytes bytes, Cancellation cancellation) {
    return DiskImages.format(source, bytes)
        .open(bytes, source.settings(bytes, List.of(), cancellation));
  }

  private static OptionalLong sum(OptionalLong one, OptionalLong other) {
    return one.isPresent() && other.isPresent()
        ? OptionalLong.of(Math.addExact(one.getAsLong(), other.getAsLong()))
        : OptionalLong.empty();
  }
}
