package io.intermodal.cli;

import io.intermodal.CommonError;
import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.PartFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Says where an environment goes, and writes all of that or nothing. */
final class EnvOutput {

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT.xml",
      description = "Write the document here; a file that exists is not overwritten.")
  private @Nullable Path document;

  @Option(
      names = "--iso",
      paramLabel = "OUT.iso",
      description =
          "Write a CD image with the document here, and with the files that an"
              + " EnvironmentFilesSection names: transport \"iso\".")
  private @Nullable Path image;

  boolean any() {
    return document != null || image != null;
  }

  @Nullable Path document() {
    return document;
  }

  @Nullable Path image() {
    return image;
  }

  /** Refuses what cannot be written, before anything is read for it. */
  void requireFree() {
    if (document != null && image != null && absolute(document).equals(absolute(image))) {
      throw new IntermodalException(
          CliError.WRONG_USAGE,
          "cannot write " + image + ": it is to be both document and image; name two files");
    }
    for (Path target : targets()) {
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new IntermodalException(
            CommonError.FILE_EXISTS,
            "cannot write " + target + ": it exists already; name another file or delete it first",
            target.toString(),
            null);
      }
    }
  }

  /** Makes both contents, writes both beside their places, and lets them appear only then. */
  void write(Supplier<byte[]> ofDocument, Supplier<byte[]> ofImage) {
    Map<Path, byte[]> contents = new LinkedHashMap<>();
    if (document != null) {
      contents.put(document, ofDocument.get());
    }
    if (image != null) {
      contents.put(image, ofImage.get());
    }
    Map<Path, PartFile> parts = new LinkedHashMap<>();
    try {
      contents.forEach((target, content) -> parts.put(target, part(target, content)));
      commit(parts);
    } finally {
      parts.values().forEach(PartFile::close);
    }
  }

  private static PartFile part(Path target, byte[] content) {
    PartFile part = PartFile.createPrivate(target);
    try {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        part.channel().write(bytes);
      }
      return part;
    } catch (IOException e) {
      part.close();
      throw Errors.writing(target, e);
    }
  }

  /** A place that was free may be taken meanwhile; what appeared before it goes again. */
  private static void commit(Map<Path, PartFile> parts) {
    List<Path> made = new ArrayList<>();
    boolean done = false;
    try {
      parts.forEach(
          (target, part) -> {
            part.commit();
            made.add(target);
          });
      done = true;
    } finally {
      if (!done) {
        made.forEach(EnvOutput::delete);
      }
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The error that led here says more.
    }
  }

  private List<Path> targets() {
    List<Path> targets = new ArrayList<>();
    if (document != null) {
      targets.add(document);
    }
    if (image != null) {
      targets.add(image);
    }
    return targets;
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  void print(PrintWriter out) {
    targets().forEach(target -> out.println("Written: " + target));
  }
}
