package io.intermodal.ovf.packaging;

import io.intermodal.Cancellation;
import io.intermodal.CommonError;
import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.PartFile;
import io.intermodal.Progress;
import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.FileReference;
import io.intermodal.ovf.internal.Hrefs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a package anew with another descriptor (DSP0243 "Distribution"): as an archive, or as a
 * descriptor with its files beside it, with a new manifest. A certificate signed the manifest
 * before and is left out. Nothing that exists is overwritten. Not thread-safe.
 */
public final class EditedPackage {

  private static final int BUFFER = 1 << 18;

  private final OvfPackage source;
  private final byte[] descriptor;
  private final Map<String, FileRange> parts = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();
  private final Progress.Listener listener;
  private final Cancellation cancellation;
  private long total;
  private long done;

  private EditedPackage(
      OvfPackage source,
      byte[] descriptor,
      Map<String, Path> added,
      Progress.Listener listener,
      Cancellation cancellation) {
    this.source = source;
    this.descriptor = descriptor;
    this.listener = listener;
    this.cancellation = cancellation;
    collect(added);
    total = parts.values().stream().mapToLong(FileRange::length).sum();
  }

  /**
   * Writes the package; the extension of the target decides its form.
   *
   * @param descriptor the new descriptor
   * @param added files that the package did not have, by their names in it
   * @param copyFiles whether files may be copied to beside a descriptor; without it they have to be
   *     there
   * @return what should be known about the result, for people
   * @throws IntermodalException {@code FILE_EXISTS} when something is where the result goes or
   *     files would have to be copied; {@code READ_FAILED}, {@code WRITE_FAILED}
   * @throws io.intermodal.CancelledException when asked to stop
   */
  public static List<String> write(
      OvfPackage source,
      byte[] descriptor,
      Map<String, Path> added,
      Path target,
      boolean copyFiles,
      Progress.Listener listener,
      Cancellation cancellation) {
    EditedPackage edited =
        new EditedPackage(source, descriptor.clone(), added, listener, cancellation);
    if (PackageSource.hasExtension(target.toString(), ".ova")) {
      edited.writeArchive(target);
    } else {
      edited.writeFolder(target, copyFiles);
    }
    return List.copyOf(edited.notes);
  }

  private void collect(Map<String, Path> added) {
    Envelope envelope = Envelope.read("the edited envelope", descriptor);
    for (FileReference reference : envelope.files()) {
      String href = reference.href();
      if (href == null || Hrefs.remote(href)) {
        continue;
      }
      Path file = added.get(Hrefs.decoded(href));
      PackageFile stored = source.file(href).orElse(null);
      if (file != null) {
        parts.put(Hrefs.decoded(href), whole(file));
      } else if (stored == null || !stored.complete()) {
        notes.add("the file " + href + " is not in the package");
      }
      if (file == null && stored != null) {
        stored.parts().forEach(p -> parts.putIfAbsent(p.name(), p.range()));
      }
    }
    Set<String> before = new HashSet<>();
    source.files().forEach(f -> f.parts().forEach(p -> before.add(p.name())));
    for (StoredFile other : source.content()) {
      boolean own = other.equals(source.descriptor()) || before.contains(other.name());
      if (!own) {
        parts.putIfAbsent(other.name(), other.range());
      }
    }
    source
        .certificate()
        .ifPresent(
            c ->
                notes.add(
                    "leaves out the certificate " + c.name() + ": it signed what was before"));
  }

  private static FileRange whole(Path file) {
    try {
      return new FileRange(file.toAbsolutePath(), 0, Files.size(file));
    } catch (IOException e) {
      throw Errors.reading(file, e);
    }
  }

  private void writeArchive(Path target) {
    String name = String.valueOf(Path.of(source.descriptor().name()).getFileName());
    if (!PackageSource.hasExtension(name, ".ovf")) {
      name = name + ".ovf";
    }
    try (OvaWriter writer = OvaWriter.create(target, name, descriptor)) {
      for (Map.Entry<String, FileRange> part : parts.entrySet()) {
        writer.addFile(part.getKey(), to -> copy(part.getKey(), part.getValue(), to));
      }
      writer.finish();
    }
  }

  private void copy(String name, FileRange range, WritableByteChannel to) throws IOException {
    byte[] buffer = new byte[BUFFER];
    String task = "write " + name;
    try (InputStream in = new RangeInputStream(List.of(range))) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        cancellation.check(task);
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
        while (bytes.hasRemaining()) {
          to.write(bytes);
        }
        done += n;
        listener.progress(Progress.of(task, done, total));
      }
    }
  }

  private void writeFolder(Path target, boolean copyFiles) {
    Path absolute = target.toAbsolutePath().normalize();
    Path folder = absolute.getParent();
    String name = String.valueOf(absolute.getFileName());
    int dot = name.lastIndexOf('.');
    String base = dot < 0 ? name : name.substring(0, dot);
    if (folder == null) {
      throw new IllegalArgumentException("no file in a folder: " + target);
    }
    Path manifest = folder.resolve(base + ".mf");
    for (Path result : List.of(absolute, manifest, folder.resolve(base + ".cert"))) {
      if (Files.exists(result)) {
        throw refused(target, result.getFileName() + " is there already; name another file");
      }
    }
    Map<String, Path> copies = copies(target, folder, copyFiles);
    List<Path> made = new ArrayList<>();
    boolean complete = false;
    try {
      List<Manifest.Entry> entries = new ArrayList<>();
      entries.add(entry(name, digest(descriptor)));
      for (Map.Entry<String, FileRange> part : parts.entrySet()) {
        Path copy = copies.get(part.getKey());
        entries.add(entry(part.getKey(), put(part.getKey(), part.getValue(), copy, made)));
      }
      made.add(manifest);
      create(manifest, new Manifest(base + ".mf", entries, List.of()).toBytes());
      create(absolute, descriptor);
      complete = true;
    } finally {
      if (!complete) {
        made.forEach(EditedPackage::deleteQuietly);
      }
    }
  }

  /** Returns where files are to be copied to; what is in its place already is not among them. */
  private Map<String, Path> copies(Path target, Path folder, boolean copyFiles) {
    Map<String, Path> copies = new LinkedHashMap<>();
    for (Map.Entry<String, FileRange> part : parts.entrySet()) {
      Path place = folder.resolve(part.getKey());
      if (inPlace(place, part.getValue())) {
        continue;
      }
      if (!copyFiles) {
        throw refused(
            target,
            part.getKey()
                + " is not beside it; write to the folder of the package, or let files be copied"
                + " (--copy-files)");
      }
      if (Files.exists(place)) {
        throw refused(target, place + " is there already and is another file");
      }
      copies.put(part.getKey(), place);
    }
    return copies;
  }

  private static boolean inPlace(Path place, FileRange range) {
    try {
      return range.offset() == 0
          && Files.exists(place)
          && Files.isSameFile(place, range.path())
          && Files.size(place) == range.length();
    } catch (IOException e) {
      throw Errors.reading(place, e);
    }
  }

  private byte[] put(String name, FileRange range, @Nullable Path copy, List<Path> made) {
    MessageDigest digest = DigestAlgorithm.SHA256.digest();
    try {
      if (copy == null) {
        copy(name, range, new DigestingChannel(digest, null));
        return digest.digest();
      }
      Path parent = copy.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      try (PartFile file = PartFile.create(copy)) {
        copy(name, range, new DigestingChannel(digest, file.channel()));
        file.commit();
        made.add(copy);
      }
      return digest.digest();
    } catch (IOException e) {
      throw Errors.writing(copy == null ? range.path() : copy, e);
    }
  }

  private static void create(Path target, byte[] content) {
    try (PartFile file = PartFile.create(target)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        file.channel().write(bytes);
      }
      file.commit();
    } catch (IOException e) {
      throw Errors.writing(target, e);
    }
  }

  private static byte[] digest(byte[] content) {
    return DigestAlgorithm.SHA256.digest().digest(content);
  }

  private static Manifest.Entry entry(String name, byte[] digest) {
    return new Manifest.Entry(name, DigestAlgorithm.SHA256, HexFormat.of().formatHex(digest));
  }

  private static IntermodalException refused(Path target, String reason) {
    return new IntermodalException(
        CommonError.FILE_EXISTS, "cannot write " + target + ": " + reason, target.toString(), null);
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The error that led here says more.
    }
  }

  /** Digests what goes through, to a file or to nowhere. */
  private record DigestingChannel(MessageDigest digest, @Nullable WritableByteChannel to)
      implements WritableByteChannel {

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      ByteBuffer view = bytes.duplicate();
      int count = bytes.remaining();
      if (to == null) {
        bytes.position(bytes.limit());
      } else {
        count = to.write(bytes);
      }
      view.limit(view.position() + count);
      digest.update(view);
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {
      // Whoever opened the file closes it.
    }
  }
}
