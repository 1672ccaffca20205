package io.intermodal.ovf.packaging;

import io.intermodal.Cancellation;
import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.Progress;
import io.intermodal.ovf.OvfError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Writes a package anew: as an archive, as a folder, in place; as it is or changed (DSP0243
 * "Distribution"). Disks are copied as they are stored, each read once, and compared with the
 * manifest on the way: when one differs, nothing appears under its name.
 *
 * <p>Pack, unpack, make the manifest anew, change a descriptor:
 *
 * <pre>{@code
 * OvfPackage.openFolder(folder).rewrite().toOva(ova);
 * OvfPackage.open(ova).rewrite().proof(Proof.KEEP).toFolder(folder);
 * OvfPackage.open(ovf).rewrite().verify(false).proof(Proof.RENEW).inPlace();
 * OvfPackage.open(ova).rewrite().descriptor(edited).options(signed).toOva(other);
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class PackageRewrite {

  private final OvfPackage pack;
  private final byte[] stored;
  private byte[] descriptor;
  private String descriptorName;
  private final Map<String, StoredFile> put = new LinkedHashMap<>();
  private final Set<String> removed = new LinkedHashSet<>();
  private PackageOptions options = PackageOptions.standard();
  private Proof proof = Proof.AUTO;
  private boolean verify = true;
  private TrustPolicy policy = TrustPolicy.none();
  private boolean allowMissing;
  private boolean fixSizes;
  private boolean copyFiles = true;
  private Progress.Listener listener = Progress.Listener.none();
  private Cancellation cancellation = Cancellation.none();

  PackageRewrite(OvfPackage pack) {
    this.pack = pack;
    this.stored = pack.source().read(pack.descriptor(), OvfPackage.MOST_DESCRIPTOR);
    this.descriptor = stored;
    String name = pack.descriptor().name();
    descriptorName =
        PackageSource.hasExtension(name, ".ovf") ? name : PackageSource.sibling(name, ".ovf");
  }

  /** Tells what is to become of the manifest and the certificate. */
  public enum Proof {
    /**
     * Keeps them when nothing changes and nobody signs, else makes them anew. A manifest that lacks
     * a file is made anew, unless a signature would be lost.
     */
    AUTO,
    /** Keeps what there is, to the byte, and adds nothing; goes with no change. */
    KEEP,
    /** Makes a new manifest; a certificate only with a signer, since the old one would be stale. */
    RENEW
  }

  /** Sets another descriptor. Files that only the old one refers to are left out. */
  public PackageRewrite descriptor(byte[] bytes) {
    descriptor = bytes.clone();
    return this;
  }

  /**
   * Sets another name for the descriptor; manifest and certificate are named after it.
   *
   * @throws IllegalArgumentException when it does not end in {@code .ovf}
   */
  public PackageRewrite descriptorName(String name) {
    PackageBody.requireDescriptor(name);
    descriptorName = name;
    return this;
  }

  /**
   * Sets whether {@link #toFolder} may copy files; they may unless set. Without it every file has
   * to lie at its place in the folder already.
   */
  public PackageRewrite copyFiles(boolean allowed) {
    copyFiles = allowed;
    return this;
  }

  /**
   * Adds a file, or takes it in place of the one that the package has under that name or href.
   *
   * @param name the name in the package, not percent-encoded
   * @throws IntermodalException {@code FILE_NOT_FOUND}, {@code READ_FAILED}
   */
  public PackageRewrite put(String name, Path from) {
    MemberNames.require(name);
    try {
      put.put(name, new StoredFile(name, new FileRange(from, 0, Files.size(from))));
    } catch (IOException e) {
      throw Errors.reading(from, e);
    }
    return this;
  }

  /** Leaves a file out, with all its parts; the descriptor should not refer to it any more. */
  public PackageRewrite remove(String nameOrHref) {
    removed.add(Objects.requireNonNull(nameOrHref, "nameOrHref"));
    return this;
  }

  /** Sets digest, signer and whether the target may be replaced. */
  public PackageRewrite options(PackageOptions how) {
    options = Objects.requireNonNull(how, "how");
    return this;
  }

  /** Sets what becomes of the manifest and the certificate; {@link Proof#AUTO} unless set. */
  public PackageRewrite proof(Proof what) {
    proof = Objects.requireNonNull(what, "what");
    return this;
  }

  /**
   * Sets whether what does not hold together is an error: a file that differs from the manifest, a
   * signature that the policy does not take, a second descriptor. It is unless set; else the report
   * tells.
   */
  public PackageRewrite verify(boolean wanted) {
    verify = wanted;
    return this;
  }

  /**
   * Sets whose signatures are trusted; nobody's unless set. Then a signature must only be intact,
   * and that its signer is unknown is told in the report.
   */
  public PackageRewrite trust(TrustPolicy wanted) {
    policy = Objects.requireNonNull(wanted, "wanted");
    return this;
  }

  /** Sets whether to go on without files that the descriptor refers to; not unless set. */
  public PackageRewrite allowMissing(boolean allowed) {
    allowMissing = allowed;
    return this;
  }

  /** Sets whether sizes that the descriptor states wrongly are corrected; not unless set. */
  public PackageRewrite fixSizes(boolean wanted) {
    fixSizes = wanted;
    return this;
  }

  /** Sets who is told how far the copy is. */
  public PackageRewrite progress(Progress.Listener who) {
    listener = Objects.requireNonNull(who, "who");
    return this;
  }

  /** Sets who may ask to stop. */
  public PackageRewrite cancellation(Cancellation who) {
    cancellation = Objects.requireNonNull(who, "who");
    return this;
  }

  /**
   * Writes an archive; it may take the place of the one that is read.
   *
   * @throws IntermodalException {@link OvfError#DIGEST_MISMATCH} when a file is not the one the
   *     manifest was made for, {@link OvfError#SIGNATURE_REFUSED}, {@link
   *     OvfError#DESCRIPTOR_SECOND}, {@link OvfError#FILE_MISSING}, {@link OvfError#NAME_UNSAFE},
   *     {@code FILE_EXISTS}, {@code READ_FAILED}, {@code WRITE_FAILED}
   * @throws io.intermodal.CancelledException when asked to stop; nothing is left then
   */
  public PackageReport toOva(Path target) {
    RewriteRun run = plan(target.toString());
    new SourceGuard(pack, run.plan()).requireApart(target);
    try (OvaWriter writer =
        OvaWriter.create(target, run.plan().descriptorName(), run.descriptor(), run.options())) {
      run.copy(writer.body());
      writer.finish(run.proofs(writer.body()));
      return run.report(writer.body());
    }
  }

  /**
   * Writes an archive to a stream, which is not closed; what was written before an error stays.
   *
   * @throws IntermodalException as {@link #toOva}
   */
  public PackageReport toStream(OutputStream out) {
    RewriteRun run = plan("the stream");
    try (OvaWriter writer =
        OvaWriter.to(out, run.plan().descriptorName(), run.descriptor(), run.options())) {
      run.copy(writer.body());
      writer.finish(run.proofs(writer.body()));
      return run.report(writer.body());
    }
  }

  /**
   * Writes a folder: see {@link FolderWriter}. A file of the package that lies at its place in the
   * folder stays there and is only read, so that a package can have several descriptors.
   *
   * @throws IntermodalException as {@link #toOva}
   */
  public PackageReport toFolder(Path folder) {
    RewriteRun run = plan(folder.toString());
    List<StoredFile> files = run.plan().files();
    Set<String> staying = StayingFiles.in(folder, files);
    if (!copyFiles) {
      StayingFiles.require(folder, files, staying);
    }
    try (FolderWriter writer =
        FolderWriter.create(folder, run.plan().descriptorName(), run.options(), staying)) {
      writer.requireFree(
          files.stream().map(StoredFile::name).filter(n -> !staying.contains(n)).toList());
      run.copy(writer.body());
      writer.body().descriptor(run.descriptor());
      writer.finish(run.descriptor(), run.proofs(writer.body()));
      return run.report(writer.body());
    }
  }

  /**
   * Changes the package where it is: an archive is replaced by a new one in one step; beside a
   * descriptor only descriptor, manifest and certificate are written, the other files are read for
   * their digests. Between the old manifest and the new one there is none.
   *
   * @throws IntermodalException as {@link #toOva}
   * @throws IllegalStateException when files are put or removed beside a descriptor, or it is to
   *     have another name
   */
  public PackageReport inPlace() {
    if (pack.kind() == OvfPackage.Kind.OVA) {
      options = options.replacing();
      return toOva(pack.path());
    }
    if (!put.isEmpty() || !removed.isEmpty()) {
      throw new IllegalStateException("files beside a descriptor change with toFolder");
    }
    if (!PackageSource.hasExtension(pack.descriptor().name(), ".ovf")) {
      throw new IntermodalException(
          OvfError.NOT_A_PACKAGE,
          "cannot change " + pack.path() + ": a descriptor is named .ovf; rename it first",
          pack.path().toString(),
          null);
    }
    if (!descriptorName.equals(pack.descriptor().name())) {
      throw new IllegalStateException("a descriptor in place keeps its name");
    }
    RewriteRun run = plan(pack.path().toString());
    PackageBody body =
        new PackageBody(
            pack.path().toString(), new NoSink(), run.plan().descriptorName(), run.options());
    body.descriptor(run.descriptor());
    run.copy(body);
    List<SmallFile> proofs = run.proofs(body);
    if (!run.keeps()) {
      List<SmallFile> written = new ArrayList<>(proofs);
      if (!Arrays.equals(run.descriptor(), stored)) {
        written.add(0, new SmallFile(pack.descriptor().name(), run.descriptor()));
      }
      new InPlaceFiles(pack, new SourceGuard(pack, run.plan())).replace(written);
    }
    return run.report(body);
  }

  private RewriteRun plan(String where) {
    RewritePlan plan = new RewritePlan(pack, descriptorName, descriptor, put, removed);
    if (verify) {
      requireSignature();
    }
    plan.requireComplete(allowMissing);
    plan.requireOneDescriptor(!verify);
    plan.compareSizes(fixSizes);
    boolean unchanged = plan.unchanged(stored);
    if (proof == Proof.KEEP && !unchanged) {
      throw new IllegalStateException("a changed package cannot keep its manifest");
    }
    boolean keep =
        proof == Proof.KEEP
            || (proof == Proof.AUTO
                && unchanged
                && options.signer() == null
                && (pack.certificate().isPresent() || isManifestComplete()));
    return new RewriteRun(
        pack, plan, options, keep, verify, policy, where, listener, cancellation, stored);
  }

  /** Judges the signature before the first byte is written: it is about the manifest alone. */
  private void requireSignature() {
    SignatureResult signature = pack.checkSignature(policy);
    if (!signature.satisfied()) {
      throw RewriteRun.distrusted(pack, signature.sentence());
    }
  }

  /** A manifest that lacks a file would be refused by whoever verifies the new package. */
  private boolean isManifestComplete() {
    Manifest manifest = pack.manifest().orElse(null);
    if (manifest == null) {
      return false;
    }
    Set<StoredFile> listed = new HashSet<>();
    manifest.entries().forEach(entry -> pack.stored(entry.name()).ifPresent(listed::add));
    return pack.files().stream().flatMap(f -> f.parts().stream()).allMatch(listed::contains);
  }
}
