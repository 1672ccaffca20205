package io.intermodal.cli;

import io.intermodal.CommonError;
import io.intermodal.ErrorCode;
import io.intermodal.IntermodalException;
import io.intermodal.disk.DiskError;
import io.intermodal.ovf.OvfError;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** Names the option by which the caller of a command can go on after an error. */
final class WaysOut {

  private static final List<Way> WAYS =
      List.of(
          new Way(CommonError.FILE_EXISTS, "it exists already", "--force", false),
          new Way(CommonError.FILE_EXISTS, "let files be copied", "--copy-files", false),
          new Way(OvfError.DIGEST_MISMATCH, "", "--no-verify", false),
          new Way(OvfError.SIGNATURE_REFUSED, "", "--no-verify", false),
          new Way(OvfError.DESCRIPTOR_SECOND, "", "--no-verify", false),
          new Way(OvfError.FILE_MISSING, "without verification", "--no-verify", false),
          new Way(OvfError.ENTITY_UNKNOWN, "there is not exactly one", "--machine", false),
          new Way(OvfError.EDIT_REJECTED, "choose one of", "--machine", false),
          new Way(DiskError.FORMAT_UNKNOWN, "has to be named", "--format", false),
          new Way(DiskError.FORMAT_UNKNOWN, "must be named", "--format", false),
          new Way(
              DiskError.REFERS_TO_ANOTHER_FILE, "that holds its base", "--backing-folder", false),
          // A password that was given may have been the wrong one.
          new Way(OvfError.KEY_STORE, "password", "--key-password-env", true),
          new Way(OvfError.KEY_STORE, "password", "--trust-store-password-env", true));

  private WaysOut() {}

  /**
   * Is one way out of an error.
   *
   * @param reason what the message says of the cause; codes are for several
   * @param again whether the option helps even if it was given
   */
  private record Way(ErrorCode code, String reason, String option, boolean again) {

    boolean leadsOutOf(IntermodalException error) {
      String message = String.valueOf(error.getMessage());
      // The name of a file is no reason.
      String words = error.location().map(at -> message.replace(at, "")).orElse(message);
      return error.code().equals(code) && words.contains(reason);
    }

    boolean isOpen(ParseResult command) {
      return command.commandSpec().findOption(option) != null
          && (again || !command.hasMatchedOption(option));
    }
  }

  /** Returns the option, if the command that ran has one that helps. */
  static Optional<String> of(Throwable error, ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    ParseResult command = last;
    return error instanceof IntermodalException ours
        ? WAYS.stream()
            .filter(way -> way.leadsOutOf(ours) && way.isOpen(command))
            .map(Way::option)
            .findFirst()
        : Optional.empty();
  }
}
