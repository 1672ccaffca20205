package io.intermodal.descriptor;

import io.intermodal.Cancellation;
import io.intermodal.Progress;
import io.intermodal.convert.FormatEdge;
import io.intermodal.convert.spi.DiskConverter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Knows one format, which starts with the word FAKE, and converts nothing. */
final class SniffingConverter implements DiskConverter {

  @Override
  public String id() {
    return "sniffing";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public List<FormatEdge> edges() {
    return List.of();
  }

  @Override
  public Set<String> readableFormats() {
    return Set.of("fake");
  }

  @Override
  public Optional<String> detect(SeekableByteChannel source, String disk) {
    ByteBuffer head = ByteBuffer.allocate(4);
    try {
      source.read(head);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    boolean fake = new String(head.array(), StandardCharsets.US_ASCII).equals("FAKE");
    return fake ? Optional.of("fake") : Optional.empty();
  }

  @Override
  public Result convert(Request request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long capacityBytes(SeekableByteChannel source, String format) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String contentDigest(
      SeekableByteChannel source,
      String format,
      String task,
      Progress.Listener progress,
      Cancellation cancellation) {
    throw new UnsupportedOperationException();
  }
}
