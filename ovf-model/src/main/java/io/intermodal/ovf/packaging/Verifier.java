package io.intermodal.ovf.packaging;

import io.intermodal.ovf.Finding;
import io.intermodal.ovf.FindingCode;
import io.intermodal.ovf.internal.Hrefs;
import io.intermodal.ovf.internal.Texts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Verifies one package; where digests come from is not its affair. */
final class Verifier {

  private final OvfPackage pack;
  private final FileDigests digests;
  private final TrustPolicy policy;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, List<Manifest.Entry>> listed = new LinkedHashMap<>();
  private final Map<String, Verification.Status> results = new LinkedHashMap<>();
  private final Set<String> sizeDiffers = new HashSet<>();
  private final Set<String> referenced = new HashSet<>();
  private final Lookalikes lookalikes = new Lookalikes();

  Verifier(OvfPackage pack, FileDigests digests, TrustPolicy policy) {
    this.pack = pack;
    this.digests = digests;
    this.policy = policy;
  }

  Verification verify() {
    Manifest manifest = pack.manifest().orElse(null);
    if (manifest == null) {
      find(FindingCode.MANIFEST_MISSING, null, "there is no manifest; nothing proves the files");
    } else {
      findings.addAll(manifest.findings());
      index(manifest);
    }
    if (manifest == null && pack.certificate().isPresent()) {
      find(
          FindingCode.CERTIFICATE_WITHOUT_MANIFEST,
          pack.certificate().get().name(),
          "there is a certificate but no manifest that it could sign");
    }
    SignatureResult signature = pack.checkSignature(policy);
    signature.findings().forEach(this::add);
    pack.findings().stream()
        .filter(f -> f.code() == FindingCode.FILE_MISSING || f.code() == FindingCode.SIZE_DIFFERS)
        .forEach(this::add);
    List<StoredFile> content = pack.content();
    content.forEach(f -> results.put(f.name(), Verification.Status.UNLISTED));
    references();
    digest(content);
    absent();
    boolean verified = manifest != null && !manifest.entries().isEmpty() && judge(manifest);
    List<String> unlisted = unlisted();
    return new Verification(
        verified,
        verified && signature.accepts(covered(unlisted)),
        manifest != null,
        manifest == null ? null : manifest.algorithm().orElse(null),
        results.entrySet().stream()
            .map(e -> new Verification.FileResult(e.getKey(), e.getValue()))
            .toList(),
        unlisted,
        signature,
        findings);
  }

  /** Tells whether nothing can pass for the descriptor, or for a member, that was not signed. */
  private boolean covered(List<String> unlisted) {
    return !unlisted.contains(pack.descriptor().name())
        && !pack.source().trailing()
        && unlisted.stream().noneMatch(name -> PackageSource.hasExtension(name, ".ovf"));
  }

  private List<String> unlisted() {
    return results.entrySet().stream()
        .filter(e -> e.getValue() != Verification.Status.MISSING)
        .map(Map.Entry::getKey)
        .filter(name -> !listed.containsKey(name))
        .toList();
  }

  private void index(Manifest manifest) {
    if (manifest.entries().isEmpty()) {
      find(FindingCode.MANIFEST_LINE, manifest.name(), "the manifest lists no file");
    }
    Set<DigestAlgorithm> used = new HashSet<>();
    for (Manifest.Entry entry : manifest.entries()) {
      used.add(entry.algorithm());
      StoredFile file = pack.stored(entry.name()).orElse(null);
      if (file != null && pack.isProof(file)) {
        continue;
      }
      String name = file == null ? entry.name() : file.name();
      listed.computeIfAbsent(name, n -> new ArrayList<>()).add(entry);
    }
    if (used.size() > 1) {
      find(FindingCode.MANIFEST_MIXED, manifest.name(), "the manifest mixes digest algorithms");
    }
    if (used.contains(DigestAlgorithm.SHA1)) {
      find(
          FindingCode.MANIFEST_WEAK,
          manifest.name(),
          "SHA-1 protects against accidents, not against forgery");
    }
  }

  private void references() {
    lookalikes.claim(pack.descriptor().name());
    listed.keySet().forEach(lookalikes::claim);
    for (PackageFile file : pack.files()) {
      String href = file.reference().href();
      if (href == null || Hrefs.remote(href)) {
        continue;
      }
      file.parts().forEach(p -> referenced.add(p.name()));
      claim(file, href);
      Long stated = file.reference().sizeBytes();
      if (!file.complete()) {
        String missing = PackageFiles.missingName(file);
        referenced.add(missing);
        results.putIfAbsent(missing, Verification.Status.MISSING);
      } else if (stated != null && stated != file.storedBytes().orElse(-1)) {
        file.parts().forEach(p -> sizeDiffers.add(p.name()));
      }
    }
  }

  private void claim(PackageFile file, String href) {
    file.parts().forEach(p -> lookalikes.claim(p.name()));
    lookalikes.claim(href);
    if (file.reference().chunkSizeBytes() != null) {
      lookalikes.claimChunks(href);
    }
    // A folder has no list of members; what others may read in place of the parts is there or not.
    for (StoredFile other : pack.source().readings(href)) {
      if (!listed.containsKey(other.name())) {
        results.putIfAbsent(other.name(), Verification.Status.UNLISTED);
      }
    }
  }

  /** Reads in the order of the disk, so that an archive is read from front to back. */
  private void digest(List<StoredFile> content) {
    List<StoredFile> wanted = new ArrayList<>(content);
    // A plain folder may hold listed files that the descriptor does not refer to.
    for (String name : listed.keySet()) {
      if (!results.containsKey(name)) {
        pack.stored(name).ifPresent(wanted::add);
      }
    }
    wanted.removeIf(f -> !listed.containsKey(f.name()));
    wanted.sort(
        Comparator.comparing((StoredFile f) -> f.range().path())
            .thenComparingLong(f -> f.range().offset()));
    Map<StoredFile, Set<DigestAlgorithm>> algorithms = new LinkedHashMap<>();
    wanted.forEach(f -> algorithms.put(f, algorithms(f)));
    Map<String, Map<DigestAlgorithm, String>> actual = digests.of(algorithms);
    Map<String, Verification.Status> found = new HashMap<>();
    wanted.forEach(
        f -> found.put(f.name(), compare(f.name(), actual.getOrDefault(f.name(), Map.of()))));
    found.forEach(results::put);
    sizeDiffers.forEach(
        name ->
            results.computeIfPresent(
                name,
                (n, s) ->
                    s == Verification.Status.MISMATCH ? s : Verification.Status.SIZE_MISMATCH));
  }

  private Set<DigestAlgorithm> algorithms(StoredFile file) {
    Set<DigestAlgorithm> algorithms = EnumSet.noneOf(DigestAlgorithm.class);
    listed.getOrDefault(file.name(), List.of()).forEach(e -> algorithms.add(e.algorithm()));
    return algorithms;
  }

  private Verification.Status compare(String file, Map<DigestAlgorithm, String> actual) {
    Verification.Status status = Verification.Status.OK;
    for (Manifest.Entry entry : listed.getOrDefault(file, List.of())) {
      String digest = actual.get(entry.algorithm());
      if (digest == null) {
        find(
            FindingCode.DIGEST_NOT_COMPUTED,
            file,
            "the " + entry.algorithm() + " of " + file + " was not computed when it was read");
        status = Verification.Status.UNCHECKED;
      } else if (!digest.equals(entry.digest())) {
        find(
            FindingCode.DIGEST_MISMATCH,
            file,
            file
                + " is not the file the manifest was made for: its "
                + entry.algorithm()
                + " differs");
        return Verification.Status.MISMATCH;
      }
    }
    return status;
  }

  private void absent() {
    for (String name : listed.keySet()) {
      if (!results.containsKey(name)) {
        results.put(name, Verification.Status.MISSING);
        find(
            FindingCode.MANIFEST_ABSENT_FILE,
            name,
            "the manifest lists " + Texts.shorten(name) + ", which is not in the package");
      }
    }
  }

  private boolean judge(Manifest manifest) {
    boolean good = manifest.findings().isEmpty();
    for (Map.Entry<String, Verification.Status> result : results.entrySet()) {
      String name = result.getKey();
      boolean unlisted = !listed.containsKey(name);
      if (unlisted && result.getValue() != Verification.Status.MISSING) {
        boolean refers = referenced.contains(name);
        boolean descriptor = name.equals(pack.descriptor().name());
        boolean lookalike = !refers && !descriptor && lookalikes.has(name);
        FindingCode code =
            descriptor
                ? FindingCode.MANIFEST_DESCRIPTOR
                : refers ? FindingCode.MANIFEST_INCOMPLETE : FindingCode.MANIFEST_UNLISTED;
        find(code, name, "the manifest does not list " + name);
        if (lookalike) {
          find(
              FindingCode.MEMBER_LOOKALIKE,
              name,
              "other readers may take " + name + ", which is not listed, for a file that is");
        }
        good &= !refers && !lookalike;
      } else {
        good &= result.getValue() == Verification.Status.OK;
      }
    }
    return good;
  }

  private void find(FindingCode code, @Nullable String path, String message) {
    add(Finding.of(code, path, message));
  }

  /** Adds a finding unless there are enough; the result of each file is told in any case. */
  private void add(Finding finding) {
    if (findings.size() < Finding.MOST) {
      findings.add(finding);
    } else if (findings.size() == Finding.MOST) {
      findings.add(Finding.tooMany());
    }
  }
}
