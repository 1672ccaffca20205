package io.intermodal.ovf.environment;

import io.intermodal.ovf.Content;
import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.FileReference;
import io.intermodal.ovf.Section;
import io.intermodal.ovf.internal.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists the files that a package wants to lie beside the environment document (2.x). */
public final class EnvironmentFiles {

  private EnvironmentFiles() {}

  /**
   * Is a file of the package for the guest.
   *
   * @param href the file in the package; null when what is named is not in References
   * @param path where the guest shall find it, without a slash in front
   */
  public record Listed(@Nullable String href, String path) {

    /** Validates the path. */
    public Listed {
      Objects.requireNonNull(path, "path");
    }
  }

  /**
   * Returns the files of a machine's EnvironmentFilesSection, in order; one without a path is left
   * out.
   *
   * @param machineId the id of the machine; null for the first machine
   */
  public static List<Listed> of(Envelope envelope, @Nullable String machineId) {
    Dialect dialect = new Dialect(envelope.namespace());
    List<Listed> files = new ArrayList<>();
    systems(envelope.contents())
        .filter(system -> machineId == null || machineId.equals(system.id()))
        .limit(1)
        .flatMap(system -> system.sections().stream())
        .filter(section -> section.name().equals("EnvironmentFilesSection"))
        .map(Section::header)
        .flatMap(header -> dialect.children(header.element(), "File"))
        .forEach(
            file -> {
              String path = dialect.filled(file, "path");
              String id = dialect.filled(file, "fileRef");
              if (path != null) {
                FileReference named = id == null ? null : envelope.file(id).orElse(null);
                files.add(new Listed(named == null ? null : named.href(), bare(path)));
              }
            });
    return List.copyOf(files);
  }

  private static String bare(String path) {
    int start = 0;
    while (start < path.length() && path.charAt(start) == '/') {
      start++;
    }
    return path.substring(start);
  }

  private static Stream<Content.VirtualSystem> systems(List<Content> contents) {
    return contents.stream()
        .flatMap(
            content ->
                content instanceof Content.VirtualSystemCollection group
                    ? systems(group.members())
                    : Stream.of((Content.VirtualSystem) content));
  }
}
