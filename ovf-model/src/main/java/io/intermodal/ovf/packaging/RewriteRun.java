package io.intermodal.ovf.packaging;

import io.intermodal.Cancellation;
import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.Progress;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.OvfError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Copies the files of a plan and compares them with the manifest they came with. */
final class RewriteRun {

  private static final int BUFFER = 1 << 18;

  private final OvfPackage pack;
  private final RewritePlan plan;
  private final PackageOptions options;
  private final boolean keep;
  private final boolean verify;
  private final TrustPolicy policy;
  private final Progress.Listener listener;
  private final Cancellation cancellation;
  private final String task;
  private final Set<DigestAlgorithm> listed = EnumSet.noneOf(DigestAlgorithm.class);
  private final Map<String, Map<DigestAlgorithm, String>> seen = new HashMap<>();
  private @Nullable Verification verification;
  private long done;
  private long total;

  RewriteRun(
      OvfPackage pack,
      RewritePlan plan,
      PackageOptions options,
      boolean keep,
      boolean verify,
      TrustPolicy policy,
      String where,
      Progress.Listener listener,
      Cancellation cancellation,
      byte[] storedDescriptor) {
    this.pack = pack;
    this.plan = plan;
    this.keep = keep;
    this.verify = verify;
    this.policy = policy;
    this.listener = listener;
    this.cancellation = cancellation;
    this.task = "write " + where;
    pack.manifest().ifPresent(m -> m.entries().forEach(e -> listed.add(e.algorithm())));
    // With a manifest that is kept no other digest has a use.
    DigestAlgorithm digest =
        keep
            ? pack.manifest().flatMap(Manifest::algorithm).orElse(options.digest())
            : options.digest();
    this.options = new PackageOptions(digest, keep ? null : options.signer(), options.replace());
    DigestSet descriptor = new DigestSet(listed);
    descriptor.update(storedDescriptor, 0, storedDescriptor.length);
    seen.put(pack.descriptor().name(), descriptor.hex());
  }

  RewritePlan plan() {
    return plan;
  }

  PackageOptions options() {
    return options;
  }

  byte[] descriptor() {
    return plan.descriptor();
  }

  boolean keeps() {
    return keep;
  }

  /**
   * Copies all files.
   *
   * @throws IntermodalException {@link OvfError#DIGEST_MISMATCH}
   */
  void copy(PackageBody body) {
    List<StoredFile> files = plan.files();
    total = files.stream().mapToLong(f -> f.range().length()).sum();
    for (StoredFile file : files) {
      cancellation.check(task);
      Map<DigestAlgorithm, String> digests =
          body.copy(file.name(), file.range().length(), listed, to -> write(file, to::write));
      if (pack.stored(file.name()).filter(file::equals).isPresent()) {
        seen.put(file.name(), digests);
      }
    }
    Verification result = new Verifier(pack, wanted -> seen, policy).verify();
    verification = result;
    if (verify) {
      requireIntact(result);
    }
  }

  /** Is where bytes go. */
  private interface Target {
    int write(ByteBuffer bytes) throws IOException;
  }

  private void write(StoredFile file, Target to) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = new RangeInputStream(List.of(file.range()))) {
      while (true) {
        cancellation.check(task);
        int count = read(file, in, buffer);
        if (count < 0) {
          return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
        while (bytes.hasRemaining()) {
          to.write(bytes);
        }
        done += count;
        listener.progress(Progress.of(task, done, total));
      }
    }
  }

  /** Tells a source that fails from a target that does. */
  private static int read(StoredFile file, InputStream in, byte[] buffer) {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw Errors.reading(file.range().path(), e);
    }
  }

  private void requireIntact(Verification result) {
    for (Verification.FileResult file : result.files()) {
      boolean lost = keep && file.status() == Verification.Status.MISSING;
      if (file.status() == Verification.Status.MISMATCH || lost) {
        throw new IntermodalException(
            lost ? OvfError.FILE_MISSING : OvfError.DIGEST_MISMATCH,
            "cannot trust "
                + pack.path()
                + ": "
                + file.name()
                + (lost
                    ? " is listed in the manifest and not in the package"
                    : " is not the file the manifest was made for")
                + "; get the whole package again, or do it without verification",
            file.name(),
            null);
      }
    }
    if (result.signature().required() && !result.accepted()) {
      throw distrusted(pack, "The signature does not cover the whole package.");
    }
  }

  static IntermodalException distrusted(OvfPackage pack, String sentence) {
    return new IntermodalException(
        OvfError.SIGNATURE_REFUSED,
        "cannot trust "
            + pack.path()
            + ": "
            + sentence.substring(0, 1).toLowerCase(Locale.ROOT)
            + sentence.substring(1).replaceFirst("\\.$", "")
            + "; get the whole package again, or do it without verification",
        pack.path().toString(),
        null);
  }

  /** Returns manifest and certificate: those that are kept, or new ones. */
  List<SmallFile> proofs(PackageBody body) {
    if (!keep) {
      return body.proofs();
    }
    List<SmallFile> kept = new ArrayList<>();
    pack.manifestFile().ifPresent(f -> kept.add(kept(f)));
    pack.certificate().ifPresent(f -> kept.add(kept(f)));
    return kept;
  }

  private SmallFile kept(StoredFile file) {
    return new SmallFile(file.name(), pack.source().read(file, OvfPackage.MOST_MANIFEST));
  }

  PackageReport report(PackageBody body) {
    List<Finding> findings = new ArrayList<>(plan.findings());
    Verification result = Objects.requireNonNull(verification);
    findings.addAll(result.signature().findings());
    return new PackageReport(
        plan.descriptorName(),
        body.entries(),
        proof(pack.manifestFile().isPresent(), true),
        proof(pack.certificate().isPresent(), options.signer() != null),
        result,
        findings);
  }

  private PackageReport.Proof proof(boolean there, boolean made) {
    if (keep) {
      return there ? PackageReport.Proof.KEPT : PackageReport.Proof.ABSENT;
    }
    if (made) {
      return PackageReport.Proof.WRITTEN;
    }
    return there ? PackageReport.Proof.DROPPED : PackageReport.Proof.ABSENT;
  }
}
