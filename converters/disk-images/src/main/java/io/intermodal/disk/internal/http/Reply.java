package io.intermodal.disk.internal.http;

import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** What a server answered: a part of the bytes, all of them as a stream, or neither. */
final class Reply {

  private static final int ALL = 200;
  private static final int PART = 206;

  private final int status;
  private final HttpHeaders headers;
  private final byte @Nullable [] bytes;
  private final @Nullable InputStream stream;

  private Reply(
      int status, HttpHeaders headers, byte @Nullable [] bytes, @Nullable InputStream stream) {
    this.status = status;
    this.headers = headers;
    this.bytes = bytes;
    this.stream = stream;
  }

  /** Makes the handler that takes at most {@code most} bytes of a part. */
  static BodyHandler<Reply> handler(int most, boolean wantsStream) {
    return info -> {
      if (info.statusCode() == PART) {
        return new Part(info, most);
      }
      if (info.statusCode() == ALL && wantsStream) {
        return BodySubscribers.mapping(
            BodySubscribers.ofInputStream(),
            stream -> new Reply(info.statusCode(), info.headers(), null, stream));
      }
      return new Part(info, 0);
    };
  }

  int status() {
    return status;
  }

  HttpHeaders headers() {
    return headers;
  }

  /** Returns the body of status 206; null for others, and when it is longer than was asked for. */
  byte @Nullable [] bytes() {
    return bytes;
  }

  /** Returns the body of status 200, which must be closed; null for others. */
  @Nullable InputStream stream() {
    return stream;
  }

  boolean isPart() {
    return status == PART;
  }

  /** Collects a body of bounded length and hangs up when it is longer. */
  private static final class Part implements BodySubscriber<Reply> {

    private final HttpResponse.ResponseInfo info;
    private final CompletableFuture<Reply> result = new CompletableFuture<>();
    private final byte[] bytes;
    private int used;
    private Flow.@Nullable Subscription subscription;

    Part(HttpResponse.ResponseInfo info, int most) {
      this.info = info;
      this.bytes = new byte[most];
    }

    @Override
    public CompletionStage<Reply> getBody() {
      return result;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
      subscription = newSubscription;
      if (bytes.length == 0) {
        hangUp();
      } else {
        newSubscription.request(Long.MAX_VALUE);
      }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      for (ByteBuffer buffer : buffers) {
        int n = buffer.remaining();
        if (n > bytes.length - used) {
          hangUp();
          return;
        }
        buffer.get(bytes, used, n);
        used += n;
      }
    }

    private void hangUp() {
      Flow.Subscription open = subscription;
      if (open != null) {
        open.cancel();
      }
      result.complete(new Reply(info.statusCode(), info.headers(), null, null));
    }

    @Override
    public void onError(Throwable error) {
      result.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
      byte[] body = used == bytes.length ? bytes : Arrays.copyOf(bytes, used);
      result.complete(new Reply(info.statusCode(), info.headers(), body, null));
    }
  }
}
