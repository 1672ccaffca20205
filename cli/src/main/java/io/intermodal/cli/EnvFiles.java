package io.intermodal.cli;

import io.intermodal.CommonError;
import io.intermodal.IntermodalException;
import io.intermodal.iso.IsoFile;
import io.intermodal.ovf.OvfError;
import io.intermodal.ovf.environment.EnvironmentFiles;
import io.intermodal.ovf.packaging.OvfPackage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the files that a package wants on the CD image beside the environment document. */
final class EnvFiles {

  /** What an image holds at most; the writer refuses what is longer. */
  private static final int MOST_BYTES = (64 << 20) + 1;

  private EnvFiles() {}

  static List<IsoFile> of(OvfPackage pack, @Nullable String machine) {
    List<IsoFile> files = new ArrayList<>();
    int left = MOST_BYTES;
    for (EnvironmentFiles.Listed listed : EnvironmentFiles.of(pack.envelope(), machine)) {
      String href = listed.href();
      if (href == null) {
        throw new IntermodalException(
            OvfError.FILE_MISSING,
            "cannot put the file "
                + listed.path()
                + " into the image: the EnvironmentFilesSection names no file of References for it");
      }
      try (InputStream in = pack.openFile(href, true)) {
        byte[] content = in.readNBytes(left);
        left = Math.max(1, left - content.length);
        files.add(IsoFile.of(listed.path(), content));
      } catch (IOException e) {
        throw new IntermodalException(
            CommonError.READ_FAILED, "cannot read " + href + " of the package", href, e);
      }
    }
    return files;
  }
}
