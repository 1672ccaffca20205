package io.intermodal.ovf.packaging;

import io.intermodal.Errors;
import io.intermodal.PartFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replaces the descriptor of a folder, its manifest and its certificate where they are. */
final class InPlaceFiles {

  private final OvfPackage pack;
  private final SourceGuard guard;

  InPlaceFiles(OvfPackage pack, SourceGuard guard) {
    this.pack = pack;
    this.guard = guard;
  }

  /** Writes these beside the descriptor; the old manifest and certificate go in any case. */
  void replace(List<SmallFile> written) {
    Path file = pack.path().toAbsolutePath();
    List<PartFile> parts = new ArrayList<>();
    try {
      for (SmallFile one : written) {
        Path target = file.resolveSibling(one.name());
        guard.requireApartFromPart(target);
        PartFile part = PartFile.replace(target);
        parts.add(part);
        ByteBuffer bytes = ByteBuffer.wrap(one.bytes());
        while (bytes.hasRemaining()) {
          part.channel().write(bytes);
        }
        part.channel().force(true);
      }
      // From here to the new manifest nothing vouches for the package, which is true.
      for (StoredFile stale :
          new @Nullable StoredFile[] {
            pack.certificate().orElse(null), pack.manifestFile().orElse(null)
          }) {
        if (stale != null) {
          Files.deleteIfExists(stale.range().path());
        }
      }
      parts.forEach(PartFile::commit);
    } catch (IOException e) {
      throw Errors.writing(file, e);
    } finally {
      parts.forEach(PartFile::close);
    }
  }
}
