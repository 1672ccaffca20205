package io.intermodal.cli;

import io.intermodal.CommonError;
import io.intermodal.ErrorCode;
import io.intermodal.IntermodalException;
import io.intermodal.PartFile;
import io.intermodal.ovf.OvfError;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** Names the option by which the caller of a command can go on after an error. */
final class WaysOut {

  private static final Map<ErrorCode, String> OPTIONS =
      Map.of(
          CommonError.FILE_EXISTS,
          "--force",
          OvfError.DIGEST_MISMATCH,
          "--no-verify",
          OvfError.SIGNATURE_REFUSED,
          "--no-verify",
          OvfError.DESCRIPTOR_SECOND,
          "--no-verify");

  private WaysOut() {}

  /** Returns the option, if the command that ran has one for this and it was not given. */
  static Optional<String> of(Throwable error, ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    if (!(error instanceof IntermodalException ours) || isAnotherWritersPart(ours)) {
      return Optional.empty();
    }
    ParseResult command = last;
    return Optional.ofNullable(OPTIONS.get(ours.code()))
        .filter(option -> command.commandSpec().findOption(option) != null)
        .filter(option -> !command.hasMatchedOption(option));
  }

  private static boolean isAnotherWritersPart(IntermodalException error) {
    return error.location().filter(at -> at.endsWith(PartFile.SUFFIX)).isPresent();
  }
}
