package io.intermodal;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Turns the operating system's errors into ours, in words that people understand. */
public final class Errors {

  private Errors() {}

  /** Says in a few words why an operation of the operating system failed. */
  public static String reason(IOException e) {
    if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
      return "no such file or folder";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "it exists already";
    }
    if (e instanceof DirectoryNotEmptyException) {
      return "the folder is not empty";
    }
    if (e instanceof EOFException) {
      return "the file ends too early";
    }
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  /** Makes the error for a read that failed: {@code FILE_NOT_FOUND} or {@code READ_FAILED}. */
  public static IntermodalException reading(Path file, IOException e) {
    boolean absent = e instanceof NoSuchFileException || e instanceof FileNotFoundException;
    return new IntermodalException(
        absent ? CommonError.FILE_NOT_FOUND : CommonError.READ_FAILED,
        "cannot read " + file + ": " + reason(e),
        file.toString(),
        e);
  }

  /**
   * Makes the error for a write that failed: {@code FILE_NOT_FOUND} when the folder to write to
   * does not exist, else {@code WRITE_FAILED}.
   */
  public static IntermodalException writing(Path file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return new IntermodalException(
          CommonError.FILE_NOT_FOUND,
          "cannot write " + file + ": its folder does not exist; create it first",
          file.toString(),
          e);
    }
    return new IntermodalException(
        CommonError.WRITE_FAILED, "cannot write " + file + ": " + reason(e), file.toString(), e);
  }
}
