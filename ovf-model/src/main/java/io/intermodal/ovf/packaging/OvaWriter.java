package io.intermodal.ovf.packaging;

import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.PartFile;
import io.intermodal.ovf.OvfError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes an OVA with its manifest in one pass (DSP0243 "Distribution"): the descriptor, the files
 * in the order they are added, the manifest, the certificate. The file is complete or absent; the
 * same content gives the same bytes. Not thread-safe.
 *
 * <p>A descriptor comes first in the archive but states sizes that are known only when the disks
 * are written. {@link #create(Path, String, int)} therefore keeps room for it: make a draft of the
 * descriptor with the largest sizes, ask for its length, add the files, then {@link
 * #finish(byte[])} with the true descriptor. What is left of the room is filled with line ends
 * after the root element, where XML allows them. Where everything is known before, {@link
 * #create(Path, String, byte[])} writes the descriptor at once.
 *
 * <p>Sizes up to 8 GiB are written as ustar has them, larger ones in base 256, which every product
 * reads; long names go to ustar's prefix where it takes them, else to GNU's record; pax headers are
 * never written, since some refuse them.
 */
public final class OvaWriter implements PackageWriter {

  private final String where;
  private final @Nullable PartFile file;
  private final PackageSink sink;
  private final PackageBody body;
  private final String descriptorName;
  private final long room;
  private boolean described;

  private OvaWriter(
      String where,
      @Nullable PartFile file,
      PackageSink sink,
      PackageBody body,
      String descriptorName,
      long room) {
    this.where = where;
    this.file = file;
    this.sink = sink;
    this.body = body;
    this.descriptorName = descriptorName;
    this.room = room;
  }

  /**
   * Starts an archive whose descriptor is given to {@link #finish(byte[])}.
   *
   * @param descriptorName a plain name that ends in {@code .ovf}
   * @param descriptorRoom the most bytes the descriptor will have
   * @throws IntermodalException {@code FILE_EXISTS} or {@code WRITE_FAILED}
   */
  public static OvaWriter create(Path target, String descriptorName, int descriptorRoom) {
    return create(target, descriptorName, descriptorRoom, PackageOptions.standard());
  }

  /** Starts an archive as the other does, with the caller's options. */
  public static OvaWriter create(
      Path target, String descriptorName, int descriptorRoom, PackageOptions options) {
    if (descriptorRoom < 1) {
      throw new IllegalArgumentException("descriptorRoom must be positive: " + descriptorRoom);
    }
    return open(target, descriptorName, descriptorRoom, null, options);
  }

  /**
   * Starts an archive whose descriptor is known; end it with {@link #finish()}.
   *
   * @throws IntermodalException {@code FILE_EXISTS} or {@code WRITE_FAILED}
   */
  public static OvaWriter create(Path target, String descriptorName, byte[] descriptor) {
    return create(target, descriptorName, descriptor, PackageOptions.standard());
  }

  /** Starts an archive as the other does, with the caller's options. */
  public static OvaWriter create(
      Path target, String descriptorName, byte[] descriptor, PackageOptions options) {
    return open(target, descriptorName, descriptor.length, descriptor, options);
  }

  /**
   * Starts an archive in a stream, which is neither closed nor, when writing fails, mended; the
   * sizes of files must be known, so {@link #addFile(String, long, FileContent)} is the way to add
   * them. End it with {@link #finish()}.
   *
   * @throws IntermodalException {@code WRITE_FAILED}
   */
  public static OvaWriter to(
      OutputStream out, String descriptorName, byte[] descriptor, PackageOptions options) {
    TarOutput tar = new TarOutput(out);
    PackageBody body = new PackageBody("the stream", tar, descriptorName, options);
    OvaWriter writer =
        new OvaWriter("the stream", null, tar, body, descriptorName, descriptor.length);
    body.guarded(
        () -> {
          writer.store(new SmallFile(descriptorName, descriptor));
          return body;
        });
    writer.described(descriptor);
    return writer;
  }

  private static OvaWriter open(
      Path target,
      String descriptorName,
      long room,
      byte @Nullable [] descriptor,
      PackageOptions options) {
    PartFile file = null;
    boolean started = false;
    try {
      PackageBody.requireDescriptor(descriptorName);
      file = options.replace() ? PartFile.replace(target) : PartFile.create(target);
      TarWriter tar = new TarWriter(file.channel());
      PackageBody body = new PackageBody(target.toString(), tar, descriptorName, options);
      OvaWriter writer = new OvaWriter(target.toString(), file, tar, body, descriptorName, room);
      tar.reserve(descriptorName, room);
      if (descriptor != null) {
        tar.putFirst(descriptorName, descriptor);
        writer.described(descriptor);
      }
      started = true;
      return writer;
    } catch (IOException e) {
      throw Errors.writing(target, e);
    } finally {
      if (file != null && !started) {
        file.close();
      }
    }
  }

  private void described(byte[] descriptor) {
    body.descriptor(descriptor);
    described = true;
  }

  @Override
  public Written addFile(String name, StoredForm form, FileContent content) {
    return body.add(name, form, null, content);
  }

  @Override
  public Written addFile(String name, long sizeBytes, FileContent content) {
    return body.add(name, StoredForm.plain(), sizeBytes, content);
  }

  @Override
  public Written addFile(String name, Path from) {
    return body.add(name, from);
  }

  /** Puts the descriptor in its room, adds the manifest and gives the archive its name. */
  @Override
  public void finish(byte[] descriptor) {
    body.ready();
    if (described) {
      throw new IllegalStateException("the descriptor was given at the start");
    }
    if (descriptor.length > room) {
      throw new IntermodalException(
          OvfError.DESCRIPTOR_TOO_LONG,
          "cannot write "
              + where
              + ": the descriptor has "
              + descriptor.length
              + " bytes and the room kept for it "
              + room
              + "; keep more");
    }
    byte[] filled = Arrays.copyOf(descriptor, (int) room);
    Arrays.fill(filled, descriptor.length, filled.length, (byte) '\n');
    body.guarded(
        () -> {
          ((TarWriter) sink).putFirst(descriptorName, filled);
          return filled;
        });
    described(filled);
    finish();
  }

  /** Adds the manifest, and the certificate when there is a signer, and ends the archive. */
  public void finish() {
    body.ready();
    if (!described) {
      throw new IllegalStateException("the descriptor is missing: give it to finish");
    }
    finish(body.proofs());
  }

  /** Ends the archive with a manifest and a certificate that were made before. */
  void finish(List<SmallFile> proofs) {
    body.ready();
    body.guarded(
        () -> {
          for (SmallFile proof : proofs) {
            store(proof);
          }
          sink.finish();
          return proofs;
        });
    if (file != null) {
      file.commit();
    }
    body.finished();
  }

  PackageBody body() {
    return body;
  }

  private void store(SmallFile extra) throws IOException {
    WritableByteChannel channel = sink.begin(extra.name(), (long) extra.bytes().length);
    ByteBuffer buffer = ByteBuffer.wrap(extra.bytes());
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    sink.end();
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
  }
}
