package io.intermodal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartFileTest {

  @TempDir Path folder;

  @Test
  void isAbsentUntilTheCommitAndCompleteAfterIt() throws Exception {
    Path target = folder.resolve("disk");
    try (PartFile file = PartFile.create(target)) {
      file.channel().write(bytes("hello"));
      assertThat(target).doesNotExist();
      assertThat(file.partPath()).exists();
      file.commit();
    }
    assertThat(target).hasContent("hello");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void leavesNothingWithoutACommit() throws Exception {
    Path target = Files.writeString(folder.resolve("disk"), "before");
    try (PartFile file = PartFile.replace(target)) {
      file.channel().write(bytes("half"));
    }
    assertThat(target).hasContent("before");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void readsBackWhatItWrote() throws Exception {
    try (PartFile file = PartFile.create(folder.resolve("disk"))) {
      file.channel().write(bytes("hello"));
      ByteBuffer read = ByteBuffer.allocate(5);
      file.channel().read(read, 0);
      assertThat(new String(read.array(), StandardCharsets.UTF_8)).isEqualTo("hello");
    }
  }

  @Test
  void replacesAFileAndAPartLeftOver() throws Exception {
    Path target = Files.writeString(folder.resolve("disk"), "before");
    Files.writeString(folder.resolve("disk.part"), "left over by someone who died");
    PartFile.write(target, "after".getBytes(StandardCharsets.UTF_8));
    assertThat(target).hasContent("after");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  /** Of two that replace one file the first must not give its name to half of the second's. */
  @Test
  void twoThatReplaceAFileDoNotMix() throws Exception {
    Path target = Files.writeString(folder.resolve("a"), "old");
    PartFile first = PartFile.replace(target);
    first.channel().write(bytes("first"));
    try (PartFile second = PartFile.replace(target)) {
      second.channel().write(bytes("sec"));
      assertFails(CommonError.FILE_EXISTS, first::commit, "another writer took the place");
      first.close();
      assertThat(target).hasContent("old");
      second.channel().write(bytes("ond"));
      second.commit();
    }
    assertThat(target).hasContent("second");
    assertThat(folder.resolve("a.part")).doesNotExist();
  }

  @Test
  void doesNotWriteThroughALink() throws Exception {
    Path victim = Files.writeString(folder.resolve("victim"), "mine");
    Files.createSymbolicLink(folder.resolve("a.part"), victim);
    PartFile.write(folder.resolve("a"), new byte[] {'n', 'e', 'w'});
    assertThat(victim).hasContent("mine");
    assertThat(folder.resolve("a")).isRegularFile().hasContent("new");
  }

  @Test
  void onlyTheOwnerReadsAPrivateFile() throws Exception {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    Path target = folder.resolve("secret");
    try (PartFile file = PartFile.createPrivate(target)) {
      assertThat(Files.getPosixFilePermissions(file.partPath()))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      file.channel().write(bytes("hello"));
      file.commit();
    }
    assertThat(Files.getPosixFilePermissions(target))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(target).hasContent("hello");
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> PartFile.createPrivate(target))
        .satisfies(e -> assertThat(e.code()).isEqualTo(CommonError.FILE_EXISTS));
  }

  @Test
  void refusesATargetThatExists() throws Exception {
    Path target = Files.writeString(folder.resolve("disk"), "before");
    assertFails(CommonError.FILE_EXISTS, () -> PartFile.create(target), "exists already");
    assertThat(target).hasContent("before");
  }

  @Test
  void refusesAPartOfAnotherWriterAndLeavesItAlone() throws Exception {
    Path target = folder.resolve("disk");
    try (PartFile first = PartFile.create(target)) {
      first.channel().write(bytes("hello"));
      assertFails(
          CommonError.FILE_EXISTS, () -> PartFile.create(target), "another writer is at work");
      first.commit();
    }
    assertThat(target).hasContent("hello");
  }

  @Test
  void refusesATargetThatAppearedMeanwhile() throws Exception {
    Path target = folder.resolve("disk");
    try (PartFile file = PartFile.create(target)) {
      Files.writeString(target, "someone else's");
      assertFails(CommonError.FILE_EXISTS, file::commit, "exists already");
    }
    assertThat(target).hasContent("someone else's");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void saysThatTheFolderIsMissing() {
    assertFails(
        CommonError.FILE_NOT_FOUND,
        () -> PartFile.create(folder.resolve("no/disk")),
        "its folder does not exist");
  }

  @Test
  void leavesALinkToNowhereAlone() throws Exception {
    Path target = Files.createSymbolicLink(folder.resolve("disk"), folder.resolve("gone"));
    assertFails(CommonError.FILE_EXISTS, () -> PartFile.create(target), "exists already");
    assertThat(target).isSymbolicLink();
  }

  private static void assertFails(CommonError code, Runnable action, String reason) {
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(action::run)
        .withMessageStartingWith("cannot write")
        .withMessageContaining(reason)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code))
        .satisfies(e -> assertThat(e.location()).isPresent());
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
