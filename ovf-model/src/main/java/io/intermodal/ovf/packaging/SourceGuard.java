package io.intermodal.ovf.packaging;

import io.intermodal.CommonError;
import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.PartFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps a package that is written anew from being written over files it is made of. */
final class SourceGuard {

  private final OvfPackage pack;
  private final RewritePlan plan;

  SourceGuard(OvfPackage pack, RewritePlan plan) {
    this.pack = pack;
    this.plan = plan;
  }

  /** Refuses an archive that would take the place of a file that goes into it. */
  void requireApart(Path target) {
    requireApartFromPart(target);
    if (!Files.exists(target)) {
      return;
    }
    try {
      boolean same = pack.kind() == OvfPackage.Kind.OVF && Files.isSameFile(pack.path(), target);
      if (same || isFileOfPlan(target)) {
        throw new IntermodalException(
            CommonError.FILE_EXISTS,
            "cannot write " + target + ": it is a file of the package; name another target",
            target.toString(),
            null);
      }
    } catch (IOException e) {
      throw Errors.reading(target, e);
    }
  }

  /** What a writer that died left behind is replaced; it must not be what is read. */
  void requireApartFromPart(Path target) {
    Path part = target.resolveSibling(target.getFileName() + PartFile.SUFFIX);
    if (!Files.exists(part)) {
      return;
    }
    try {
      if (Files.isSameFile(pack.path(), part) || isFileOfPlan(part)) {
        throw new IntermodalException(
            CommonError.FILE_EXISTS,
            "cannot write "
                + target
                + ": "
                + part.getFileName()
                + " is a file of the package and would be written over; rename it",
            part.toString(),
            null);
      }
    } catch (IOException e) {
      throw Errors.reading(part, e);
    }
  }

  private boolean isFileOfPlan(Path other) throws IOException {
    for (StoredFile file : plan.files()) {
      Path path = file.range().path();
      if (!path.equals(pack.path()) && Files.isSameFile(path, other)) {
        return true;
      }
    }
    return false;
  }
}
