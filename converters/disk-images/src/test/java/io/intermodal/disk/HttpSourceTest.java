package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.QCOW2;
import static io.intermodal.disk.DiskFormat.RAW;
import static io.intermodal.disk.DiskFormat.VMDK_STREAM_OPTIMIZED;
import static io.intermodal.disk.Failures.assertThatFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import io.intermodal.Cancellation;
import io.intermodal.CancelledException;
import io.intermodal.CommonError;
import io.intermodal.ErrorCode;
import io.intermodal.IntermodalException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images are read from web servers that behave, and from those that do not. */
@Timeout(60)
class HttpSourceTest {

  /** Long enough for a machine that is busy with other things. */
  private static final HttpLimits USUAL =
      new HttpLimits(Duration.ofSeconds(15), Duration.ofMillis(1500));

  private static final HttpLimits SHORT =
      new HttpLimits(Duration.ofMillis(400), Duration.ofMillis(500));

  private static final WebServer.Mood GOOD = (number, exchange) -> false;

  @TempDir Path folder;

  private final Sample sample = Sample.of("web", 12L << 20).fill(0, 100, 1).fill(150, 160, 2);
  private final HttpClient client = HttpClient.newHttpClient();

  private DiskSource source(WebServer server) {
    return source(server.uri());
  }

  private DiskSource source(URI uri) {
    return DiskSource.http(uri, client, () -> Map.of("Authorization", "Bearer token"), USUAL);
  }

  private byte[] image(DiskFormat format) throws IOException {
    Path file = folder.resolve("image-" + format);
    DiskCopy.from(DiskSource.file(sample.raw(folder)).as(RAW))
        .to(DiskTarget.replacing(file), format)
        .compress(Compression.FAST)
        .run();
    return Files.readAllBytes(file);
  }

  private String digest() {
    return DiskImages.contentDigest(DiskSource.file(sample.raw(folder)).as(RAW));
  }

  @Test
  void readsEveryFormatByRanges() throws IOException {
    for (DiskFormat format : new DiskFormat[] {RAW, QCOW2, VMDK_STREAM_OPTIMIZED}) {
      byte[] image = image(format);
      try (WebServer server = new WebServer(image, GOOD)) {
        CopyResult result =
            DiskCopy.from(source(server).as(format))
                .to(DiskTarget.replacing(folder.resolve("out")), QCOW2)
                .digestSource("SHA-256")
                .run();
        assertThat(result.contentDigest()).hasValue(digest());
        assertThat(server.ranges).allMatch(range -> range.startsWith("bytes="));
        assertThat(server.secrets).containsOnly("Bearer token");
      }
    }
  }

  @Test
  void tellsTheFormatByItsContentAndReadsNothingTwice() throws IOException {
    byte[] image = image(QCOW2);
    try (WebServer server = new WebServer(image, GOOD)) {
      assertThat(DiskImages.contentDigest(source(server))).isEqualTo(digest());
      assertThat(server.ranges).doesNotHaveDuplicates();
      assertThat(DiskImages.detect(source(server))).isEqualTo(QCOW2);
    }
  }

  @Test
  void takesAStreamFromAServerWithoutRanges() throws IOException {
    try (WebServer server = new WebServer(image(VMDK_STREAM_OPTIMIZED), GOOD)) {
      server.knowsRanges = false;
      assertThat(DiskImages.contentDigest(source(server).as(VMDK_STREAM_OPTIMIZED)))
          .isEqualTo(digest());
      assertThatFails(
          () -> DiskImages.info(source(server)),
          DiskError.FORMAT_UNKNOWN,
          "its format must be named, since it comes as one stream, as from a web server that knows");
    }
    try (WebServer server = new WebServer(image(QCOW2), GOOD)) {
      server.knowsRanges = false;
      assertThatFails(
          () -> DiskImages.info(source(server).as(QCOW2)),
          DiskError.FORMAT_UNSUPPORTED,
          "cannot be read from a stream");
    }
    try (WebServer server = new WebServer(sample.bytes(), GOOD)) {
      server.knowsRanges = false;
      assertThat(DiskImages.contentDigest(source(server).as(RAW))).isEqualTo(digest());
    }
  }

  @Test
  void unpacksGzipFromAServer() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(image(VMDK_STREAM_OPTIMIZED));
    }
    try (WebServer server = new WebServer(packed.toByteArray(), GOOD)) {
      DiskSource source =
          DiskSource.gzip(source(server), VMDK_STREAM_OPTIMIZED, OptionalLong.empty());
      assertThat(DiskImages.contentDigest(source)).isEqualTo(digest());
    }
  }

  /** Each of these goes away when one asks again. */
  @ParameterizedTest
  @CsvSource({"short", "503", "429", "hangs up", "hangs"})
  void triesAgain(String trouble) throws IOException {
    byte[] image = sample.bytes();
    WebServer.Mood mood =
        (number, exchange) -> {
          if (number % 3 != 1) {
            return false;
          }
          switch (trouble) {
            case "short" -> {
              long[] range = WebServer.range(exchange);
              long last = Math.min(range[1], image.length - 1);
              exchange
                  .getResponseHeaders()
                  .set("Content-Range", "bytes " + range[0] + "-" + last + "/" + image.length);
              exchange.getResponseHeaders().set("ETag", "\"1\"");
              exchange.sendResponseHeaders(206, last - range[0] + 1);
              exchange.getResponseBody().write(image, 0, 1000);
            }
            case "hangs up" -> {}
            case "hangs" -> Thread.sleep(1_000);
            default -> exchange.sendResponseHeaders(Integer.parseInt(trouble), -1);
          }
          return true;
        };
    HttpLimits limits = new HttpLimits(Duration.ofMillis(700), Duration.ofSeconds(40));
    try (WebServer server = new WebServer(image, mood)) {
      DiskSource source = DiskSource.http(server.uri(), client, Map::of, limits).as(RAW);
      assertThat(DiskImages.contentDigest(source)).isEqualTo(digest());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "404, FILE_NOT_FOUND, no such file",
    "403, READ_FAILED, status 403",
    "500, READ_FAILED, tries failed",
    "416, READ_FAILED, status 416"
  })
  void namesWhatAServerRefuses(int status, CommonError code, String reason) throws IOException {
    WebServer.Mood mood =
        (number, exchange) -> {
          exchange.sendResponseHeaders(status, -1);
          return true;
        };
    try (WebServer server = new WebServer(sample.bytes(), mood)) {
      assertRefused(server, code, reason);
    }
  }

  private void assertRefused(WebServer server, ErrorCode code, String reason) {
    assertThatFails(() -> DiskImages.contentDigest(source(server).as(RAW)), code, reason);
    assertThatThrownBy(() -> DiskImages.contentDigest(source(server).as(RAW)))
        .hasMessageContaining("http://127.0.0.1")
        .message()
        .doesNotContain("verysecret", "token", "?");
  }

  private static void part(HttpExchange exchange, String range, int length) throws IOException {
    exchange.getResponseHeaders().set("Content-Range", range);
    exchange.getResponseHeaders().set("ETag", "\"1\"");
    exchange.sendResponseHeaders(206, length);
    exchange.getResponseBody().write(new byte[length]);
  }

  @Test
  void refusesAnswersThatCannotBeTrusted() throws IOException {
    byte[] bytes = sample.bytes();
    WebServer.Mood other =
        (n, exchange) -> {
          part(exchange, "bytes 7-1048582/" + bytes.length, 1 << 20);
          return true;
        };
    try (WebServer server = new WebServer(bytes, other)) {
      assertRefused(server, CommonError.READ_FAILED, "another range");
    }
    WebServer.Mood endless =
        (n, exchange) -> {
          part(exchange, "bytes 0-1048575/" + bytes.length, 3 << 20);
          return true;
        };
    try (WebServer server = new WebServer(bytes, endless)) {
      assertRefused(server, CommonError.READ_FAILED, "another range");
    }
    WebServer.Mood silent =
        (n, exchange) -> {
          part(exchange, "bytes", 1 << 20);
          return true;
        };
    try (WebServer server = new WebServer(bytes, silent)) {
      assertRefused(server, CommonError.READ_FAILED, "which range");
    }
    WebServer.Mood packed =
        (n, exchange) -> {
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          part(exchange, "bytes 0-1048575/" + bytes.length, 1 << 20);
          return true;
        };
    try (WebServer server = new WebServer(bytes, packed)) {
      assertRefused(server, CommonError.READ_FAILED, "packs");
    }
  }

  @Test
  void noticesThatTheFileChanged() throws IOException {
    WebServer.Mood changing =
        (number, exchange) -> {
          exchange.getResponseHeaders().set("Last-Modified", number < 3 ? "Monday" : "Tuesday");
          return false;
        };
    try (WebServer server = new WebServer(sample.bytes(), changing)) {
      Path out = folder.resolve("changed.qcow2");
      assertThatFails(
          () -> DiskCopy.from(source(server).as(RAW)).to(DiskTarget.file(out), QCOW2).run(),
          DiskError.SOURCE_CHANGED,
          "changed on the server");
      assertThat(out).doesNotExist();
    }
    WebServer[] served = new WebServer[1];
    WebServer.Mood newTag =
        (number, exchange) -> {
          served[0].tag = "\"" + number + "\"";
          return false;
        };
    try (WebServer server = new WebServer(sample.bytes(), newTag)) {
      served[0] = server;
      assertRefused(server, DiskError.SOURCE_CHANGED, "changed on the server");
    }
  }

  @Test
  void doesNotWaitForEverForAServerThatHangs() throws IOException {
    WebServer[] served = new WebServer[1];
    WebServer.Mood hanging =
        (number, exchange) -> {
          if (number > 0) {
            served[0].end.await(20, TimeUnit.SECONDS);
          }
          return false;
        };
    try (WebServer server = new WebServer(sample.bytes(), hanging)) {
      served[0] = server;
      assertThatFails(
          () ->
              DiskImages.contentDigest(
                  DiskSource.http(server.uri(), client, Map::of, SHORT).as(RAW)),
          CommonError.READ_FAILED,
          "no answer within");
    }
    WebServer.Mood half =
        (number, exchange) -> {
          exchange.sendResponseHeaders(200, 12 << 20);
          exchange.getResponseBody().write(new byte[100_000]);
          exchange.getResponseBody().flush();
          served[0].end.await(20, TimeUnit.SECONDS);
          return true;
        };
    try (WebServer server = new WebServer(sample.bytes(), half)) {
      served[0] = server;
      assertThatFails(
          () ->
              DiskImages.contentDigest(
                  DiskSource.http(server.uri(), client, Map::of, SHORT).as(RAW)),
          CommonError.READ_FAILED,
          "nothing came within");
    }
  }

  @Test
  void canBeCancelledWhileTheServerHangs() throws Exception {
    WebServer[] served = new WebServer[1];
    WebServer.Mood hanging =
        (number, exchange) -> {
          if (number > 1) {
            served[0].end.await(20, TimeUnit.SECONDS);
          }
          return false;
        };
    try (WebServer server = new WebServer(sample.bytes(), hanging)) {
      served[0] = server;
      Cancellation cancellation = Cancellation.create();
      HttpLimits patient = new HttpLimits(Duration.ofSeconds(30), Duration.ofSeconds(60));
      DiskSource source = DiskSource.http(server.uri(), client, Map::of, patient).as(RAW);
      long[] asked = new long[1];
      Thread stopper =
          new Thread(
              () -> {
                try {
                  Thread.sleep(500);
                } catch (InterruptedException e) {
                  return;
                }
                asked[0] = System.nanoTime();
                cancellation.cancel();
              });
      stopper.start();
      assertThatThrownBy(
              () ->
                  DiskCopy.from(source)
                      .to(DiskTarget.file(folder.resolve("never")), QCOW2)
                      .cancellation(cancellation)
                      .run())
          .isInstanceOf(CancelledException.class);
      long millis = (System.nanoTime() - asked[0]) / 1_000_000;
      assertThat(millis).isLessThan(1_000);
      stopper.join();
    }
  }

  @Test
  void followsRedirectionsWithoutTellingOthersTheSecret() throws IOException {
    try (WebServer other = new WebServer(sample.bytes(), GOOD)) {
      WebServer.Mood elsewhere =
          (number, exchange) -> {
            exchange.getResponseHeaders().set("Location", other.uri("/there").toString());
            exchange.sendResponseHeaders(302, -1);
            return true;
          };
      try (WebServer server = new WebServer(new byte[0], elsewhere)) {
        assertThat(DiskImages.contentDigest(source(server).as(RAW))).isEqualTo(digest());
        assertThat(server.secrets).containsOnly("Bearer token");
        assertThat(other.secrets).containsOnly("null");
      }
    }
    WebServer.Mood around =
        (number, exchange) -> {
          exchange.getResponseHeaders().set("Location", "/again");
          exchange.sendResponseHeaders(307, -1);
          return true;
        };
    try (WebServer server = new WebServer(new byte[0], around)) {
      assertRefused(server, CommonError.READ_FAILED, "redirected more than 5 times");
    }
    WebServer.Mood local =
        (number, exchange) -> {
          exchange.getResponseHeaders().set("Location", "file:///etc/passwd");
          exchange.sendResponseHeaders(302, -1);
          return true;
        };
    try (WebServer server = new WebServer(new byte[0], local)) {
      assertRefused(server, CommonError.READ_FAILED, "must not be followed");
    }
  }

  @Test
  void readsAnEmptyFileAsADiskOfNothing() throws IOException {
    try (WebServer server = new WebServer(new byte[0], GOOD)) {
      assertThat(DiskImages.info(source(server).as(RAW)).virtualSizeBytes()).isZero();
    }
  }

  @Test
  void refusesAddressesThatHoldCredentials() {
    assertThatThrownBy(() -> DiskSource.http(URI.create("http://me:secret@host/disk")))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("secret");
    assertThatThrownBy(() -> DiskSource.http(URI.create("file:///etc/passwd")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysThatNobodyIsThere() {
    IntermodalException e =
        catchThrowableOfType(
            IntermodalException.class,
            () -> DiskImages.info(source(URI.create("http://127.0.0.1:1/disk?key=k")).as(RAW)));
    assertThat(e.code()).isEqualTo(CommonError.READ_FAILED);
    assertThat(e).hasMessageContaining("the connection failed").message().doesNotContain("key");
  }
}
