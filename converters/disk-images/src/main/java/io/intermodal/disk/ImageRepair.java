package io.intermodal.disk;

import io.intermodal.Cancellation;
import io.intermodal.Progress;
import io.intermodal.disk.internal.ByteTarget;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.ExtentWriter;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.SourceBytes;
import io.intermodal.disk.internal.engine.Pipeline;
import io.intermodal.disk.internal.engine.Plan;
import io.intermodal.disk.internal.vmdk.StreamOptimizedRepair;
import java.util.List;
import java.util.Map;

/** Writes an image that was made badly as it should have been made. */
final class ImageRepair {

  private static final String DIGEST = "SHA-256";

  private ImageRepair() {}

  static CopyResult run(
      DiskSource source, DiskTarget target, Progress.Listener listener, Cancellation cancellation) {
    if (target.path() != null && source.reads(target.path())) {
      throw new IllegalArgumentException("source and target are the same file: " + target.path());
    }
    try (SourceBytes bytes = source.open()) {
      refuseOthers(source, DiskImages.format(source, bytes).id());
      StreamOptimizedRepair repair =
          StreamOptimizedRepair.open(
              bytes, source.settings(bytes, List.of(), cancellation), target.name(), 0);
      Digests digests = new Digests(List.of(DIGEST));
      try (DiskTarget.Opened opened = target.open(digests.all())) {
        ByteTarget out = opened.bytes();
        ExtentReader reader = repair.reader();
        ExtentWriter writer = repair.writer(out);
        Plan plan =
            new Plan(
                reader.virtualSizeBytes(),
                reader.virtualSizeBytes(),
                reader.windowBytes(),
                writer.wanted(),
                true,
                true,
                Compression.FAST.level(),
                writer.unitBytes(),
                false);
        int threads = Runtime.getRuntime().availableProcessors();
        ProgressMeter meter = ProgressMeter.of("repair " + source.name(), reader, bytes, listener);
        Pipeline.Outcome outcome =
            new Pipeline(reader, writer, plan, bytes, threads, cancellation, meter::done).run();
        bytes.checkUnchanged();
        writer.finish();
        cancellation.check("repair of " + source.name());
        opened.commit(true);
        meter.finish();
        return new CopyResult(
            DiskFormat.VMDK_STREAM_OPTIMIZED,
            DiskFormat.VMDK_STREAM_OPTIMIZED,
            reader.virtualSizeBytes(),
            outcome.contentDigest(),
            outcome.writtenContentDigest(),
            Map.of(),
            digests.finish(),
            reader.storedBytesRead(),
            out.bytesWritten(),
            outcome.passedThroughBlocks(),
            notes(repair.changes()));
      }
    }
  }

  private static void refuseOthers(DiskSource source, DiskFormat format) {
    if (!format.equals(DiskFormat.VMDK_STREAM_OPTIMIZED)) {
      throw Problems.refuse(
          DiskError.FORMAT_UNSUPPORTED,
          source.name(),
          "it is "
              + format
              + ", and only streamOptimized VMDK has a layout to repair; copy it to the format that"
              + " is wanted instead");
    }
  }

  private static List<String> notes(List<String> changes) {
    return changes.isEmpty()
        ? List.of("the image has VMware's layout already; nothing had to be changed")
        : changes;
  }
}
