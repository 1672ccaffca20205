package io.intermodal.disk.internal.engine;

import io.intermodal.Cancellation;
import io.intermodal.CancelledException;
import io.intermodal.disk.internal.Batch;
import io.intermodal.disk.internal.BufferPool;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.ExtentWriter;
import io.intermodal.disk.internal.SourceBytes;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Moves batches from one reader through workers to one writer. The reader has a thread of its own,
 * workers take batches in any order, and the caller's thread writes them in the guest's order, so
 * that the same source gives the same bytes with any number of threads. At most {@code 2 x threads
 * + 2} batches are under way; a batch holds up to four windows of memory.
 */
public final class Pipeline {

  private static final long POLL_MILLIS = 20;
  private static final long JOIN_MILLIS = 2_000;

  private final ExtentReader reader;
  private final @Nullable ExtentWriter writer;
  private final Plan plan;
  private final SourceBytes source;
  private final Cancellation cancellation;
  private final LongConsumer storedDone;

  private final BufferPool pool;
  private final Semaphore permits;
  private final BlockingQueue<Future<EncodedBatch>> queue = new LinkedBlockingQueue<>();
  private final ConcurrentLinkedQueue<Codec> codecs = new ConcurrentLinkedQueue<>();
  private final ExecutorService workers;
  private volatile boolean stop;

  /**
   * Prepares one run.
   *
   * @param writer null when only the content digest is wanted
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
    this.cancellation = cancellation;
    this.storedDone = storedDone;
    int underWay = 2 * threads + 2;
    this.pool = new BufferPool(2 * underWay, plan.windowBytes() + plan.windowBytes() / 8);
    this.permits = new Semaphore(underWay);
    this.workers =
        Executors.newFixedThreadPool(threads, task -> daemon(task, "intermodal-disk-worker"));
  }

  /** What a run found out. */
  public record Outcome(long passedThroughBlocks, Optional<String> contentDigest) {}

  /** Runs to the end, or throws what went wrong first. May be called once. */
  public Outcome run() {
    Thread readerThread = daemon(this::read, "intermodal-disk-reader");
    readerThread.start();
    try {
      return write();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException("copy of " + source.name());
    } finally {
      stop = true;
      workers.shutdownNow();
      settle(readerThread);
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private void read() {
    try {
      while (acquire()) {
        Batch batch = reader.next(pool);
        if (batch == null) {
          queue.add(CompletableFuture.completedFuture(EncodedBatch.END));
          return;
        }
        queue.add(workers.submit(() -> work(batch)));
      }
    } catch (RuntimeException | Error e) {
      queue.add(CompletableFuture.failedFuture(e));
    }
  }

  /** Waits until a batch may be read; false when nothing is wanted any more. */
  private boolean acquire() {
    try {
      while (!stop) {
        if (permits.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          return !stop;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private EncodedBatch work(Batch batch) {
    Codec codec = codecs.poll();
    if (codec == null) {
      codec = new Codec(source.name(), plan.level());
    }
    try {
      return Transcoder.run(plan, batch, codec, pool);
    } finally {
      codecs.add(codec);
    }
  }

  private Outcome write() throws InterruptedException {
    ContentDigest digest = new ContentDigest();
    long passed = 0;
    while (true) {
      EncodedBatch batch = next();
      if (batch == EncodedBatch.END) {
        return new Outcome(
            passed,
            plan.contentDigest()
                ? Optional.of(digest.finish(plan.virtualSizeBytes()))
                : Optional.empty());
      }
      batch.digests().forEach(digest::add);
      if (writer != null) {
        for (Extent extent : batch.extents()) {
          writer.write(extent);
        }
        passed += batch.passedThrough();
      }
      batch.giveBack(pool);
      permits.release();
      storedDone.accept(batch.storedEnd());
    }
  }

  private EncodedBatch next() throws InterruptedException {
    Future<EncodedBatch> future = null;
    while (true) {
      cancellation.check("copy of " + source.name());
      if (future == null) {
        future = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        continue;
      }
      try {
        return future.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // Not yet: look again whether the work is still wanted.
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException r) {
          throw r;
        }
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  /** Waits for the threads, but not for ever: a reader may hang in somebody's stream. */
  private void settle(Thread readerThread) {
    boolean interrupted = Thread.interrupted();
    try {
      boolean unused = workers.awaitTermination(JOIN_MILLIS, TimeUnit.MILLISECONDS);
      readerThread.join(source.stored() == null ? POLL_MILLIS : JOIN_MILLIS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
