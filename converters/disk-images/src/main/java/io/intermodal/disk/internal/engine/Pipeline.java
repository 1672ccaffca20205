package io.intermodal.disk.internal.engine;

import io.intermodal.Cancellation;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.ExtentWriter;
import io.intermodal.disk.internal.SourceBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Moves batches from one reader through workers to one writer. The caller's thread writes them in
 * the guest's order, so that the same source gives the same bytes with any number of threads.
 */
public final class Pipeline {

  /** How many blocks in doubt are named; what is damaged all over needs no longer list. */
  private static final int MOST_PROBLEMS = 100;

  private final ExtentReader reader;
  private final @Nullable ExtentWriter writer;
  private final Plan plan;
  private final SourceBytes source;
  private final int threads;
  private final Cancellation cancellation;
  private final LongConsumer storedDone;

  /**
   * Prepares one run.
   *
   * @param writer null when only the content is to be looked at
   * @param source what the reader reads
   * @param storedDone hears how much of the source has been dealt with
   */
  public Pipeline(
      ExtentReader reader,
      @Nullable ExtentWriter writer,
      Plan plan,
      SourceBytes source,
      int threads,
      Cancellation cancellation,
      LongConsumer storedDone) {
    this.reader = reader;
    this.writer = writer;
    this.plan = plan;
    this.source = source;
    this.threads = threads;
    this.cancellation = cancellation;
    this.storedDone = storedDone;
  }

  /**
   * What a run found out.
   *
   * @param contentDigest of the source
   * @param writtenContentDigest of the disk that is written, the same unless that is larger
   * @param dataBytes the guest's bytes in blocks that were looked at and are not all zeros
   * @param problems what is wrong with single blocks, when the plan goes on behind them
   * @param moreProblems how many others there were
   */
  public record Outcome(
      long passedThroughBlocks,
      Optional<String> contentDigest,
      Optional<String> writtenContentDigest,
      long dataBytes,
      List<String> problems,
      long moreProblems) {}

  /** Runs to the end, or throws what went wrong first. May be called once. */
  public Outcome run() {
    ContentDigest digest = new ContentDigest();
    ContentDigest written = new ContentDigest();
    List<String> problems = new ArrayList<>();
    long moreProblems = 0;
    long passed = 0;
    long data = 0;
    String work = (writer == null ? "read " : "copy of ") + source.name();
    try (EncodedStream batches =
        new EncodedStream(reader, plan, source, threads, cancellation, work)) {
      for (EncodedBatch batch = batches.next(); batch != null; batch = batches.next()) {
        for (EncodedBatch.BlockDigest block : batch.digests()) {
          digest.add(block.block(), block.sha256());
          written.add(block.block(), block.written());
        }
        for (String problem : batch.problems()) {
          if (problems.size() < MOST_PROBLEMS) {
            problems.add(problem);
          } else {
            moreProblems++;
          }
        }
        data += batch.dataBytes();
        if (writer != null) {
          for (Extent extent : batch.extents()) {
            writer.write(extent);
          }
          passed += batch.passedThrough();
        }
        batches.giveBack(batch);
        storedDone.accept(batch.storedEnd());
      }
    }
    return new Outcome(
        passed,
        finish(digest, plan.virtualSizeBytes()),
        finish(written, plan.writtenBytes()),
        data,
        problems,
        moreProblems);
  }

  private Optional<String> finish(ContentDigest digest, long size) {
    return plan.contentDigest() ? Optional.of(digest.finish(size)) : Optional.empty();
  }
}
