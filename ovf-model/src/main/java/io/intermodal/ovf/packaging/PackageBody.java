package io.intermodal.ovf.packaging;

import io.intermodal.CommonError;
import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.ovf.OvfError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Adds files to a sink in the forms asked for, and knows the manifest of what was added. */
final class PackageBody {

  private static final int COPY_BUFFER = 1 << 18;

  private final String where;
  private final PackageSink sink;
  private final String descriptorName;
  private final PackageOptions options;
  private final Set<String> names = new HashSet<>();
  private final List<Manifest.Entry> entries = new ArrayList<>();
  private final Map<String, StoredForm> forms = new LinkedHashMap<>();
  private byte @Nullable [] descriptor;
  private boolean finished;
  private boolean failed;

  PackageBody(String where, PackageSink sink, String descriptorName, PackageOptions options) {
    requireDescriptor(descriptorName);
    this.where = where;
    this.sink = sink;
    this.descriptorName = descriptorName;
    this.options = options;
    names.add(descriptorName);
    names.add(manifestName());
    if (options.signer() != null) {
      names.add(certificateName());
    }
  }

  static void requireDescriptor(String name) {
    MemberNames.require(name);
    if (!PackageSource.hasExtension(name, ".ovf")) {
      throw new IllegalArgumentException("a descriptor is named .ovf: " + name);
    }
  }

  PackageWriter.Written add(
      String name, StoredForm form, @Nullable Long size, FileContent content) {
    ready();
    Long chunk = form.chunkSizeBytes();
    MemberNames.require(chunk == null ? name : PackageFiles.chunkName(name, 0));
    return guarded(
        () -> {
          Member member = new Member(Set.of());
          if (chunk == null) {
            claim(name);
            member.begin(name, size);
            member.fill(form, content);
            member.end();
          } else {
            Parts parts = new Parts(name, chunk, size, member);
            ChunkChannel cut = new ChunkChannel(parts, chunk);
            member.fill(form, content, cut);
            cut.finish();
          }
          if (!form.equals(StoredForm.plain())) {
            forms.put(name, form);
          }
          return new PackageWriter.Written(name, member.total, member.made);
        });
  }

  /**
   * Adds a file as it is.
   *
   * @return its digests, those asked for and that of the manifest
   */
  Map<DigestAlgorithm, String> copy(
      String name, long size, Set<DigestAlgorithm> wanted, FileContent content) {
    ready();
    MemberNames.require(name);
    return guarded(
        () -> {
          Member member = new Member(wanted);
          claim(name);
          member.begin(name, size);
          member.fill(StoredForm.plain(), content);
          return member.end();
        });
  }

  PackageWriter.Written add(String name, Path from) {
    return add(name, StoredForm.plain(), null, copying(from));
  }

  private static FileContent copying(Path from) {
    return to -> {
      try (FileChannel in = FileChannel.open(from)) {
        ByteBuffer buffer = ByteBuffer.allocate(COPY_BUFFER);
        while (in.read(buffer.clear()) >= 0) {
          buffer.flip();
          while (buffer.hasRemaining()) {
            to.write(buffer);
          }
        }
      }
    };
  }

  /** Takes the descriptor into the manifest, as its first line. */
  void descriptor(byte[] bytes) {
    descriptor = bytes;
    DigestSet digests = new DigestSet(Set.of(options.digest()));
    digests.update(bytes, 0, bytes.length);
    entries.add(0, entry(descriptorName, digests.hex()));
  }

  /**
   * Makes the manifest, and the certificate when there is a signer.
   *
   * @throws IllegalArgumentException when the descriptor says other than what was done
   */
  List<SmallFile> proofs() {
    if (!forms.isEmpty()) {
      DescriptorForms.require(Objects.requireNonNull(descriptor), forms);
    }
    List<SmallFile> proofs = new ArrayList<>();
    byte[] manifest = new Manifest(manifestName(), entries, List.of()).toBytes();
    proofs.add(new SmallFile(manifestName(), manifest));
    PackageSigner signer = options.signer();
    if (signer != null) {
      proofs.add(new SmallFile(certificateName(), signer.sign(manifestName(), manifest)));
    }
    return proofs;
  }

  List<Manifest.Entry> entries() {
    return List.copyOf(entries);
  }

  boolean replaces() {
    return options.replace();
  }

  String manifestName() {
    return PackageSource.sibling(descriptorName, ".mf");
  }

  String certificateName() {
    return PackageSource.sibling(descriptorName, ".cert");
  }

  void ready() {
    if (finished) {
      throw new IllegalStateException("the package is finished");
    }
    if (failed) {
      throw new IllegalStateException("writing a file failed; close the package");
    }
  }

  void finished() {
    finished = true;
  }

  /** Is work that may fail in the operating system. */
  interface Work<T> {
    T run() throws IOException;
  }

  /** Runs work; what fails in it must not be mended by a finish. */
  <T> T guarded(Work<T> work) {
    failed = true;
    try {
      T result = work.run();
      failed = false;
      return result;
    } catch (IOException e) {
      throw new IntermodalException(
          CommonError.WRITE_FAILED, "cannot write " + where + ": " + Errors.reason(e), where, e);
    }
  }

  private void claim(String name) {
    if (!names.add(name)) {
      throw new IllegalArgumentException("there is a file of that name already: " + name);
    }
    if (names.size() > TarMembers.MOST_MEMBERS) {
      throw new IntermodalException(
          OvfError.PACKAGE_LIMIT,
          "cannot write "
              + where
              + ": it would have more than "
              + TarMembers.MOST_MEMBERS
              + " files; choose larger chunks");
    }
  }

  private Manifest.Entry entry(String name, Map<DigestAlgorithm, String> digests) {
    DigestAlgorithm own = options.digest();
    return new Manifest.Entry(name, own, Objects.requireNonNull(digests.get(own)));
  }

  /** Is the file that is being stored: in one piece, or part by part. */
  private final class Member extends OpenEnded {

    private final Set<DigestAlgorithm> algorithms = EnumSet.of(options.digest());
    private final List<Manifest.Entry> made = new ArrayList<>();
    private long total;
    private String name = "";
    private @Nullable WritableByteChannel channel;
    private DigestSet digests = new DigestSet(Set.of());

    Member(Set<DigestAlgorithm> wanted) {
      algorithms.addAll(wanted);
    }

    void begin(String as, @Nullable Long size) throws IOException {
      name = as;
      digests = new DigestSet(algorithms);
      channel = sink.begin(as, size);
    }

    void fill(StoredForm form, FileContent content) throws IOException {
      fill(form, content, this);
    }

    void fill(StoredForm form, FileContent content, WritableByteChannel to) throws IOException {
      if (!form.gzip()) {
        content.writeTo(to);
        return;
      }
      OutputStream out = Channels.newOutputStream(to);
      GZIPOutputStream gzip = new GZIPOutputStream(out, COPY_BUFFER);
      content.writeTo(Channels.newChannel(gzip));
      gzip.finish();
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      ByteBuffer view = source.duplicate();
      int count = Objects.requireNonNull(channel).write(source);
      view.limit(view.position() + count);
      digests.update(view);
      total += count;
      return count;
    }

    Map<DigestAlgorithm, String> end() throws IOException {
      sink.end();
      Map<DigestAlgorithm, String> hex = digests.hex();
      Manifest.Entry entry = entry(name, hex);
      made.add(entry);
      entries.add(entry);
      return hex;
    }
  }

  /** Names and opens the parts of a file. */
  private final class Parts implements ChunkChannel.Parts {

    private final String name;
    private final long chunk;
    private final @Nullable Long size;
    private final Member member;

    Parts(String name, long chunk, @Nullable Long size, Member member) {
      this.name = name;
      this.chunk = chunk;
      this.size = size;
      this.member = member;
    }

    @Override
    public WritableByteChannel begin(int number) throws IOException {
      String part = PackageFiles.chunkName(name, number);
      claim(part);
      member.begin(part, size == null ? null : Math.min(chunk, size - number * chunk));
      return member;
    }

    @Override
    public void end() throws IOException {
      member.end();
    }
  }
}
