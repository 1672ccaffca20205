package io.intermodal.cli;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.Firmware;
import io.intermodal.ovf.OvfVersion;
import io.intermodal.ovf.edit.EnvelopeEditor;
import io.intermodal.ovf.edit.ForeignParts;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/** Makes the edits that the options ask for, in the order that is described at the command. */
final class EditSteps {

  private static final String ALL = "all";
  private final EditOptions options;
  private final EnvelopeEditor editor;
  private final Envelope envelope;
  private final UnaryOperator<@Nullable String> environment;
  private final FileSteps files;

  EditSteps(EditOptions options, Envelope envelope, UnaryOperator<@Nullable String> environment) {
    this.options = options;
    this.envelope = envelope;
    this.environment = environment;
    editor = EnvelopeEditor.of(envelope);
    files = new FileSteps(options, editor);
  }

  /** Returns the files that edits put into the package, by their names in it. */
  Map<String, Path> files() {
    return files.files();
  }

  EnvelopeEditor run() {
    convert();
    if (ALL.equals(options.machine)) {
      editor.everyMachine();
    } else if (options.machine != null) {
      editor.machine(options.machine);
    }
    options();
    files.run();
    quantities();
    networks();
    identity();
    new PropertySteps(options, envelope, editor, environment).run();
    vendors();
    return editor;
  }

  private void convert() {
    if (options.version == null) {
      if (options.foreign != null) {
        throw usage("--foreign", options.foreign, "--to beside it, for it says how to convert");
      }
      return;
    }
    OvfVersion version =
        switch (options.version) {
          case "1.1", "1" -> OvfVersion.V1_1;
          case "2.0", "2", "2.1" -> OvfVersion.V2_0;
          default -> throw usage("--to", options.version, "1.1 or 2.0");
        };
    String wish = options.foreign == null ? "keep" : options.foreign;
    ForeignParts foreign =
        switch (wish) {
          case "keep" -> ForeignParts.KEEP;
          case "where-allowed" -> ForeignParts.WHERE_ALLOWED;
          case "drop" -> ForeignParts.DROP;
          default -> throw usage("--foreign", wish, "keep, where-allowed or drop");
        };
    editor.convertTo(version, foreign);
  }

  static IntermodalException usage(String option, String value, String wanted) {
    return new IntermodalException(
        CliError.WRONG_USAGE, "cannot edit: " + option + " is " + value + "; it takes " + wanted);
  }

  private void options() {
    options.removeOptions.forEach(editor::removeOption);
    if (options.keepOption != null) {
      editor.keepOption(options.keepOption);
    }
    if (options.flatten != null) {
      editor.flatten(options.flatten);
    }
  }

  private void quantities() {
    for (String memory : options.memory) {
      OptionValue choice = OptionValue.of(memory);
      if ("".equals(choice.option())) {
        throw usage("--memory", memory, "a size, as in 4GiB or 4GiB@large");
      }
      long bytes;
      try {
        bytes = new Sizes().convert(choice.value());
      } catch (TypeConversionException e) {
        throw new IntermodalException(
            CliError.WRONG_USAGE, "cannot edit: --memory: " + e.getMessage(), e);
      }
      if (choice.option() == null) {
        editor.setMemory(bytes);
      } else {
        editor.setMemory(bytes, choice.option());
      }
    }
    for (String cpus : options.cpus) {
      OptionValue choice = OptionValue.of(cpus);
      if (!choice.value().matches("[0-9]{1,6}") || "".equals(choice.option())) {
        throw usage("--cpus", cpus, "a number, as in 4 or 4@large");
      }
      int number = Integer.parseInt(choice.value());
      if (choice.option() == null) {
        editor.setCpus(number);
      } else {
        editor.setCpus(number, choice.option());
      }
    }
    if (options.coresPerSocket != null) {
      editor.setCoresPerSocket(options.coresPerSocket);
    }
  }

  private void networks() {
    options.mergedNetworks.forEach(editor::mergeNetwork);
    options.networks.forEach(editor::renameNetwork);
    options.removeNics.forEach(editor::removeNic);
    options.addNics.forEach(network -> editor.addNic(network, null, null));
  }

  private void identity() {
    if (options.name != null) {
      editor.setName(options.name);
    }
    if (options.firmware != null) {
      Firmware firmware =
          switch (options.firmware.toLowerCase(Locale.ROOT)) {
            case "bios" -> Firmware.BIOS;
            case "efi", "uefi" -> Firmware.EFI;
            default -> throw usage("--firmware", options.firmware, "bios or efi");
          };
      editor.setFirmware(firmware, options.secureBoot);
    } else if (options.secureBoot != null) {
      throw usage("--secure-boot", options.secureBoot.toString(), "--firmware efi beside it");
    }
    if (!options.families.isEmpty()) {
      editor.setHardwareFamily(options.families.toArray(String[]::new));
    }
    if (options.license != null) {
      editor.setLicense(InputFiles.readText(options.license));
    }
    if (options.annotation != null) {
      editor.setAnnotation(options.annotation);
    }
  }

  private void vendors() {
    if (options.vendorOptional) {
      editor.markVendorOptional();
    }
    for (String key : options.dropVendor) {
      if (key.equals(ALL)) {
        editor.dropOptionalVendorParts();
      } else {
        editor.dropVendor(key);
      }
    }
  }
}
