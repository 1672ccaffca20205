package io.intermodal.disk.internal.http;

import io.intermodal.CommonError;
import io.intermodal.IntermodalException;
import io.intermodal.disk.DiskError;
import io.intermodal.disk.internal.Problems;
import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the first answer said of the file; every later one must say the same.
 *
 * @param name for messages
 * @param size of the file in bytes
 * @param tag the entity tag (RFC 9110, 8.8.3); empty when the server has none
 * @param modified the time of the last change as the server words it; empty when it has none
 */
record FileState(String name, long size, Optional<String> tag, Optional<String> modified) {

  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;
  private static final int BEYOND_THE_END = 416;

  /** Answers after which another try may succeed. */
  private static final Set<Integer> TRANSIENT = Set.of(408, 425, 429, 500, 502, 503, 504);

  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

  /** Returns what is known of a file that comes as a stream: nothing. */
  static FileState unknown(String name) {
    return new FileState(name, 0, Optional.empty(), Optional.empty());
  }

  /** Takes the first answer. */
  static FileState of(String name, Reply reply) {
    boolean empty =
        reply.status() == BEYOND_THE_END
            && reply.headers().firstValue("Content-Range").orElse("").equals("bytes */0");
    if (empty) {
      return new FileState(name, 0, tag(reply), modified(reply));
    }
    Matcher range = range(name, reply);
    return new FileState(name, Long.parseLong(range.group(3)), tag(reply), modified(reply));
  }

  /**
   * Takes a later answer, or the bytes of the first.
   *
   * @return its bytes, from {@code first} to {@code last}
   */
  byte[] bytes(Reply reply, long first, long last) {
    if (reply.status() == BEYOND_THE_END) {
      throw changed();
    }
    Matcher range = range(name, reply);
    if (Long.parseLong(range.group(3)) != size
        || !tag(reply).equals(tag)
        || !modified(reply).equals(modified)) {
      throw changed();
    }
    byte[] bytes = reply.bytes();
    if (Long.parseLong(range.group(1)) != first
        || Long.parseLong(range.group(2)) != last
        || bytes == null) {
      throw refused(name, "the server sent another range than was asked for");
    }
    if (bytes.length != last - first + 1) {
      throw again("the server sent " + bytes.length + " bytes of " + (last - first + 1));
    }
    return bytes;
  }

  /** Refuses what the server packed on its own. */
  static void checkPlain(String name, HttpHeaders headers) {
    String encoding = headers.firstValue("Content-Encoding").orElse("identity");
    if (!encoding.equalsIgnoreCase("identity")) {
      throw refused(name, "the server packs what it sends, which was not asked for");
    }
  }

  private static Matcher range(String name, Reply reply) {
    if (!reply.isPart()) {
      throw status(name, reply.status());
    }
    checkPlain(name, reply.headers());
    Matcher range = RANGE.matcher(reply.headers().firstValue("Content-Range").orElse(""));
    if (!range.matches()) {
      throw refused(name, "the server does not say which range it sent");
    }
    return range;
  }

  private static RuntimeException status(String name, int status) {
    if (TRANSIENT.contains(status)) {
      return again("the server answered with status " + status);
    }
    if (status == NOT_FOUND || status == GONE) {
      return new IntermodalException(
          CommonError.FILE_NOT_FOUND,
          "cannot read " + name + ": the server has no such file (status " + status + ")",
          name,
          null);
    }
    return refused(name, "the server answered with status " + status);
  }

  private static RuntimeException again(String why) {
    return new CompletionException(new Patience.Failed(why));
  }

  private static IntermodalException refused(String name, String why) {
    return new IntermodalException(
        CommonError.READ_FAILED, "cannot read " + name + ": " + why, name, null);
  }

  private IntermodalException changed() {
    return Problems.refuse(
        DiskError.SOURCE_CHANGED, name, "the file changed on the server while it was read");
  }

  private static Optional<String> tag(Reply reply) {
    return reply.headers().firstValue("ETag");
  }

  private static Optional<String> modified(Reply reply) {
    return reply.headers().firstValue("Last-Modified");
  }
}
