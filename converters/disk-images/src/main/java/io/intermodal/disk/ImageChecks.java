package io.intermodal.disk;

import io.intermodal.Cancellation;
import io.intermodal.IntermodalException;
import io.intermodal.Progress;
import io.intermodal.disk.CheckReport.Problem;
import io.intermodal.disk.CheckReport.Severity;
import io.intermodal.disk.internal.Batch;
import io.intermodal.disk.internal.BufferPool;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.Format;
import io.intermodal.disk.internal.SourceBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Reads images to judge them. */
final class ImageChecks {

  private ImageChecks() {}

  static CheckReport check(
      DiskSource source, Progress.Listener listener, Cancellation cancellation) {
    DiskInfo info = DiskImages.info(source);
    List<Problem> problems = new ArrayList<>();
    try {
      DiskImages.contentDigest(source, listener, cancellation);
      try (SourceBytes bytes = source.open()) {
        Format format = DiskImages.format(source, bytes);
        ExtentReader reader = format.open(bytes, source.settings(bytes, List.of(), cancellation));
        BufferPool pool = new BufferPool(1, reader.windowBytes());
        for (Batch batch = reader.next(pool); batch != null; batch = reader.next(pool)) {
          pool.give(batch.buffer());
        }
        reader.notes().forEach(note -> problems.add(new Problem(Severity.NOTE, note)));
      }
    } catch (IntermodalException e) {
      if (e.code() != DiskError.DAMAGED && e.code() != DiskError.TRUNCATED) {
        throw e;
      }
      problems.add(new Problem(Severity.DAMAGE, String.valueOf(e.getMessage())));
    }
    return new CheckReport(
        info.format(), info.virtualSizeBytes(), info.storedBytes(), OptionalLong.empty(), problems);
  }

  static Comparison compare(
      DiskSource one, DiskSource other, Progress.Listener listener, Cancellation cancellation) {
    long size = DiskImages.info(one).virtualSizeBytes();
    long otherSize = DiskImages.info(other).virtualSizeBytes();
    boolean same =
        DiskImages.contentDigest(one, listener, cancellation)
            .equals(DiskImages.contentDigest(other, listener, cancellation));
    return new Comparison(size, otherSize, same ? OptionalLong.empty() : OptionalLong.of(0));
  }
}
