package io.intermodal.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.ovf.Consumer;
import io.intermodal.ovf.Severity;
import io.intermodal.ovf.Strictness;
import io.intermodal.ovf.packaging.Validation;
import io.intermodal.ovf.packaging.Validator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges packages and descriptors as one kind of reader does. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = {
      "Says whether OVF packages are fit to be taken, and what to mend where they are not.",
      "One file: every finding with its place and its remedy. Several, or folders (all .ovf and .ova"
          + " below them): a table with one line for each, and totals.",
      "A file is rejected when it cannot be read or has an ERROR. The usual reader takes what some"
          + " product takes; --strict minds what a careful vendor minds.",
      "Exit code 0 if all are accepted, 1 if any is rejected.",
      "",
      "  intermodal validate appliance.ova --strict --for vmware",
      "  intermodal validate --descriptor templates/ more/one.ovf",
      ""
    })
final class ValidateCommand implements Callable<Integer> {

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = ".ova or .ovf files, or folders with such files in them.")
  private List<Path> files = new ArrayList<>();

  @Option(names = "--strict", description = "Mind what a careful vendor minds.")
  private boolean strict;

  @Option(
      names = "--for",
      paramLabel = "PRODUCT",
      description =
          "Say as well what a product would refuse or misread: vmware, virtualbox, xenserver or"
              + " ovirt. From what its users report, not from running it.")
  private @Nullable Consumer consumer;

  @Option(
      names = "--descriptor",
      description = "Look at the descriptor alone, for one whose files are elsewhere.")
  private boolean descriptorOnly;

  @Mixin private final JsonOption json = new JsonOption();
  private final Context context;

  ValidateCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    boolean single = files.size() == 1 && !files.get(0).toFile().isDirectory();
    List<Path> all = PackagePaths.expand(files);
    Validator validator = validator();
    ValidationTable table = new ValidationTable(context.console());
    ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
    int rejected = 0;
    try (ProgressBar progress = new ProgressBar(context.console())) {
      for (Path file : all) {
        context.cancellation().check("validate");
        if (!single) {
          progress.note("validate " + (table.size() + 1) + " of " + all.size());
        }
        Validation result = validator.validate(file, progress, context.cancellation());
        progress.clear();
        rejected += result.accepted() ? 0 : 1;
        if (json.json) {
          nodes.add(node(result));
        } else if (single) {
          new ValidationText(context.console()).print(result, strictness());
        }
        table.add(result);
      }
    }
    if (json.json) {
      context.console().out().println(Json.text(document(nodes, all.size(), rejected)));
    } else if (!single) {
      table.print();
    }
    return rejected == 0 ? ExitCodes.DONE : ExitCodes.NEGATIVE;
  }

  private Strictness strictness() {
    return strict ? Strictness.STRICT : Strictness.LENIENT;
  }

  private Validator validator() {
    Validator validator = Validator.of(strictness());
    validator = consumer == null ? validator : validator.forConsumer(consumer);
    return descriptorOnly ? validator.ofDescriptorOnly() : validator;
  }

  private ObjectNode document(ArrayNode nodes, int number, int rejected) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", "io.intermodal.validate/1");
    root.put("reader", strictness().name().toLowerCase(Locale.ROOT));
    root.put("consumer", consumer == null ? null : consumer.name().toLowerCase(Locale.ROOT));
    root.put("descriptorOnly", descriptorOnly);
    root.set("files", nodes);
    root.putObject("totals")
        .put("files", number)
        .put("accepted", number - rejected)
        .put("rejected", rejected);
    return root;
  }

  private static ObjectNode node(Validation result) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("file", result.file().toString());
    node.put("verdict", result.accepted() ? "ACCEPTED" : "REJECTED");
    node.put("errors", result.count(Severity.ERROR));
    node.put("warnings", result.count(Severity.WARNING));
    Validation.Refusal refusal = result.refusal();
    node.set(
        "refusal",
        refusal == null
            ? null
            : JsonNodeFactory.instance
                .objectNode()
                .put("code", refusal.code().toString())
                .put("message", refusal.message()));
    node.set("findings", InspectJson.findings(result.findings()));
    return node;
  }
}
