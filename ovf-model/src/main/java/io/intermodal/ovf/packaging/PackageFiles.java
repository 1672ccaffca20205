package io.intermodal.ovf.packaging;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.FileReference;
import io.intermodal.ovf.OvfError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the stored parts of the files that a descriptor refers to. */
final class PackageFiles {

  private static final int MOST_CHUNKS = 20_000;

  /** Of all files in chunks; an archive holds fewer, unless a file is named several times. */
  private static final int MOST_PARTS = 100_000;

  private PackageFiles() {}

  static List<PackageFile> locate(Envelope envelope, PackageSource source) {
    List<PackageFile> files = new ArrayList<>();
    long parts = 0;
    for (FileReference reference : envelope.files()) {
      PackageFile file = locate(reference, source);
      // Thousands of references to one file of thousands of parts are an attack on the memory.
      parts += reference.chunkSizeBytes() == null ? 0 : file.parts().size();
      if (parts > MOST_PARTS) {
        throw new IntermodalException(
            OvfError.PACKAGE_LIMIT,
            "cannot read the package: the files that its descriptor refers to have more than "
                + MOST_PARTS
                + " parts together");
      }
      files.add(file);
    }
    return List.copyOf(files);
  }

  private static PackageFile locate(FileReference reference, PackageSource source) {
    String href = reference.href();
    if (href == null) {
      return new PackageFile(reference, List.of(), false);
    }
    if (reference.chunkSizeBytes() != null) {
      PackageFile chunked = chunks(reference, href, source);
      if (!chunked.parts().isEmpty()) {
        return chunked;
      }
    }
    Optional<StoredFile> whole = source.find(href);
    return new PackageFile(reference, whole.stream().toList(), whole.isPresent());
  }

  /** Gathers {@code name.000000000} and on; a stated size says how many there must be. */
  private static PackageFile chunks(FileReference reference, String href, PackageSource source) {
    Long size = reference.sizeBytes();
    Long chunk = reference.chunkSizeBytes();
    long expected = size == null || chunk == null ? -1 : size / chunk + (size % chunk == 0 ? 0 : 1);
    List<StoredFile> parts = new ArrayList<>();
    while (parts.size() < MOST_CHUNKS) {
      Optional<StoredFile> part = source.find(chunkName(href, parts.size()));
      if (part.isEmpty()) {
        break;
      }
      parts.add(part.get());
    }
    boolean gap = source.find(chunkName(href, parts.size() + 1)).isPresent();
    boolean complete = !parts.isEmpty() && !gap && (expected < 0 || parts.size() >= expected);
    return new PackageFile(reference, parts, complete);
  }

  static String chunkName(String href, int number) {
    return String.format("%s.%09d", href, number);
  }

  /** Returns the name of the first part that is not there. */
  static String missingName(PackageFile file) {
    String href = String.valueOf(file.reference().href());
    return file.reference().chunkSizeBytes() == null || file.parts().isEmpty()
        ? href
        : chunkName(href, file.parts().size());
  }
}
