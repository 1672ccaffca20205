package io.intermodal.ovf.packaging;

import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.ovf.OvfError;
import io.intermodal.ovf.internal.Hrefs;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds stored files by name, in an archive or in the folder of a descriptor. */
final class PackageSource {

  private final @Nullable Path folder;
  private final Map<String, StoredFile> members = new LinkedHashMap<>();
  private final boolean endMark;

  private PackageSource(@Nullable Path folder, boolean endMark) {
    this.folder = folder;
    this.endMark = endMark;
  }

  static PackageSource archive(Path file) {
    TarIndex.Result index = TarIndex.read(file);
    PackageSource source = new PackageSource(null, index.endMark());
    for (TarMember member : index.members()) {
      source.members.put(
          member.name(),
          new StoredFile(member.name(), new FileRange(file, member.offset(), member.size())));
    }
    return source;
  }

  static PackageSource beside(Path descriptor) {
    Path parent = descriptor.toAbsolutePath().getParent();
    return new PackageSource(parent == null ? descriptor.toAbsolutePath() : parent, true);
  }

  boolean archive() {
    return folder == null;
  }

  boolean endMark() {
    return endMark;
  }

  /** Returns the members of an archive in order; of a folder none, since it holds other things. */
  List<StoredFile> members() {
    return List.copyOf(members.values());
  }

  /** Finds a file by an href: as it is, then percent-decoded. */
  Optional<StoredFile> find(String href) {
    if (Hrefs.remote(href)) {
      return Optional.empty();
    }
    return named(href).or(() -> named(Hrefs.decoded(href)));
  }

  private Optional<StoredFile> named(String name) {
    if (Hrefs.unsafe(name)) {
      return Optional.empty();
    }
    String normal = Hrefs.normal(name);
    return folder == null ? Optional.ofNullable(members.get(normal)) : inFolder(folder, normal);
  }

  private static Optional<StoredFile> inFolder(Path folder, String name) {
    try {
      Path file = folder.resolve(name);
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      if (!file.toRealPath().startsWith(folder.toRealPath())) {
        throw new IntermodalException(
            OvfError.NAME_UNSAFE,
            "cannot read " + file + ": it is a link out of the folder of the package",
            file.toString(),
            null);
      }
      return Optional.of(new StoredFile(name, new FileRange(file, 0, Files.size(file))));
    } catch (InvalidPathException | FileSystemException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw Errors.reading(folder, e);
    }
  }

  /** Finds the file with the descriptor's base name and another extension, in any letter case. */
  Optional<StoredFile> companion(String descriptor, String extension) {
    int dot = descriptor.lastIndexOf('.');
    String wanted = (dot < 0 ? descriptor : descriptor.substring(0, dot)) + extension;
    Optional<StoredFile> exact = named(wanted);
    if (exact.isPresent()) {
      return exact;
    }
    for (String name : names()) {
      if (name.toLowerCase(Locale.ROOT).equals(wanted.toLowerCase(Locale.ROOT))) {
        return named(name);
      }
    }
    // An archive has one of each; a wrong base name is no reason to leave a manifest unread.
    return members.values().stream()
        .filter(m -> m.name().toLowerCase(Locale.ROOT).endsWith(extension))
        .findFirst();
  }

  private List<String> names() {
    if (folder == null) {
      return List.copyOf(members.keySet());
    }
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.limit(20_000).forEach(f -> names.add(f.getFileName().toString()));
    } catch (IOException e) {
      throw Errors.reading(folder, e);
    }
    return names;
  }

  static boolean hasExtension(String name, String extension) {
    return name.toLowerCase(Locale.ROOT).endsWith(extension);
  }
}
