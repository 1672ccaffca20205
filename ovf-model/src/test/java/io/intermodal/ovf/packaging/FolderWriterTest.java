package io.intermodal.ovf.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.intermodal.CommonError;
import io.intermodal.IntermodalException;
import io.intermodal.ovf.OvfError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWriterTest {

  @TempDir private Path folder;

  private static FolderWriter writer(Path target) {
    return FolderWriter.create(target, "vm.ovf", PackageOptions.standard());
  }

  private static List<String> names(Path under) throws IOException {
    try (Stream<Path> all = Files.list(under)) {
      return all.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aNewFolderAppearsWhole() throws IOException {
    Path target = folder.resolve("new");
    try (FolderWriter writer = writer(target)) {
      writer.addFile("d.img", SamplePackage.bytes(new byte[9]));
      assertThat(target).doesNotExist();
      writer.finish(SamplePackage.descriptor(SamplePackage.file("d.img", "ovf:size='9'")));
    }
    assertThat(names(target)).containsExactly("d.img", "vm.mf", "vm.ovf");
    assertThat(SamplePackage.verify(target.resolve("vm.ovf")).verified()).isTrue();
    assertThat(names(folder)).containsExactly("new");
  }

  @Test
  void anotherFileOfTheFolderStays() throws IOException {
    Files.writeString(folder.resolve("other.txt"), "stays");
    SamplePackage.twoDisks().writeFolder(folder);
    assertThat(names(folder)).containsExactly("disk1.vmdk", "iso", "other.txt", "vm.mf", "vm.ovf");
    assertThat(SamplePackage.verify(folder.resolve("vm.ovf")).verified()).isTrue();
  }

  @Test
  void whatIsNotFinishedLeavesNothing() throws IOException {
    try (FolderWriter writer = writer(folder)) {
      writer.addFile("a/b/c.img", SamplePackage.bytes(new byte[9]));
    }
    try (FolderWriter writer = writer(folder.resolve("new"))) {
      assertThatExceptionOfType(IntermodalException.class)
          .isThrownBy(
              () ->
                  writer.addFile(
                      "d",
                      to -> {
                        throw new IOException("disk full");
                      }))
          .withMessageEndingWith("disk full");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void refusesToReplaceUnlessAllowed() throws IOException {
    for (String there : List.of("d.img", "vm.ovf", "vm.mf", "vm.cert", "VM.CERT")) {
      Path target = Files.createDirectory(folder.resolve("with-" + there));
      Files.writeString(target.resolve(there), "old");
      assertThatExceptionOfType(IntermodalException.class)
          .as(there)
          .isThrownBy(
              () -> {
                try (FolderWriter writer = writer(target)) {
                  writer.addFile("d.img", SamplePackage.bytes(new byte[1]));
                  writer.finish(SamplePackage.descriptor(SamplePackage.file("d.img", "")));
                }
              })
          .withMessageContaining(there + ": it exists already")
          .satisfies(e -> assertThat(e.code()).isEqualTo(CommonError.FILE_EXISTS));
      assertThat(names(target)).containsExactly(there);
      assertThat(target.resolve(there)).hasContent("old");

      try (FolderWriter writer =
          FolderWriter.create(target, "vm.ovf", PackageOptions.standard().replacing())) {
        writer.addFile("d.img", SamplePackage.bytes(new byte[1]));
        writer.finish(SamplePackage.descriptor(SamplePackage.file("d.img", "")));
      }
      assertThat(names(target)).containsExactly("d.img", "vm.mf", "vm.ovf");
      assertThat(SamplePackage.verify(target.resolve("vm.ovf")).verified()).isTrue();
    }
  }

  /** A folder in the way of a file is noticed when the old package is gone, or before. */
  @Test
  void aMoveThatFailsLeavesTheOldPackageAsItWas() throws IOException {
    PackageOptions signed = PackageOptions.standard().signedBy(TestKeys.ec(folder).signer());
    Path target = folder.resolve("target");
    byte[] old = SamplePackage.descriptor(SamplePackage.file("a.img", ""));
    try (FolderWriter writer = FolderWriter.create(target, "vm.ovf", signed)) {
      writer.addFile("a.img", SamplePackage.bytes(new byte[9]));
      writer.finish(old);
    }
    Files.createDirectory(target.resolve("b.img"));
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.createSymbolicLink(target.resolve("link"), outside);
    PackageOptions replacing = PackageOptions.standard().replacing();
    for (String name : List.of("b.img", "link/c.img")) {
      assertThatExceptionOfType(IntermodalException.class)
          .isThrownBy(
              () -> {
                try (FolderWriter writer = FolderWriter.create(target, "vm.ovf", replacing)) {
                  writer.addFile("a.img", SamplePackage.bytes(new byte[1]));
                  writer.addFile(name, SamplePackage.bytes(new byte[1]));
                  writer.finish(SamplePackage.descriptor(""));
                }
              })
          .withMessageContaining("cannot write");
      assertThat(names(target))
          .containsExactly("a.img", "b.img", "link", "vm.cert", "vm.mf", "vm.ovf");
      assertThat(target.resolve("vm.ovf")).hasBinaryContent(old);
      assertThat(SamplePackage.verify(target.resolve("vm.ovf")).verified()).isTrue();
    }
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void noFileIsNamedLikeTheWritersOwnFolder() throws IOException {
    for (PackageOptions options :
        List.of(PackageOptions.standard(), PackageOptions.standard().replacing())) {
      assertThatExceptionOfType(IntermodalException.class)
          .isThrownBy(
              () -> {
                try (FolderWriter writer = FolderWriter.create(folder, "vm.ovf", options)) {
                  writer.addFile("vm.ovf.part/d.img", SamplePackage.bytes(new byte[1]));
                  writer.finish(SamplePackage.descriptor(""));
                }
              })
          .withMessageContaining("it is no name for a file in")
          .satisfies(e -> assertThat(e.code()).isEqualTo(OvfError.NAME_UNSAFE));
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void twoWritersDoNotMeet() {
    for (Path target : List.of(folder, folder.resolve("new"))) {
      try (FolderWriter first = writer(target)) {
        assertThatExceptionOfType(IntermodalException.class)
            .isThrownBy(() -> writer(target))
            .withMessageContaining("another writer is at work");
        first.addFile("a", to -> {});
      }
    }
  }

  @Test
  void aLinkAmongTheFoldersLeadsNowhere() throws IOException {
    Path target = Files.createDirectory(folder.resolve("target"));
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.createSymbolicLink(target.resolve("iso"), outside);
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> SamplePackage.twoDisks().writeFolder(target))
        .withMessageContaining("a link leads out of the folder")
        .satisfies(e -> assertThat(e.code()).isEqualTo(OvfError.NAME_UNSAFE));
    assertThat(outside).isEmptyDirectory();
    assertThat(names(target)).containsExactly("iso");
  }

  @Test
  void writesTheCertificateBesideTheManifest() throws IOException {
    PackageOptions signed = PackageOptions.standard().signedBy(TestKeys.ec(folder).signer());
    Path target = folder.resolve("signed");
    try (FolderWriter writer = FolderWriter.create(target, "vm.ovf", signed)) {
      writer.finish(SamplePackage.descriptor(""));
    }
    assertThat(names(target)).containsExactly("vm.cert", "vm.mf", "vm.ovf");
    assertThat(target.resolve("vm.cert")).content().startsWith("SHA256(vm.mf)= ");
  }
}
