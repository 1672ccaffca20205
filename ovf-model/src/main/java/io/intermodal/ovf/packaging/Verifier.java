package io.intermodal.ovf.packaging;

import io.intermodal.Cancellation;
import io.intermodal.Errors;
import io.intermodal.Progress;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.FindingCode;
import io.intermodal.ovf.internal.Hrefs;
import io.intermodal.ovf.internal.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Verifies one package; each stored file is read once for all its digests. */
final class Verifier {

  private static final int BUFFER = 1 << 18;

  private final OvfPackage pack;
  private final Progress.Listener listener;
  private final Cancellation cancellation;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, List<Manifest.Entry>> listed = new LinkedHashMap<>();
  private final Map<String, Verification.Status> results = new LinkedHashMap<>();
  private final Set<String> sizeDiffers = new HashSet<>();
  private final Set<String> referenced = new HashSet<>();
  private long done;
  private long total;

  Verifier(OvfPackage pack, Progress.Listener listener, Cancellation cancellation) {
    this.pack = pack;
    this.listener = listener;
    this.cancellation = cancellation;
  }

  Verification verify() {
    Manifest manifest = pack.manifest().orElse(null);
    if (manifest == null) {
      find(FindingCode.MANIFEST_MISSING, null, "there is no manifest; nothing proves the files");
    } else {
      findings.addAll(manifest.findings());
      index(manifest);
    }
    if (pack.certificate().isPresent()) {
      FindingCode code =
          manifest == null
              ? FindingCode.CERTIFICATE_WITHOUT_MANIFEST
              : FindingCode.CERTIFICATE_UNCHECKED;
      find(code, pack.certificate().get().name(), "the signature was not checked");
    }
    pack.findings().stream()
        .filter(f -> f.code() == FindingCode.FILE_MISSING || f.code() == FindingCode.SIZE_DIFFERS)
        .forEach(this::add);
    List<StoredFile> content = pack.content();
    content.forEach(f -> results.put(f.name(), Verification.Status.UNLISTED));
    references();
    digest(content);
    absent();
    boolean verified = manifest != null && !manifest.entries().isEmpty() && judge(manifest);
    return new Verification(
        verified,
        manifest != null,
        manifest == null ? null : manifest.algorithm().orElse(null),
        results.entrySet().stream()
            .map(e -> new Verification.FileResult(e.getKey(), e.getValue()))
            .toList(),
        findings);
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
    for (PackageFile file : pack.files()) {
      String href = file.reference().href();
      if (href == null || Hrefs.remote(href)) {
        continue;
      }
      file.parts().forEach(p -> referenced.add(p.name()));
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
    total = wanted.stream().mapToLong(f -> f.range().length()).sum();
    Map<String, Verification.Status> found = new HashMap<>();
    wanted.forEach(f -> found.put(f.name(), compare(f)));
    found.forEach(results::put);
    sizeDiffers.forEach(
        name ->
            results.computeIfPresent(
                name,
                (n, s) ->
                    s == Verification.Status.MISMATCH ? s : Verification.Status.SIZE_MISMATCH));
  }

  private Verification.Status compare(StoredFile file) {
    List<Manifest.Entry> entries = listed.getOrDefault(file.name(), List.of());
    Map<DigestAlgorithm, MessageDigest> digests = new EnumMap<>(DigestAlgorithm.class);
    entries.forEach(e -> digests.computeIfAbsent(e.algorithm(), DigestAlgorithm::digest));
    String task = "verify " + file.name();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = ReadAheadStream.of(file.range())) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        cancellation.check(task);
        for (MessageDigest digest : digests.values()) {
          digest.update(buffer, 0, n);
        }
        done += n;
        listener.progress(Progress.of(task, done, total));
      }
    } catch (IOException e) {
      throw Errors.reading(file.range().path(), e);
    }
    Map<DigestAlgorithm, String> actual = new EnumMap<>(DigestAlgorithm.class);
    digests.forEach((a, d) -> actual.put(a, HexFormat.of().formatHex(d.digest())));
    for (Manifest.Entry entry : entries) {
      if (!entry.digest().equals(actual.get(entry.algorithm()))) {
        find(
            FindingCode.DIGEST_MISMATCH,
            file.name(),
            file.name()
                + " is not the file the manifest was made for: its "
                + entry.algorithm()
                + " differs");
        return Verification.Status.MISMATCH;
      }
    }
    return Verification.Status.OK;
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
        FindingCode code =
            descriptor
                ? FindingCode.MANIFEST_DESCRIPTOR
                : refers ? FindingCode.MANIFEST_INCOMPLETE : FindingCode.MANIFEST_UNLISTED;
        find(code, name, "the manifest does not list " + name);
        good &= !refers;
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
