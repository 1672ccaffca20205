package io.intermodal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class IntermodalExceptionTest {

  @Test
  void keepsItsMessageAndPlaceWhenItIsSerialised() throws Exception {
    IntermodalException before =
        new IntermodalException(CommonError.READ_FAILED, "cannot read x: why", "x:1:2", null);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(before);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      IntermodalException after = (IntermodalException) in.readObject();
      assertThat(after).hasMessage("cannot read x: why");
      assertThat(after.location()).contains("x:1:2");
      assertThat(after.code()).isEqualTo(CommonError.INTERNAL);
    }
  }

  @Test
  void tellsAnAbsentFileFromOneThatCannotBeRead() {
    Path file = Path.of("x");
    assertThat(Errors.reading(file, new NoSuchFileException("x")).code())
        .isEqualTo(CommonError.FILE_NOT_FOUND);
    assertThat(Errors.reading(file, new AccessDeniedException("x")))
        .hasMessage("cannot read x: permission denied")
        .extracting(IntermodalException::code)
        .isEqualTo(CommonError.READ_FAILED);
    assertThat(Errors.writing(file, new FileSystemException("x", null, "No space left on device")))
        .hasMessage("cannot write x: No space left on device");
    assertThat(Errors.reason(new IOException())).isEqualTo("IOException");
  }
}
