package io.intermodal.ovf.packaging;

import io.intermodal.ovf.FileReference;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.FindingCode;
import io.intermodal.ovf.Strictness;
import io.intermodal.ovf.internal.Hrefs;
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

  private static void file(PackageFile file, List<Finding> findings) {
    FileReference reference = file.reference();
    String href = reference.href();
    if (href == null || Hrefs.remote(href) || Hrefs.unsafe(href)) {
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
