package io.intermodal.disk;

import io.intermodal.Cancellation;
import io.intermodal.Progress;
import io.intermodal.disk.internal.xva.ArchivedDisk;
import io.intermodal.disk.internal.xva.OvaXml;
import io.intermodal.disk.internal.xva.TarOutput;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Writes an XVA of any number of disks around a description that the caller made. The archive goes
 * to a file or a stream front to back, each disk in one pass. Disks come in the order of their
 * references as texts, as hosts want it; chunks of zeros are left out, save for the first and the
 * last of a disk. What is written is verified by its format only: no host has been asked.
 *
 * <p>Settings may be made in any order; not thread-safe; {@link #run()} may be called once. Memory
 * as {@link DiskCopy} says.
 */
public final class XvaWriter {

  private final DiskTarget target;
  private final OvaXml description;
  private final TreeMap<String, DiskSource> sources = new TreeMap<>();
  private XvaChecksum checksum = XvaChecksum.XXHASH;
  private int threads = Runtime.getRuntime().availableProcessors();
  private Progress.Listener listener = Progress.Listener.none();
  private Cancellation cancellation = Cancellation.none();

  private XvaWriter(DiskTarget target, OvaXml description) {
    this.target = Objects.requireNonNull(target, "target");
    this.description = description;
  }

  /**
   * Starts the description of an archive.
   *
   * @param ovaXml the description of the machines, one value of XML-RPC; it is written as it is.
   *     Each disk's {@code virtual_size} must be in whole MiB
   * @throws io.intermodal.IntermodalException {@code DAMAGED}, {@code XML_MALFORMED} and its like
   *     when no disks can be found in it
   */
  public static XvaWriter to(DiskTarget target, String ovaXml) {
    return new XvaWriter(
        target, OvaXml.parse(target.name(), ovaXml.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Adds the data of a disk.
   *
   * @param reference an object of class VDI in the description
   * @param source of any format; what it lacks to whole MiB is zeros
   * @throws IllegalArgumentException when the description has no such disk, or it was added before
   */
  public XvaWriter disk(String reference, DiskSource source) {
    Objects.requireNonNull(source, "source");
    if (description.disk(reference) == null) {
      throw new IllegalArgumentException("ova.xml describes no disk " + reference);
    }
    if (sources.putIfAbsent(reference, source) != null) {
      throw new IllegalArgumentException("the disk " + reference + " was added before");
    }
    return this;
  }

  /** Sets the checksum of chunks; default {@link XvaChecksum#XXHASH}. */
  public XvaWriter checksum(XvaChecksum newChecksum) {
    this.checksum = Objects.requireNonNull(newChecksum, "newChecksum");
    return this;
  }

  /** Sets how many threads decode, 1 to 256; default: the processors there are. */
  public XvaWriter threads(int newThreads) {
    if (newThreads < 1 || newThreads > 256) {
      throw new IllegalArgumentException("threads must be in 1..256: " + newThreads);
    }
    this.threads = newThreads;
    return this;
  }

  /** Hears of each disk's progress in turn; called by the thread that runs. */
  public XvaWriter progress(Progress.Listener newListener) {
    this.listener = Objects.requireNonNull(newListener, "newListener");
    return this;
  }

  /** Obeys a cancellation, within a tenth of a second. */
  public XvaWriter cancellation(Cancellation newCancellation) {
    this.cancellation = Objects.requireNonNull(newCancellation, "newCancellation");
    return this;
  }

  /**
   * Writes the archive.
   *
   * @return what was done for each disk, by its reference and in their order; the bytes written
   *     count from the start of the archive
   * @throws io.intermodal.IntermodalException as {@link DiskCopy#run()}; {@code OPTION_UNSUPPORTED}
   *     when the description gives a disk another size than it has in whole MiB
   */
  public Map<String, CopyResult> run() {
    Map<String, CopyResult> results = new LinkedHashMap<>();
    sources.forEach((reference, source) -> refuseSameFile(source));
    try (DiskTarget.Opened opened = target.open(List.of())) {
      TarOutput tar = new TarOutput(opened.bytes(), description.text());
      DiskTarget archive = DiskTarget.within(opened);
      for (Map.Entry<String, DiskSource> next : sources.entrySet()) {
        XvaDisk disk = Objects.requireNonNull(description.disk(next.getKey()));
        CopyResult result =
            DiskCopy.from(next.getValue())
                .to(archive, DiskFormat.XVA)
                .writeWith(new ArchivedDisk(tar, disk, checksum))
                .threads(threads)
                .progress(listener)
                .cancellation(cancellation)
                .run();
        results.put(next.getKey(), result);
      }
      tar.end();
      opened.commit(true);
    }
    return results;
  }

  private void refuseSameFile(DiskSource source) {
    if (target.path() != null && source.reads(target.path())) {
      throw new IllegalArgumentException("source and target are the same file: " + target.path());
    }
  }
}
