package io.intermodal.ovf.packaging;

import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.PartFile;
import io.intermodal.ovf.Content;
import io.intermodal.ovf.OvfError;
import io.intermodal.ovf.internal.Hrefs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes an OVA with its manifest in one pass (DSP0243 "Distribution"): the descriptor, the files
 * in the order they are added, the manifest. The file is complete or absent; the same content gives
 * the same bytes. Not thread-safe.
 *
 * <p>A descriptor comes first in the archive but states sizes that are known only when the disks
 * are written. {@link #create(Path, String, int)} therefore keeps room for it: make a draft of the
 * descriptor with the largest sizes, ask for its length, add the files, then {@link
 * #finish(byte[])} with the true descriptor. What is left of the room is filled with line ends
 * after the root element, where XML allows them. Where everything is known before, {@link
 * #create(Path, String, byte[])} writes the descriptor at once.
 *
 * <p>Sizes up to 8 GiB are written as ustar has them, larger ones in base 256, which every product
 * reads; pax headers are never written, since some refuse them.
 */
public final class OvaWriter implements AutoCloseable {

  private static final int COPY_BUFFER = 1 << 18;

  private final Path target;
  private final PartFile file;
  private final FileChannel channel;
  private final String descriptorName;
  private final long room;
  private final DigestAlgorithm algorithm;
  private final Set<String> names = new HashSet<>();
  private final List<Manifest.Entry> entries = new ArrayList<>();
  private Manifest.@Nullable Entry descriptorEntry;
  private boolean finished;
  private boolean failed;

  private OvaWriter(Path target, String descriptorName, long room, DigestAlgorithm algorithm) {
    name(descriptorName);
    if (!descriptorName.toLowerCase(Locale.ROOT).endsWith(".ovf")) {
      throw new IllegalArgumentException("a descriptor is named .ovf: " + descriptorName);
    }
    this.target = target;
    this.descriptorName = descriptorName;
    this.room = room;
    this.algorithm = algorithm;
    this.file = PartFile.create(target);
    this.channel = file.channel();
  }

  /** Writes the content of one file. */
  @FunctionalInterface
  public interface Content {

    /** Writes all bytes in order; must not close the channel. */
    void writeTo(WritableByteChannel channel) throws IOException;
  }

  /**
   * Says what was written.
   *
   * @param sizeBytes the size as stored, for {@code ovf:size}
   * @param digest in lower-case hexadecimal
   */
  public record Written(String name, long sizeBytes, DigestAlgorithm algorithm, String digest) {}

  /**
   * Starts an archive whose descriptor is given to {@link #finish(byte[])}.
   *
   * @param descriptorName a plain name that ends in {@code .ovf}
   * @param descriptorRoom the most bytes the descriptor will have
   * @throws IntermodalException {@code FILE_EXISTS} or {@code WRITE_FAILED}
   */
  public static OvaWriter create(Path target, String descriptorName, int descriptorRoom) {
    return create(target, descriptorName, descriptorRoom, DigestAlgorithm.SHA256);
  }

  /** Starts an archive as the other does, with a digest of the caller's choice. */
  public static OvaWriter create(
      Path target, String descriptorName, int descriptorRoom, DigestAlgorithm algorithm) {
    if (descriptorRoom < 1) {
      throw new IllegalArgumentException("descriptorRoom must be positive: " + descriptorRoom);
    }
    OvaWriter writer = new OvaWriter(target, descriptorName, descriptorRoom, algorithm);
    writer.start(null);
    return writer;
  }

  /**
   * Starts an archive whose descriptor is known; end it with {@link #finish()}.
   *
   * @throws IntermodalException {@code FILE_EXISTS} or {@code WRITE_FAILED}
   */
  public static OvaWriter create(Path target, String descriptorName, byte[] descriptor) {
    OvaWriter writer =
        new OvaWriter(target, descriptorName, descriptor.length, DigestAlgorithm.SHA256);
    writer.start(descriptor);
    return writer;
  }

  private void start(byte @Nullable [] descriptor) {
    boolean started = false;
    try {
      names.add(descriptorName);
      names.add(manifestName());
      if (descriptor != null) {
        putDescriptor(descriptor);
      }
      channel.position(TarHeader.BLOCK + padded(room));
      started = true;
    } catch (IOException e) {
      throw Errors.writing(target, e);
    } finally {
      if (!started) {
        file.close();
      }
    }
  }

  /**
   * Adds a file whose size need not be known; it is digested while it is written.
   *
   * @param name the name in the package, as in the descriptor's href before percent-encoding
   * @throws IntermodalException {@code WRITE_FAILED}, or what the content throws
   */
  public Written addFile(String name, Content content) {
    ready();
    name(name);
    if (!names.add(name)) {
      throw new IllegalArgumentException("there is a file of that name already: " + name);
    }
    // Until the member is whole: what its content throws must not be mended by a finish.
    failed = true;
    try {
      long header = channel.position();
      channel.position(header + TarHeader.BLOCK);
      MessageDigest digest = algorithm.digest();
      content.writeTo(new Digesting(digest));
      long end = channel.position();
      long size = end - header - TarHeader.BLOCK;
      put(ByteBuffer.wrap(TarHeader.of(name, size)), header);
      put(ByteBuffer.allocate((int) (padded(size) - size)), end);
      channel.position(header + TarHeader.BLOCK + padded(size));
      Manifest.Entry entry = entry(name, digest);
      entries.add(entry);
      failed = false;
      return new Written(name, size, algorithm, entry.digest());
    } catch (IOException e) {
      throw Errors.writing(target, e);
    }
  }

  /** Adds a file of the disk. */
  public Written addFile(String name, Path from) {
    return addFile(
        name,
        to -> {
          try (FileChannel in = FileChannel.open(from)) {
            ByteBuffer buffer = ByteBuffer.allocate(COPY_BUFFER);
            while (in.read(buffer.clear()) >= 0) {
              buffer.flip();
              while (buffer.hasRemaining()) {
                to.write(buffer);
              }
            }
          }
        });
  }

  /**
   * Puts the descriptor in its room, adds the manifest and gives the archive its name.
   *
   * @throws IntermodalException {@link OvfError#DESCRIPTOR_TOO_LONG} or {@code WRITE_FAILED}
   */
  public void finish(byte[] descriptor) {
    ready();
    if (descriptorEntry != null) {
      throw new IllegalStateException("the descriptor was given at the start");
    }
    if (descriptor.length > room) {
      throw new IntermodalException(
          OvfError.DESCRIPTOR_TOO_LONG,
          "cannot write "
              + target
              + ": the descriptor has "
              + descriptor.length
              + " bytes and the room kept for it "
              + room
              + "; keep more");
    }
    byte[] filled = Arrays.copyOf(descriptor, (int) room);
    Arrays.fill(filled, descriptor.length, filled.length, (byte) '\n');
    try {
      putDescriptor(filled);
    } catch (IOException e) {
      throw Errors.writing(target, e);
    }
    finish();
  }

  /** Adds the manifest and gives the archive its name. */
  public void finish() {
    ready();
    Manifest.Entry first = descriptorEntry;
    if (first == null) {
      throw new IllegalStateException("the descriptor is missing: give it to finish");
    }
    entries.add(0, first);
    byte[] manifest = new Manifest(manifestName(), entries, List.of()).toBytes();
    try {
      long at = channel.position();
      put(ByteBuffer.wrap(TarHeader.of(manifestName(), manifest.length)), at);
      put(ByteBuffer.wrap(manifest), at + TarHeader.BLOCK);
      long end = at + TarHeader.BLOCK + padded(manifest.length);
      // Two empty blocks end an archive; writing the last byte makes the gap before it zeros.
      put(ByteBuffer.allocate(1), end + 2L * TarHeader.BLOCK - 1);
    } catch (IOException e) {
      throw Errors.writing(target, e);
    }
    file.commit();
    finished = true;
  }

  /** Deletes what was written, unless it was finished. */
  @Override
  public void close() {
    file.close();
  }

  private void putDescriptor(byte[] descriptor) throws IOException {
    MessageDigest digest = algorithm.digest();
    digest.update(descriptor);
    put(ByteBuffer.wrap(TarHeader.of(descriptorName, descriptor.length)), 0);
    put(ByteBuffer.wrap(descriptor), TarHeader.BLOCK);
    descriptorEntry = entry(descriptorName, digest);
  }

  private String manifestName() {
    return descriptorName.substring(0, descriptorName.length() - 4) + ".mf";
  }

  private Manifest.Entry entry(String name, MessageDigest digest) {
    return new Manifest.Entry(name, algorithm, HexFormat.of().formatHex(digest.digest()));
  }

  private void put(ByteBuffer buffer, long at) throws IOException {
    long position = at;
    while (buffer.hasRemaining()) {
      position += channel.write(buffer, position);
    }
  }

  private void ready() {
    if (finished) {
      throw new IllegalStateException("the archive is finished");
    }
    if (failed) {
      throw new IllegalStateException("writing a file failed; close the archive");
    }
  }

  private static void name(String name) {
    if (Hrefs.unsafe(name) || !Hrefs.normal(name).equals(name)) {
      throw new IllegalArgumentException("not a plain relative name: " + name);
    }
    TarHeader.of(name, 0);
  }

  private static long padded(long size) {
    return (size + TarHeader.BLOCK - 1) / TarHeader.BLOCK * TarHeader.BLOCK;
  }

  /** Writes through to the archive and digests on the way. */
  private final class Digesting implements WritableByteChannel {

    private final MessageDigest digest;

    Digesting(MessageDigest digest) {
      this.digest = digest;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      ByteBuffer view = source.duplicate();
      int count = channel.write(source);
      view.limit(view.position() + count);
      digest.update(view);
      return count;
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() {
      // The archive goes on after this member.
    }
  }
}
