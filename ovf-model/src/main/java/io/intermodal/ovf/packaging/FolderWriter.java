package io.intermodal.ovf.packaging;

import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a package as a folder: a descriptor with its files, manifest and certificate beside it
 * (DSP0243 "OVF package"). A folder that does not exist appears complete, in one step. In one that
 * does, the files are moved to their names when all are written, the descriptor last: where there
 * is a descriptor, the package is whole. Not thread-safe.
 */
public final class FolderWriter implements PackageWriter {

  private final Path folder;
  private final FolderStage stage;
  private final PackageBody body;
  private final String descriptorName;

  private FolderWriter(Path folder, FolderStage stage, String descriptorName, PackageBody body) {
    this.folder = folder;
    this.stage = stage;
    this.descriptorName = descriptorName;
    this.body = body;
  }

  /**
   * Starts a package; the folder's own parent must exist.
   *
   * @throws IntermodalException {@code FILE_EXISTS} when another writer is at work there; later
   *     also when a file is there and may not be replaced; {@code WRITE_FAILED}
   */
  public static FolderWriter create(Path folder, String descriptorName, PackageOptions options) {
    return create(folder, descriptorName, options, Set.of());
  }

  /** Starts a package of which some files lie at their place already, and are to stay. */
  static FolderWriter create(
      Path folder, String descriptorName, PackageOptions options, Set<String> staying) {
    PackageBody.requireDescriptor(descriptorName);
    try {
      FolderStage stage = FolderStage.create(folder, descriptorName, options.replace());
      StayingFiles sink = new StayingFiles(stage, staying);
      PackageBody body = new PackageBody(folder.toString(), sink, descriptorName, options);
      return new FolderWriter(folder, stage, descriptorName, body);
    } catch (IOException e) {
      throw Errors.writing(folder, e);
    }
  }

  /**
   * Refuses, before anything is copied, what could not be moved to its place later.
   *
   * @param names the files that will be added and do not stay
   */
  void requireFree(List<String> names) {
    body.guarded(
        () -> {
          requireNoStale(stale(List.of()));
          names.forEach(stage::requireFree);
          return names;
        });
  }

  private void requireNoStale(Set<String> stale) {
    if (!stale.isEmpty() && !body.replaces()) {
      throw FolderStage.exists(folder.resolve(stale.iterator().next()));
    }
  }

  @Override
  public Written addFile(String name, StoredForm form, FileContent content) {
    return body.add(name, form, null, content);
  }

  @Override
  public Written addFile(String name, long sizeBytes, FileContent content) {
    return body.add(name, StoredForm.plain(), sizeBytes, content);
  }

  @Override
  public Written addFile(String name, Path from) {
    return body.add(name, from);
  }

  /**
   * Writes the descriptor and the manifest, and moves everything to its place. A certificate and a
   * manifest that were there and are not written anew are deleted: they would be stale. When a move
   * fails, the folder is as it was.
   */
  @Override
  public void finish(byte[] descriptor) {
    body.ready();
    body.descriptor(descriptor);
    finish(descriptor, body.proofs());
  }

  /** Ends the package with a manifest and a certificate that were made before. */
  void finish(byte[] descriptor, List<SmallFile> proofs) {
    body.ready();
    body.guarded(
        () -> {
          for (SmallFile proof : proofs) {
            store(proof);
          }
          store(new SmallFile(descriptorName, descriptor));
          // From here to the move of the descriptor there is no package.
          Set<String> stale = stale(proofs);
          requireNoStale(stale);
          stage.stale(stale);
          stage.finish();
          stage.close();
          return stale;
        });
    body.finished();
  }

  private Set<String> stale(List<SmallFile> proofs) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Set.of();
    }
    Set<String> own =
        Stream.of(descriptorName, body.manifestName(), body.certificateName())
            .map(n -> n.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    Set<String> written = proofs.stream().map(SmallFile::name).collect(Collectors.toSet());
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(n -> own.contains(n.toLowerCase(Locale.ROOT)) && !written.contains(n))
          .collect(Collectors.toSet());
    }
  }

  PackageBody body() {
    return body;
  }

  private void store(SmallFile extra) throws IOException {
    WritableByteChannel channel = stage.begin(extra.name(), (long) extra.bytes().length);
    ByteBuffer buffer = ByteBuffer.wrap(extra.bytes());
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    stage.end();
  }

  @Override
  public void close() {
    try {
      stage.close();
    } catch (IOException e) {
      throw Errors.writing(folder, e);
    }
  }
}
