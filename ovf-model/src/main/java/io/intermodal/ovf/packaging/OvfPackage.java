package io.intermodal.ovf.packaging;

import io.intermodal.Cancellation;
import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.Progress;
import io.intermodal.ovf.Consumer;
import io.intermodal.ovf.Disk;
import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.OvfError;
import io.intermodal.xml.ContentKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Is an OVF package: an archive ({@code .ova}) or a descriptor with its files beside it (DSP0243
 * "OVF package"). Opening reads headers, the descriptor and the manifest, never a disk. Immutable
 * and thread-safe; holds no file open.
 */
public final class OvfPackage {

  /** The longest descriptor that is read; above what vCloud Director takes. */
  static final long MOST_DESCRIPTOR = 32L << 20;

  static final long MOST_MANIFEST = 16L << 20;

  /** Tells how a package is stored. */
  public enum Kind {
    /** A descriptor with files beside it. */
    OVF,
    /** A tar archive. */
    OVA
  }

  private final Path path;
  private final PackageSource source;
  private final StoredFile descriptor;
  private final Envelope envelope;
  private final List<PackageFile> files;
  private final @Nullable StoredFile manifestFile;
  private final byte @Nullable [] manifestBytes;
  private final @Nullable Manifest manifest;
  private final @Nullable StoredFile certificate;
  private final List<Finding> findings;

  private OvfPackage(Path path, PackageSource source, StoredFile descriptor) {
    this(
        path,
        source,
        descriptor,
        Envelope.read(
            source.archive() ? path + "!" + descriptor.name() : path.toString(),
            source.read(descriptor, MOST_DESCRIPTOR)));
  }

  /** Makes one of parts that were read already. */
  OvfPackage(Path path, PackageSource source, StoredFile descriptor, Envelope envelope) {
    this.path = path;
    this.source = source;
    this.descriptor = descriptor;
    this.envelope = envelope;
    files = PackageFiles.locate(envelope, source);
    manifestFile = source.companion(descriptor.name(), ".mf").orElse(null);
    manifestBytes = manifestFile == null ? null : source.read(manifestFile, MOST_MANIFEST);
    manifest =
        manifestFile == null || manifestBytes == null
            ? null
            : Manifest.parse(manifestFile.name(), manifestBytes);
    certificate = source.companion(descriptor.name(), ".cert").orElse(null);
    List<Finding> all = new ArrayList<>(envelope.findings());
    PackageChecks.check(this, source, all);
    findings = List.copyOf(all);
  }

  /**
   * Opens a package. What the file holds decides over its extension.
   *
   * <p>An archive that is compressed as a whole is refused, since it has no random access; {@link
   * OvaStream} reads it.
   *
   * @throws IntermodalException {@link OvfError} for what is no package or a dangerous one, the
   *     {@code XML_} errors for the descriptor, {@code FILE_NOT_FOUND}, {@code READ_FAILED}
   */
  public static OvfPackage open(Path path) {
    if (Files.isDirectory(path)) {
      throw new IntermodalException(
          OvfError.NOT_A_PACKAGE,
          "cannot read " + path + ": it is a folder; name the descriptor in it",
          path.toString(),
          null);
    }
    ContentKind kind = ContentKind.of(head(path));
    if (kind == ContentKind.TAR) {
      PackageSource source = PackageSource.archive(path);
      return new OvfPackage(path, source, descriptor(path, source));
    }
    boolean ova = PackageSource.hasExtension(path.toString(), ".ova");
    if (kind == ContentKind.XML || (kind == ContentKind.TEXT && !ova)) {
      Path absolute = path.toAbsolutePath();
      String name = String.valueOf(absolute.getFileName());
      try {
        return new OvfPackage(
            path,
            PackageSource.beside(path),
            new StoredFile(name, new FileRange(absolute, 0, Files.size(path))));
      } catch (IOException e) {
        throw Errors.reading(path, e);
      }
    }
    throw new IntermodalException(
        OvfError.NOT_A_PACKAGE,
        "cannot read "
            + path
            + ": it is neither an OVF descriptor nor a tar archive but "
            + kind.description()
            + (kind == ContentKind.GZIP ? ", with gzip -d" : ""),
        path.toString(),
        null);
  }

  /**
   * Opens the package that a folder holds.
   *
   * @throws IntermodalException {@link OvfError#DESCRIPTOR_MISSING} without an {@code .ovf} file in
   *     it, {@link OvfError#NOT_A_PACKAGE} with several, or as {@link #open}
   */
  public static OvfPackage openFolder(Path folder) {
    return open(PackageSource.descriptorIn(folder));
  }

  private static byte[] head(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(ContentKind.HEAD_BYTES);
    } catch (IOException e) {
      throw Errors.reading(path, e);
    }
  }

  private static StoredFile descriptor(Path path, PackageSource source) {
    return source.members().stream()
        .filter(m -> PackageSource.hasExtension(m.name(), ".ovf"))
        .findFirst()
        .orElseThrow(
            () ->
                new IntermodalException(
                    OvfError.DESCRIPTOR_MISSING,
                    "cannot read " + path + ": the archive holds no .ovf descriptor",
                    path.toString(),
                    null));
  }

  /** Returns the file that was opened. */
  public Path path() {
    return path;
  }

  /** Returns how the package is stored. */
  public Kind kind() {
    return source.archive() ? Kind.OVA : Kind.OVF;
  }

  /** Returns the descriptor as stored. */
  public StoredFile descriptor() {
    return descriptor;
  }

  /** Returns what the descriptor says. */
  public Envelope envelope() {
    return envelope;
  }

  /**
   * Returns what the descriptor says with its texts in a language, from the descriptor and from the
   * files of the package that hold translations; see {@link Envelope#localized(String, Function)}.
   *
   * @throws IntermodalException as there, and for a file that cannot be opened or is too long
   */
  public Envelope localized(String language) {
    return envelope.localized(language, new PackageContent(this)::text);
  }

  /** Returns the files that the descriptor refers to, in its order, found or not. */
  public List<PackageFile> files() {
    return files;
  }

  /** Finds the manifest. */
  public Optional<Manifest> manifest() {
    return Optional.ofNullable(manifest);
  }

  /** Finds the certificate file; {@link #checkSignature} reads it. */
  public Optional<StoredFile> certificate() {
    return Optional.ofNullable(certificate);
  }

  /** Returns what a careful reader objects to, of the descriptor and of the package. */
  public List<Finding> findings() {
    return findings;
  }

  /** Returns what one product would refuse; see {@link Envelope#findingsFor}. */
  public List<Finding> findingsFor(Consumer consumer) {
    return Stream.concat(
            envelope.findingsFor(consumer).stream(),
            PackageChecks.findingsFor(this, consumer).stream())
        .toList();
  }

  /** Finds the file of a disk; empty for a blank disk, or when the file is not in References. */
  public Optional<PackageFile> fileOf(Disk disk) {
    return envelope
        .fileOf(disk)
        .flatMap(r -> files.stream().filter(f -> f.reference().equals(r)).findFirst());
  }

  /** Finds a file by the href the descriptor has for it. */
  public Optional<PackageFile> file(String href) {
    return files.stream().filter(f -> href.equals(f.reference().href())).findFirst();
  }

  /**
   * Opens a file of the package: its chunks put together, and unpacked when the descriptor says
   * that it is compressed and {@code unpack} is true. The caller closes the stream.
   *
   * @throws IntermodalException {@link OvfError#FILE_MISSING} or {@link OvfError#NAME_UNSAFE}
   */
  public InputStream openFile(String href, boolean unpack) {
    return new PackageContent(this).open(href, unpack);
  }

  /**
   * Checks every file against the manifest and the descriptor; each file is read once, an archive
   * from front to back. The rule is at {@link Verification#verified()}. Nobody is trusted, so a
   * signature must only not be broken; see {@link TrustPolicy#none()}.
   *
   * @throws io.intermodal.CancelledException when asked to stop
   * @throws IntermodalException {@code READ_FAILED}, {@link OvfError#PACKAGE_LIMIT}
   */
  public Verification verify(Progress.Listener listener, Cancellation cancellation) {
    return verify(TrustPolicy.none(), listener, cancellation);
  }

  /**
   * Checks every file, and the signature by a policy. Whether to take the package is told by {@link
   * Verification#accepted()}.
   *
   * @throws io.intermodal.CancelledException when asked to stop
   * @throws IntermodalException {@code READ_FAILED}, {@link OvfError#PACKAGE_LIMIT}
   */
  public Verification verify(
      TrustPolicy policy, Progress.Listener listener, Cancellation cancellation) {
    return new Verifier(this, new ReadDigests(listener, cancellation), policy).verify();
  }

  /**
   * Checks the signature of the manifest, and none of the files that the manifest lists.
   *
   * @throws IntermodalException {@code READ_FAILED}, {@link OvfError#PACKAGE_LIMIT}
   */
  public SignatureResult checkSignature(TrustPolicy policy) {
    if (certificate == null) {
      return SignatureCheck.notSigned(policy);
    }
    byte[] bytes = source.read(certificate, CertificateFile.MOST_BYTES);
    return manifestFile == null || manifestBytes == null
        ? SignatureCheck.withoutManifest(certificate.name(), bytes, policy)
        : SignatureCheck.check(
            manifestFile.name(), manifestBytes, certificate.name(), bytes, policy);
  }

  /** Returns the digests that the manifest lists for a stored file; none without a manifest. */
  public List<Manifest.Entry> digestsOf(StoredFile file) {
    return manifest == null
        ? List.of()
        : manifest.entries().stream()
            .filter(entry -> stored(entry.name()).filter(file::equals).isPresent())
            .toList();
  }

  /**
   * Reads one stored file and compares it with every digest that the manifest lists for it.
   *
   * @throws IntermodalException {@link OvfError#DIGEST_MISMATCH} when one differs; {@code
   *     READ_FAILED}
   */
  public void requireIntact(StoredFile file) {
    new PackageContent(this).requireIntact(file);
  }

  /**
   * Starts to write this package elsewhere, in another form or changed: pack, unpack, make the
   * manifest anew. Nothing happens before a target is named.
   */
  public PackageRewrite rewrite() {
    return new PackageRewrite(this);
  }

  PackageSource source() {
    return source;
  }

  Optional<StoredFile> manifestFile() {
    return Optional.ofNullable(manifestFile);
  }

  /** Returns what a manifest should list: the descriptor, the files referred to, other members. */
  List<StoredFile> content() {
    List<StoredFile> content = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Stream.concat(
            Stream.concat(Stream.of(descriptor), files.stream().flatMap(f -> f.parts().stream())),
            source.members().stream().filter(m -> !isProof(m)))
        .filter(f -> names.add(f.name()))
        .forEach(content::add);
    return content;
  }

  Optional<StoredFile> stored(String name) {
    return source.find(name);
  }

  boolean isProof(StoredFile file) {
    return file.equals(manifestFile) || file.equals(certificate);
  }

  /** Names the file only. */
  @Override
  public String toString() {
    return kind() + " " + path;
  }
}
