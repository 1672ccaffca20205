package io.intermodal.ovf.packaging;

import io.intermodal.ovf.Consumer;
import io.intermodal.ovf.FileReference;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.FindingCode;
import io.intermodal.ovf.Strictness;
import io.intermodal.ovf.internal.Hrefs;
import io.intermodal.ovf.internal.Texts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reports what is wrong with a package beyond its descriptor. */
final class PackageChecks {

  private PackageChecks() {}

  static void check(OvfPackage pack, PackageSource source, List<Finding> findings) {
    boolean ova = pack.kind() == OvfPackage.Kind.OVA;
    String name = pack.path().toString();
    if (PackageSource.hasExtension(name, ova ? ".ovf" : ".ova")) {
      add(findings, FindingCode.EXTENSION, name, ova ? "it is an archive" : "it is a descriptor");
    }
    for (PackageFile file : pack.files()) {
      file(file, findings);
    }
    if (ova) {
      archive(pack, source, findings);
    }
    if (pack.certificate().isPresent() && pack.manifest().isEmpty()) {
      add(
          findings,
          FindingCode.CERTIFICATE_WITHOUT_MANIFEST,
          pack.certificate().get().name(),
          "there is a certificate but no manifest that it could sign");
    }
  }

  /** Returns what versions of a product would refuse in the files around the descriptor. */
  static List<Finding> findingsFor(OvfPackage pack, Consumer consumer) {
    boolean modern =
        pack.manifest()
            .flatMap(Manifest::algorithm)
            .filter(a -> a != DigestAlgorithm.SHA1)
            .isPresent();
    return modern && consumer == Consumer.VMWARE
        ? List.of(
            Finding.of(
                FindingCode.TARGET_DIGEST,
                pack.manifest().map(Manifest::name).orElse(null),
                "vSphere before 6.5 is not known to read digests other than SHA-1"))
        : List.of();
  }

  private static void file(PackageFile file, List<Finding> findings) {
    FileReference reference = file.reference();
    String href = reference.href();
    if (href == null || Hrefs.remote(href)) {
      return;
    }
    if (Hrefs.unsafe(href)) {
      findings.add(
          at(
              FindingCode.FILE_MISSING,
              reference,
              href,
              Texts.shorten(href) + " is outside of the package and is not opened"));
      return;
    }
    if (!file.complete()) {
      findings.add(
          at(
              FindingCode.FILE_MISSING,
              reference,
              href,
              PackageFiles.missingName(file) + " is not in the package"));
    } else if (reference.sizeBytes() != null
        && reference.sizeBytes() != file.storedBytes().orElse(-1)) {
      findings.add(
          at(
              FindingCode.SIZE_DIFFERS,
              reference,
              href,
              href
                  + " has "
                  + file.storedBytes().orElse(0)
                  + " bytes; the descriptor says "
                  + reference.sizeBytes()));
    }
  }

  private static Finding at(
      FindingCode code, FileReference reference, String path, String message) {
    int line = reference.element().line();
    int column = reference.element().column();
    return new Finding(code, code.severity(Strictness.LENIENT), line, column, path, message);
  }

  private static void archive(OvfPackage pack, PackageSource source, List<Finding> findings) {
    if (!source.endMark()) {
      add(findings, FindingCode.ARCHIVE_END_MISSING, null, "the archive lacks its end mark");
    }
    if (source.trailing()) {
      add(findings, FindingCode.ARCHIVE_TRAILING, null, "something follows the end of the archive");
    }
    List<StoredFile> members = source.members();
    if (!members.get(0).equals(pack.descriptor())) {
      add(
          findings,
          FindingCode.DESCRIPTOR_NOT_FIRST,
          pack.descriptor().name(),
          "the descriptor is not the first member; some products refuse that");
    }
    Set<String> known = new HashSet<>();
    known.add(pack.descriptor().name());
    pack.files().forEach(f -> f.parts().forEach(p -> known.add(p.name())));
    for (StoredFile member : members) {
      if (known.contains(member.name()) || pack.isProof(member)) {
        continue;
      }
      boolean second = PackageSource.hasExtension(member.name(), ".ovf");
      add(
          findings,
          second ? FindingCode.DESCRIPTOR_SECOND : FindingCode.MEMBER_UNREFERENCED,
          member.name(),
          second
              ? "a second descriptor; " + pack.descriptor().name() + " counts"
              : "nothing refers to this member");
    }
  }

  private static void add(
      List<Finding> findings, FindingCode code, @Nullable String path, String message) {
    findings.add(Finding.of(code, path, message));
  }
}
