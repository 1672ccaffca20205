package io.intermodal.disk.internal.engine;

import io.intermodal.Cancellation;
import io.intermodal.CancelledException;
import io.intermodal.disk.internal.Batch;
import io.intermodal.disk.internal.BufferPool;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.SourceBytes;
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
import org.jspecify.annotations.Nullable;

/**
 * Yields the batches of one reader in the guest's order, as workers have encoded them. The reader
 * has a thread of its own, workers take batches in any order. At most {@code 2 x threads + 2}
 * batches are under way; a batch holds up to four windows of memory. Its caller is one thread, and
 * must close it.
 */
final class EncodedStream implements AutoCloseable {

  private static final long POLL_MILLIS = 20;
  private static final long JOIN_MILLIS = 2_000;

  private final ExtentReader reader;
  private final Plan plan;
  private final SourceBytes source;
  private final Cancellation cancellation;
  private final String work;

  private final BufferPool pool;
  private final Semaphore permits;
  private final BlockingQueue<Future<EncodedBatch>> queue = new LinkedBlockingQueue<>();
  private final ConcurrentLinkedQueue<Codec> codecs = new ConcurrentLinkedQueue<>();
  private final ExecutorService workers;
  private final Thread readerThread;
  private volatile boolean stop;
  private boolean ended;

  /**
   * Starts to read.
   *
   * @param source what the reader reads
   * @param work what it is read for, for the message of a cancellation
   */
  EncodedStream(
      ExtentReader reader,
      Plan plan,
      SourceBytes source,
      int threads,
      Cancellation cancellation,
      String work) {
    this.reader = reader;
    this.plan = plan;
    this.source = source;
    this.cancellation = cancellation;
    this.work = work;
    int underWay = 2 * threads + 2;
    this.pool = new BufferPool(2 * underWay, plan.windowBytes() + plan.windowBytes() / 8);
    this.permits = new Semaphore(underWay);
    this.workers =
        Executors.newFixedThreadPool(threads, task -> daemon(task, "intermodal-disk-worker"));
    this.readerThread = daemon(this::read, "intermodal-disk-reader");
    readerThread.start();
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

  /**
   * Waits for the next batch; null after the last one. Each one must be given back before its
   * caller can count on the one after the next.
   */
  @Nullable EncodedBatch next() {
    try {
      EncodedBatch batch = await();
      ended = batch == EncodedBatch.END;
      return ended ? null : batch;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException(work);
    }
  }

  private EncodedBatch await() throws InterruptedException {
    Future<EncodedBatch> future = null;
    while (true) {
      cancellation.check(work);
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

  /** Takes the memory of a batch back. */
  void giveBack(EncodedBatch batch) {
    batch.giveBack(pool);
    permits.release();
  }

  /** Stops and waits for the threads, but not for ever: a reader may hang in somebody's stream. */
  @Override
  public void close() {
    stop = true;
    workers.shutdownNow();
    if (!ended) {
      source.abort();
    }
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
