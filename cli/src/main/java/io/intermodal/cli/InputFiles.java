package io.intermodal.cli;

import io.intermodal.CommonError;
import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the small files that commands take. */
final class InputFiles {

  private static final long MAX_BYTES = 16L << 20;

  private InputFiles() {}

  /** Reads a text in UTF-8 of at most 16 MiB. */
  static String readText(Path file) {
    if (Files.isDirectory(file)) {
      throw new IntermodalException(
          CliError.WRONG_USAGE,
          "cannot read " + file + ": it is a folder; name a file",
          file.toString(),
          null);
    }
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IntermodalException(
            CommonError.READ_FAILED,
            "cannot read " + file + ": it is larger than " + MAX_BYTES + " bytes",
            file.toString(),
            null);
      }
      byte[] bytes = Files.readAllBytes(file);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IntermodalException(
          CliError.WRONG_USAGE,
          "cannot read " + file + ": it is not text in UTF-8",
          file.toString(),
          e);
    } catch (IOException e) {
      throw Errors.reading(file, e);
    }
  }
}
