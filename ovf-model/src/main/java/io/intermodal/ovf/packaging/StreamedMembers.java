package io.intermodal.ovf.packaging;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.OvfError;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembers of a stream what its verification needs: the bytes of the descriptor, of manifests and
 * certificates, and the digests of everything else.
 */
final class StreamedMembers implements FileDigests {

  private static final long MOST_PROOFS = 32L << 20;

  private final String archive;
  private final Map<String, byte[]> kept = new HashMap<>();
  private final Map<String, Map<DigestAlgorithm, String>> digested = new HashMap<>();
  private final Map<String, Set<DigestAlgorithm>> listed = new HashMap<>();
  private final Set<DigestAlgorithm> possible;
  private long proofBytes;
  private @Nullable String descriptorName;
  private @Nullable Envelope envelope;

  StreamedMembers(String archive, Set<DigestAlgorithm> wanted) {
    this.archive = archive;
    this.possible = EnumSet.noneOf(DigestAlgorithm.class);
    this.possible.addAll(wanted);
  }

  /** Tells whether the bytes of a member are to be kept; refuses what is too large for that. */
  boolean keeps(TarMember member) {
    if (isDescriptor(member)) {
      PackageSource.requireAtMost(member.name(), member.size(), OvfPackage.MOST_DESCRIPTOR);
      return true;
    }
    // A larger one is an error only if it turns out to be the one that counts.
    if (!isProof(member.name()) || member.size() > OvfPackage.MOST_MANIFEST) {
      return false;
    }
    proofBytes += member.size();
    if (proofBytes > MOST_PROOFS) {
      throw new IntermodalException(
          OvfError.PACKAGE_LIMIT,
          "cannot read "
              + archive
              + ": its manifests and certificates are over the bound of "
              + MOST_PROOFS
              + " bytes together",
          archive,
          null);
    }
    return true;
  }

  private boolean isDescriptor(TarMember member) {
    return descriptorName == null && PackageSource.hasExtension(member.name(), ".ovf");
  }

  private static boolean isProof(String name) {
    return PackageSource.hasExtension(name, ".mf") || PackageSource.hasExtension(name, ".cert");
  }

  void keep(TarMember member, byte[] bytes) {
    String name = member.name();
    kept.put(name, bytes);
    if (isDescriptor(member)) {
      descriptorName = name;
      envelope = Envelope.read(archive + "!" + name, bytes);
    } else if (PackageSource.hasExtension(name, ".mf")) {
      Set<DigestAlgorithm> used = EnumSet.noneOf(DigestAlgorithm.class);
      Manifest.parse(name, bytes).entries().forEach(e -> used.add(e.algorithm()));
      listed.put(name, used);
      possible.addAll(used);
    }
  }

  void digested(TarMember member, Map<DigestAlgorithm, String> digests) {
    digested.put(member.name(), digests);
  }

  /** Returns the digests that the next member may be asked for. */
  Set<DigestAlgorithm> wanted() {
    String descriptor = descriptorName;
    Set<DigestAlgorithm> certain =
        descriptor == null ? null : listed.get(PackageSource.sibling(descriptor, ".mf"));
    if (certain != null) {
      return certain;
    }
    // Another manifest may still come, and count instead of those that were met.
    return possible;
  }

  @Nullable String descriptorName() {
    return descriptorName;
  }

  @Nullable Envelope envelope() {
    return envelope;
  }

  Map<String, byte[]> kept() {
    return kept;
  }

  @Override
  public Map<String, Map<DigestAlgorithm, String>> of(Map<StoredFile, Set<DigestAlgorithm>> asked) {
    Map<String, Map<DigestAlgorithm, String>> all = new HashMap<>();
    asked.forEach(
        (file, algorithms) -> {
          byte[] bytes = kept.get(file.name());
          Map<DigestAlgorithm, String> digests =
              digested.getOrDefault(file.name(), new EnumMap<>(DigestAlgorithm.class));
          if (bytes != null) {
            DigestSet set = new DigestSet(algorithms);
            set.update(bytes, 0, bytes.length);
            digests = set.hex();
          }
          all.put(file.name(), digests);
        });
    return all;
  }
}
