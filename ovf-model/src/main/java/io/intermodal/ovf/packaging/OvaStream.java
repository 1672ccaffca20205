package io.intermodal.ovf.packaging;

import io.intermodal.Cancellation;
import io.intermodal.CommonError;
import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.Progress;
import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.FindingCode;
import io.intermodal.ovf.OvfError;
import io.intermodal.xml.ContentKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an archive once, from a download for example, without a file in between (DSP0243 "OVF
 * package"): each member goes to a handler and is digested on the way; at the end stand the
 * descriptor's model, the findings and the same verification that a file would have got.
 *
 * <p>A manifest that comes before the files says which digests to compute. One that comes last does
 * not, so SHA-1, SHA-256 and SHA-512 are computed unless {@link #digests} says otherwise; a file
 * that is listed with another one is {@link Verification.Status#UNCHECKED}.
 *
 * <p>Memory is bounded whatever the archive holds: the descriptor (32 MiB at most), manifests and
 * certificates (32 MiB together), names (16 MiB), and buffers. Not thread-safe; each reads one
 * stream once and does not close it.
 */
public final class OvaStream {

  private static final Set<DigestAlgorithm> USUAL =
      EnumSet.of(DigestAlgorithm.SHA1, DigestAlgorithm.SHA256, DigestAlgorithm.SHA512);
  private static final long MOST_BYTES = 64L << 40;
  private static final int BUFFER = 1 << 18;

  private final String name;
  private final InputStream in;
  private Set<DigestAlgorithm> algorithms = EnumSet.copyOf(USUAL);
  private boolean gunzip;
  private long mostBytes = MOST_BYTES;
  private Progress.Listener listener = Progress.Listener.none();
  private OptionalLong totalBytes = OptionalLong.empty();
  private Cancellation cancellation = Cancellation.none();
  private TrustPolicy policy = TrustPolicy.none();
  private boolean used;

  private OvaStream(String name, InputStream in) {
    this.name = Objects.requireNonNull(name, "name");
    this.in = Objects.requireNonNull(in, "in");
  }

  /**
   * Says what a handler is given.
   *
   * @param name the name in the package
   * @param sizeBytes the size as stored
   * @param envelope what the descriptor says; null while the descriptor has not gone by
   */
  public record Member(String name, long sizeBytes, @Nullable Envelope envelope) {}

  /** Takes the members of an archive one after the other. */
  @FunctionalInterface
  public interface Handler {

    /**
     * Takes one member, the descriptor and the manifest too; what is not read is skipped and
     * digested all the same.
     *
     * @param content the bytes of the member; of no use after the return. It throws {@code
     *     IntermodalException} when the archive is cut off or the source fails
     */
    void member(Member member, InputStream content) throws IOException;
  }

  /**
   * Creates a reader.
   *
   * @param name what messages call the stream; no URL with a query
   */
  public static OvaStream of(String name, InputStream in) {
    return new OvaStream(name, in);
  }

  /** Sets the digests that are computed when the manifest does not come before the files. */
  public OvaStream digests(Set<DigestAlgorithm> wanted) {
    algorithms = EnumSet.noneOf(DigestAlgorithm.class);
    algorithms.addAll(wanted);
    return this;
  }

  /**
   * Reads archives that are compressed as a whole, too; some servers send them. OVF does not allow
   * it, so without this they are refused.
   */
  public OvaStream gunzip(boolean allowed) {
    gunzip = allowed;
    return this;
  }

  /** Sets how many bytes the archive may have, unpacked; 64 TiB unless set. */
  public OvaStream mostBytes(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("mostBytes must be positive: " + bytes);
    }
    mostBytes = bytes;
    return this;
  }

  /**
   * Sets who is told how many bytes of the stream were read.
   *
   * @param total the length of the stream, if it is known
   */
  public OvaStream progress(Progress.Listener who, OptionalLong total) {
    listener = Objects.requireNonNull(who, "who");
    totalBytes = Objects.requireNonNull(total, "total");
    return this;
  }

  /** Sets whose signatures are trusted; nobody's unless set. */
  public OvaStream trust(TrustPolicy wanted) {
    policy = Objects.requireNonNull(wanted, "wanted");
    return this;
  }

  /** Sets who may ask to stop. */
  public OvaStream cancellation(Cancellation who) {
    cancellation = Objects.requireNonNull(who, "who");
    return this;
  }

  /** Reads the stream for its verification alone. */
  public StreamedPackage read() {
    return read((member, content) -> {});
  }

  /**
   * Reads the stream to the end of the archive, and up to 1 MiB of what follows it.
   *
   * @throws IntermodalException {@link OvfError} for what is no package or a dangerous one, the
   *     {@code XML_} errors for the descriptor, {@code READ_FAILED} when the stream fails, {@code
   *     WRITE_FAILED} when the handler throws an {@code IOException}
   * @throws io.intermodal.CancelledException when asked to stop
   */
  public StreamedPackage read(Handler handler) {
    if (used) {
      throw new IllegalStateException("a stream is read once");
    }
    used = true;
    try {
      return readArchive(handler);
    } catch (IOException e) {
      throw new IntermodalException(
          CommonError.READ_FAILED, "cannot read " + name + ": " + Errors.reason(e), name, e);
    }
  }

  private StreamedPackage readArchive(Handler handler) throws IOException {
    InputStream source = new SourceStream(name, in, listener, totalBytes, cancellation);
    byte[] head = source.readNBytes(ContentKind.HEAD_BYTES);
    InputStream plain = new SequenceInputStream(new ByteArrayInputStream(head), source);
    ContentKind kind = ContentKind.of(head);
    boolean compressed = kind == ContentKind.GZIP && gunzip;
    if (compressed) {
      InputStream unpacked = new GunzipStream(name, plain);
      head = unpacked.readNBytes(ContentKind.HEAD_BYTES);
      plain = new SequenceInputStream(new ByteArrayInputStream(head), unpacked);
      kind = ContentKind.of(head);
    }
    if (kind != ContentKind.TAR) {
      throw new IntermodalException(
          OvfError.NOT_A_PACKAGE,
          "cannot read " + name + ": it is no tar archive but " + kind.description(),
          name,
          null);
    }
    TarStream tar = new TarStream(name, plain, mostBytes);
    StreamedMembers members = new StreamedMembers(name, algorithms);
    for (TarMember member = tar.next(); member != null; member = tar.next()) {
      take(member, tar, members, handler);
    }
    return finish(tar.result(), members, compressed);
  }

  private void take(TarMember member, TarStream tar, StreamedMembers members, Handler handler)
      throws IOException {
    DigestSet digests = new DigestSet(members.wanted());
    InputStream content = new MemberStream(tar, digests);
    boolean kept = members.keeps(member);
    if (kept) {
      byte[] bytes = content.readNBytes((int) member.size());
      members.keep(member, bytes);
      content = new ByteArrayInputStream(bytes);
    }
    try {
      handler.member(new Member(member.name(), member.size(), members.envelope()), content);
    } catch (IOException e) {
      throw new IntermodalException(
          CommonError.WRITE_FAILED,
          "cannot take " + member.name() + " of " + name + ": " + Errors.reason(e),
          member.name(),
          e);
    }
    if (!kept) {
      byte[] buffer = new byte[BUFFER];
      while (content.read(buffer) >= 0) {
        // Digested on the way.
      }
      members.digested(member, digests.hex());
    }
  }

  private StreamedPackage finish(
      TarIndex.Result index, StreamedMembers members, boolean compressed) {
    String descriptor = members.descriptorName();
    Envelope envelope = members.envelope();
    if (descriptor == null || envelope == null) {
      throw new IntermodalException(
          OvfError.DESCRIPTOR_MISSING,
          "cannot read " + name + ": the archive holds no .ovf descriptor",
          name,
          null);
    }
    PackageSource source = PackageSource.streamed(index, members.kept());
    OvfPackage pack =
        new OvfPackage(Path.of("stream"), source, source.find(descriptor).orElseThrow(), envelope);
    List<Finding> findings = new ArrayList<>(pack.findings());
    if (compressed) {
      findings.add(
          Finding.of(FindingCode.ARCHIVE_COMPRESSED, null, "the archive is compressed as a whole"));
    }
    Optional<Manifest> manifest = pack.manifest();
    return new StreamedPackage(
        envelope, manifest.orElse(null), findings, new Verifier(pack, members, policy).verify());
  }
}
