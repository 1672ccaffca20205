package io.intermodal;

import java.io.Serial;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signals that the library could not do what was asked. It is the root of everything the SDK throws
 * on purpose, save for plain misuse ({@code IllegalArgumentException} and the like).
 *
 * <p>Messages read {@code cannot <verb> <object>: <reason>} and name the way out where there is
 * one. They hold no secret.
 */
public class IntermodalException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /** Not serialised: error codes are enums of modules that a reader may not have. */
  private final transient ErrorCode code;

  private final @Nullable String location;

  /** Creates an error without a place in a document. */
  public IntermodalException(ErrorCode code, String message) {
    this(code, message, null, null);
  }

  /** Creates an error without a place in a document that another one caused. */
  public IntermodalException(ErrorCode code, String message, @Nullable Throwable cause) {
    this(code, message, null, cause);
  }

  /**
   * Creates an error.
   *
   * @param location where it is: a file, a line and column, an offset; null when there is no place
   */
  public IntermodalException(
      ErrorCode code, String message, @Nullable String location, @Nullable Throwable cause) {
    super(message, cause);
    this.code = Objects.requireNonNull(code, "code");
    this.location = location;
  }

  /** Returns the stable code; {@link CommonError#INTERNAL} after deserialisation. */
  public final ErrorCode code() {
    return code == null ? CommonError.INTERNAL : code;
  }

  /** Returns where the error is: a file, a line and column, an offset; empty without a place. */
  public final Optional<String> location() {
    return Optional.ofNullable(location);
  }
}
