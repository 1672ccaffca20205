package io.intermodal.disk;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves one file on the loopback, well or badly. */
final class WebServer implements AutoCloseable {

  /** Answers one request; returns false to have it answered well. */
  interface Mood {
    boolean answer(int number, HttpExchange exchange) throws IOException, InterruptedException;
  }

  final List<String> ranges = new CopyOnWriteArrayList<>();
  final List<String> secrets = new CopyOnWriteArrayList<>();
  final CountDownLatch end = new CountDownLatch(1);
  volatile String tag = "\"1\"";
  volatile boolean knowsRanges = true;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final byte[] file;

  WebServer(byte[] file, Mood mood) throws IOException {
    this.file = file;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> handle(mood, exchange));
    server.start();
  }

  URI uri() {
    return uri("/disk?signature=verysecret");
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private void handle(Mood mood, HttpExchange exchange) throws IOException {
    int number;
    synchronized (ranges) {
      number = ranges.size();
      ranges.add(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
      secrets.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    }
    try {
      if (!mood.answer(number, exchange)) {
        answer(exchange);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("ETag", tag);
    if (!knowsRanges) {
      exchange.sendResponseHeaders(200, file.length);
      write(exchange, 0, file.length);
      return;
    }
    long[] range = range(exchange);
    if (range[0] >= file.length) {
      headers.set("Content-Range", "bytes */" + file.length);
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    int last = (int) Math.min(range[1], file.length - 1);
    headers.set("Content-Range", "bytes " + range[0] + "-" + last + "/" + file.length);
    exchange.sendResponseHeaders(206, last - range[0] + 1);
    write(exchange, (int) range[0], (int) (last - range[0] + 1));
  }

  static long[] range(HttpExchange exchange) {
    String ends = exchange.getRequestHeaders().getFirst("Range").substring("bytes=".length());
    int hyphen = ends.indexOf('-');
    return new long[] {
      Long.parseLong(ends.substring(0, hyphen)), Long.parseLong(ends.substring(hyphen + 1))
    };
  }

  void write(HttpExchange exchange, int from, int length) throws IOException {
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(file, from, length);
    }
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
