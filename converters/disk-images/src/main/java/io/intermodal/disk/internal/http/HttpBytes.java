package io.intermodal.disk.internal.http;

import io.intermodal.disk.HttpLimits;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.SourceBytes;
import io.intermodal.disk.internal.StoredBytes;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A file on a web server, read in chunks of 1 MiB. Chunks are fetched ahead while they are read in
 * a row; at most 16 are kept. Every answer must be of the same file as the first. Used by one
 * thread, save for {@link #abort()}.
 */
public final class HttpBytes implements StoredBytes {

  private static final int CHUNK = 1 << 20;
  private static final int MOST_CHUNKS = 16;
  private static final int AHEAD = 3;

  private final Server server;
  private final Patience patience;
  private final FileState state;

  /** The least recently used first; those that failed are asked for again. */
  private final LinkedHashMap<Long, CompletableFuture<byte[]>> chunks =
      new LinkedHashMap<>(32, 0.75f, true);

  private long lastChunk = -1;

  private HttpBytes(Server server, Patience patience, FileState state) {
    this.server = server;
    this.patience = patience;
    this.state = state;
  }

  /** Asks for the first bytes and, where the server knows no ranges, takes all as a stream. */
  public static SourceBytes open(
      URI uri, HttpClient client, Supplier<Map<String, String>> headers, HttpLimits limits) {
    String name = name(uri);
    Server server = new Server(uri, client, headers, limits);
    Patience patience = new Patience(name, limits);
    Opened opened =
        patience.get(0, attempt -> server.ask(0, CHUNK - 1, true, reply -> Opened.of(name, reply)));
    InputStream stream = opened.reply.stream();
    if (stream != null) {
      return SourceBytes.owning(
          name,
          new StallGuard(stream, limits.silence()),
          opened.reply.headers().firstValueAsLong("Content-Length"));
    }
    HttpBytes bytes = new HttpBytes(server, patience, opened.state);
    if (opened.state.size() > 0) {
      bytes.chunks.put(0L, opened.first);
    }
    return SourceBytes.of(bytes);
  }

  /** What the first answer gave: a stream, or the state of the file and its first chunk. */
  private record Opened(Reply reply, FileState state, CompletableFuture<byte[]> first) {

    private static final CompletableFuture<byte[]> NOTHING =
        CompletableFuture.completedFuture(new byte[0]);

    static Opened of(String name, Reply reply) {
      if (reply.stream() != null) {
        FileState.checkPlain(name, reply.headers());
        return new Opened(reply, FileState.unknown(name), NOTHING);
      }
      FileState state = FileState.of(name, reply);
      long last = Math.min(state.size(), CHUNK) - 1;
      if (last < 0) {
        return new Opened(reply, state, NOTHING);
      }
      byte[] first = state.bytes(reply, 0, last);
      return new Opened(reply, state, CompletableFuture.completedFuture(first));
    }
  }

  /** Returns an address for messages: without credentials, query and fragment. */
  public static String name(URI uri) {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + port + uri.getRawPath();
  }

  @Override
  public String name() {
    return state.name();
  }

  @Override
  public long size() {
    return state.size();
  }

  @Override
  public void read(long position, byte[] into, int from, int length, String structure) {
    if (position < 0 || position > size() - length) {
      throw Problems.truncated(name(), Math.min(Math.max(position, 0), size()), structure);
    }
    for (int done = 0; done < length; ) {
      long at = position + done;
      byte[] chunk = chunk(at / CHUNK);
      int start = (int) (at % CHUNK);
      int n = Math.min(length - done, chunk.length - start);
      System.arraycopy(chunk, start, into, from + done, n);
      done += n;
    }
  }

  private byte[] chunk(long number) {
    boolean inRow = number == lastChunk || number == lastChunk + 1;
    lastChunk = number;
    CompletableFuture<byte[]> known = chunks.get(number);
    CompletableFuture<byte[]> first =
        known == null || known.isCompletedExceptionally() ? ask(number) : known;
    chunks.put(number, first);
    for (long next = number + 1; inRow && next <= number + AHEAD; next++) {
      if (next * CHUNK < size()) {
        chunks.computeIfAbsent(next, this::ask);
      }
    }
    forgetOldest(number);
    return patience.get(
        number * CHUNK,
        attempt -> {
          if (attempt == 0) {
            return first;
          }
          CompletableFuture<byte[]> again = ask(number);
          chunks.put(number, again);
          return again;
        });
  }

  private CompletableFuture<byte[]> ask(long number) {
    long from = number * CHUNK;
    long last = Math.min(size(), from + CHUNK) - 1;
    return server.ask(from, last, false, reply -> state.bytes(reply, from, last));
  }

  private void forgetOldest(long number) {
    Iterator<Map.Entry<Long, CompletableFuture<byte[]>>> oldest = chunks.entrySet().iterator();
    while (chunks.size() > MOST_CHUNKS && oldest.hasNext()) {
      Map.Entry<Long, CompletableFuture<byte[]>> entry = oldest.next();
      if (entry.getKey() != number) {
        entry.getValue().cancel(true);
        oldest.remove();
      }
    }
  }

  @Override
  public void abort() {
    patience.abort();
  }

  @Override
  public void close() {
    chunks.values().forEach(chunk -> chunk.cancel(true));
    chunks.clear();
  }
}
