package io.intermodal.disk.internal.vhd;

import static io.intermodal.disk.internal.Geometry.WINDOW;
import static io.intermodal.disk.internal.vhd.Footer.LENGTH;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.internal.Batch;
import io.intermodal.disk.internal.BufferPool;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.FlatReader;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.ReadSettings;
import io.intermodal.disk.internal.SequentialInput;
import io.intermodal.disk.internal.SourceBytes;
import io.intermodal.disk.internal.StoredBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Yields the data in front of the footer, front to back; telling zeros is the workers' task. */
final class FixedReader implements ExtentReader {

  private final SequentialInput input;
  private final ReadSettings settings;
  private final long virtualSize;
  private final @Nullable FooterPlace place;
  private final List<String> notes;
  private boolean drained;

  private FixedReader(
      SourceBytes source,
      ReadSettings settings,
      long virtualSize,
      @Nullable FooterPlace place,
      List<String> notes) {
    this.input = source.sequential(settings.digests());
    this.settings = settings;
    this.virtualSize = virtualSize;
    this.place = place;
    this.notes = List.copyOf(notes);
  }

  static ExtentReader open(SourceBytes source, ReadSettings settings) {
    StoredBytes file = source.stored();
    return file != null ? ofFile(source, file, settings) : ofStream(source, settings);
  }

  private static ExtentReader ofFile(SourceBytes source, StoredBytes file, ReadSettings settings) {
    FooterPlace place = FooterPlace.find(file, VhdType.FIXED);
    long size = place.footer().currentSizeBytes();
    if (size > place.at()) {
      throw Problems.at(
          DiskError.TRUNCATED,
          file.name(),
          place.at() + 48,
          "VHD footer",
          "the disk has " + size + " bytes, in front of the footer are only " + place.at());
    }
    List<String> notes = new ArrayList<>(place.notes());
    if (size < place.at()) {
      notes.add((place.at() - size) + " bytes between the disk's end and the footer were left out");
    }
    return settings.digests().isEmpty()
        ? new FlatReader(file, size, Details.of(place.footer()), notes, settings.cancellation())
        : new FixedReader(source, settings, size, place, notes);
  }

  /** A stream says how long it is, and the footer at its end has to agree. */
  private static FixedReader ofStream(SourceBytes source, ReadSettings settings) {
    if (source.length().isEmpty()) {
      throw Problems.refuse(
          DiskError.FORMAT_UNSUPPORTED,
          source.name(),
          "a stream of a fixed VHD must come with its length, its footer is at the end");
    }
    long length = source.length().getAsLong();
    if (length < LENGTH) {
      throw Problems.truncated(source.name(), length, "VHD footer");
    }
    Problems.checkVirtualSize(source.name(), 0, length - LENGTH);
    return new FixedReader(source, settings, length - LENGTH, null, List.of());
  }

  @Override
  public long virtualSizeBytes() {
    return virtualSize;
  }

  @Override
  public int windowBytes() {
    return WINDOW;
  }

  @Override
  public Map<String, String> details() {
    return place == null ? Map.of() : Details.of(place.footer());
  }

  @Override
  public @Nullable Batch next(BufferPool pool) {
    long start = input.position();
    if (start >= virtualSize) {
      finish();
      return null;
    }
    int size = (int) Math.min(WINDOW, virtualSize - start);
    byte[] buffer = pool.take(WINDOW);
    input.read(buffer, 0, size, "data of the disk");
    Extent extent = Extent.raw(start, buffer, 0, size, start);
    return new Batch(start, size, List.of(extent), buffer, input.position());
  }

  private void finish() {
    if (drained) {
      return;
    }
    if (place == null) {
      readFooterBehindTheData();
    }
    if (input.drain(settings.cancellation()) && place == null) {
      throw Problems.damaged(
          input.name(), virtualSize + LENGTH, "end of the VHD", "the stream is longer than said");
    }
    drained = true;
  }

  private void readFooterBehindTheData() {
    byte[] bytes = new byte[LENGTH];
    input.read(bytes, 0, LENGTH, "VHD footer");
    Footer footer = Footer.parse(input.name(), virtualSize, bytes);
    if (footer.type() != VhdType.FIXED || footer.currentSizeBytes() != virtualSize) {
      throw Problems.damaged(
          input.name(),
          virtualSize,
          "VHD footer",
          "it belongs to a "
              + footer.type().word()
              + " disk of "
              + footer.currentSizeBytes()
              + " bytes, a fixed one of "
              + virtualSize
              + " was read");
    }
  }

  @Override
  public long storedBytesRead() {
    return input.position();
  }

  @Override
  public List<String> notes() {
    return notes;
  }
}
