package io.intermodal.disk.internal.http;

import io.intermodal.CommonError;
import io.intermodal.IntermodalException;
import io.intermodal.disk.HttpLimits;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks one server for one file and follows redirections, without telling another server what was
 * meant for the first. Thread-safe.
 */
final class Server {

  private static final int MOST_REDIRECTIONS = 5;
  private static final Set<Integer> REDIRECTIONS = Set.of(301, 302, 303, 307, 308);

  private final URI uri;
  private final HttpClient client;
  private final Supplier<Map<String, String>> headers;
  private final HttpLimits limits;

  Server(URI uri, HttpClient client, Supplier<Map<String, String>> headers, HttpLimits limits) {
    this.uri = uri;
    this.client = client;
    this.headers = headers;
    this.limits = limits;
  }

  /**
   * Asks for the bytes from {@code first} to {@code last}.
   *
   * @param take makes of the answer what is wanted; the result, when cancelled, hangs up
   */
  <T> CompletableFuture<T> ask(
      long first, long last, boolean wantsStream, Function<Reply, T> take) {
    int most = Math.toIntExact(last - first + 1);
    AtomicReference<Future<?>> exchange = new AtomicReference<>();
    CompletableFuture<T> result =
        ask(uri, "bytes=" + first + "-" + last, most, wantsStream, 0, exchange).thenApply(take);
    CompletableFuture<T> unused =
        result.whenComplete(
            (value, error) -> {
              Future<?> underWay = exchange.get();
              if (result.isCancelled() && underWay != null) {
                underWay.cancel(true);
              }
            });
    return result;
  }

  private CompletableFuture<Reply> ask(
      URI at,
      String range,
      int most,
      boolean wantsStream,
      int redirections,
      AtomicReference<Future<?>> exchange) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at)
            .timeout(limits.silence())
            .header("Range", range)
            .header("Accept-Encoding", "identity");
    if (isSameServer(at)) {
      headers.get().forEach(request::setHeader);
    }
    CompletableFuture<HttpResponse<Reply>> sent =
        client.sendAsync(request.build(), Reply.handler(most, wantsStream));
    exchange.set(sent);
    return sent.thenCompose(
        response -> {
          URI next = REDIRECTIONS.contains(response.statusCode()) ? next(at, response) : null;
          if (next == null) {
            return CompletableFuture.completedFuture(response.body());
          }
          if (redirections == MOST_REDIRECTIONS) {
            throw failed("it was redirected more than " + MOST_REDIRECTIONS + " times");
          }
          return ask(next, range, most, wantsStream, redirections + 1, exchange);
        });
  }

  private @Nullable URI next(URI at, HttpResponse<Reply> response) {
    String location = response.headers().firstValue("Location").orElse(null);
    if (location == null) {
      return null;
    }
    URI next;
    try {
      next = at.resolve(location);
    } catch (IllegalArgumentException e) {
      throw failed("it was redirected to something that is no address");
    }
    String scheme = String.valueOf(next.getScheme()).toLowerCase(Locale.ROOT);
    boolean weaker = at.getScheme().equalsIgnoreCase("https") && !scheme.equals("https");
    if (weaker || !(scheme.equals("http") || scheme.equals("https")) || next.getHost() == null) {
      throw failed("it was redirected to where it must not be followed");
    }
    return next;
  }

  private boolean isSameServer(URI other) {
    return uri.getScheme().equalsIgnoreCase(other.getScheme())
        && uri.getHost().equalsIgnoreCase(other.getHost())
        && uri.getPort() == other.getPort();
  }

  private IntermodalException failed(String why) {
    String name = HttpBytes.name(uri);
    return new IntermodalException(
        CommonError.READ_FAILED, "cannot read " + name + ": " + why, name, null);
  }
}
