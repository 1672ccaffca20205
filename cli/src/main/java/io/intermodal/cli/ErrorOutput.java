package io.intermodal.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.CommonError;
import io.intermodal.IntermodalException;
import io.intermodal.evaluate.RuleSyntaxException;
import io.intermodal.migrate.MigrateError;
import org.jspecify.annotations.Nullable;

/** Tells an error: a sentence for people, {@code io.intermodal.error/1} for programs. */
final class ErrorOutput {

  static final String SCHEMA = "io.intermodal.error/1";

  private final Console console;

  ErrorOutput(Console console) {
    this.console = console;
  }

  int print(Throwable error, boolean json) {
    IntermodalException ours = asOurs(error);
    if (json) {
      console.out().println(Json.text(json(ours)));
    } else {
      console.err().println(console.toned("ERROR", "error: ") + ours.getMessage());
    }
    if (ours.code() == CommonError.INTERNAL) {
      console.err().println("this is a defect of intermodal; please report it with the following:");
      error.printStackTrace(console.err());
    }
    return ExitCodes.of(ours.code().category());
  }

  private static IntermodalException asOurs(Throwable error) {
    if (error instanceof IntermodalException ours) {
      return ours;
    }
    if (error instanceof RuleSyntaxException syntax) {
      return new IntermodalException(
          MigrateError.INVALID_RULES,
          String.valueOf(syntax.getMessage()),
          "line " + syntax.line() + ", column " + syntax.column(),
          syntax);
    }
    if (error instanceof OutOfMemoryError) {
      return new IntermodalException(
          CommonError.OUT_OF_MEMORY, "there is not enough memory; give more with JAVA_OPTS=-Xmx1g");
    }
    return new IntermodalException(CommonError.INTERNAL, "unexpected: " + error, null, error);
  }

  static ObjectNode json(IntermodalException error) {
    @Nullable String message = error.getMessage();
    return JsonNodeFactory.instance
        .objectNode()
        .put("schema", SCHEMA)
        .put("code", error.code().name())
        .put("category", error.code().category().name())
        .put("message", message)
        .put("location", error.location().orElse(null));
  }
}
