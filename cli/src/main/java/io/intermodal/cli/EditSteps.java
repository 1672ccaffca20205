package io.intermodal.cli;

import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.DiskImages;
import io.intermodal.disk.DiskInfo;
import io.intermodal.disk.DiskSource;
import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.EnvelopeDraft.DraftDisk;
import io.intermodal.ovf.EnvelopeDraft.DraftProperty;
import io.intermodal.ovf.Firmware;
import io.intermodal.ovf.OvfVersion;
import io.intermodal.ovf.edit.EnvelopeEditor;
import io.intermodal.ovf.edit.ForeignParts;
import io.intermodal.ovf.edit.NewDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/** Makes the edits that the options ask for, in the order that is described at the command. */
final class EditSteps {

  private static final String ALL = "all";
  private static final Map<String, String> FORMATS =
      Map.of(
          DiskFormat.VMDK_STREAM_OPTIMIZED.id(),
          DraftDisk.STREAM_OPTIMIZED,
          DiskFormat.QCOW2.id(),
          "http://www.gnome.org/~markmc/qcow-image-format.html#qcow2");

  private final EditOptions options;
  private final EnvelopeEditor editor;
  private final Envelope envelope;
  private final UnaryOperator<@Nullable String> environment;
  private final Map<String, Path> files = new LinkedHashMap<>();

  EditSteps(EditOptions options, Envelope envelope, UnaryOperator<@Nullable String> environment) {
    this.options = options;
    this.envelope = envelope;
    this.environment = environment;
    editor = EnvelopeEditor.of(envelope);
  }

  /** Returns the files that edits put into the package, by their names in it. */
  Map<String, Path> files() {
    return files;
  }

  EnvelopeEditor run() {
    convert();
    if (ALL.equals(options.machine)) {
      editor.everyMachine();
    } else if (options.machine != null) {
      editor.machine(options.machine);
    }
    options();
    disks();
    quantities();
    networks();
    identity();
    properties();
    vendors();
    return editor;
  }

  private void convert() {
    if (options.version == null) {
      return;
    }
    OvfVersion version =
        switch (options.version) {
          case "1.1", "1" -> OvfVersion.V1_1;
          case "2.0", "2", "2.1" -> OvfVersion.V2_0;
          default -> throw usage("--to", options.version, "1.1 or 2.0");
        };
    ForeignParts foreign =
        switch (options.foreign) {
          case "keep" -> ForeignParts.KEEP;
          case "where-allowed" -> ForeignParts.WHERE_ALLOWED;
          case "drop" -> ForeignParts.DROP;
          default -> throw usage("--foreign", options.foreign, "keep, where-allowed or drop");
        };
    editor.convertTo(version, foreign);
  }

  private static IntermodalException usage(String option, String value, String wanted) {
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
      Choice choice = Choice.of(memory);
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
      Choice choice = Choice.of(cpus);
      if (!choice.value().matches("[0-9]{1,6}")) {
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

  /** Is a value with the deployment option that it is for. */
  private record Choice(String value, @Nullable String option) {

    static Choice of(String text) {
      int at = text.lastIndexOf('@');
      return at < 0
          ? new Choice(text, null)
          : new Choice(text.substring(0, at), text.substring(at + 1));
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

  private void properties() {
    options.removeProperties.forEach(editor::removeProperty);
    options.addProperties.forEach(this::addProperty);
    options.properties.forEach(
        (key, value) -> {
          if (secret(Choice.of(key).value()) || secret(key)) {
            throw new IntermodalException(
                CliError.WRONG_USAGE,
                "cannot set the property "
                    + key
                    + ": it is a password, and a command line can be read by others; put it into an"
                    + " environment variable and write --set-property-env "
                    + key
                    + "=NAME");
          }
          setProperty(key, value);
        });
    options.propertiesFromEnvironment.forEach(
        (key, name) -> {
          String value = environment.apply(name);
          if (value == null) {
            throw new IntermodalException(
                CliError.WRONG_USAGE,
                "cannot set the property "
                    + key
                    + ": the environment variable "
                    + name
                    + " is not set");
          }
          setProperty(key, value);
        });
  }

  private boolean secret(String key) {
    return envelope.products().stream()
        .flatMap(p -> p.properties().stream())
        .anyMatch(p -> p.fullKey().equals(key) && p.password());
  }

  /** A key may hold the sign that comes before an option, so a key that is there goes first. */
  private void setProperty(String key, String value) {
    boolean there =
        envelope.products().stream()
            .flatMap(p -> p.properties().stream())
            .anyMatch(p -> p.fullKey().equals(key));
    Choice choice = Choice.of(key);
    if (there || choice.option() == null) {
      editor.setProperty(key, value);
    } else {
      editor.setProperty(choice.value(), value, choice.option());
    }
  }

  private void addProperty(String text) {
    int equals = text.indexOf('=');
    String left = equals < 0 ? text : text.substring(0, equals);
    int colon = left.indexOf(':');
    String type = colon < 0 ? "string" : left.substring(colon + 1);
    boolean password = type.equals("password");
    if (password && equals >= 0) {
      throw usage("--add-property", left, "no value for a password");
    }
    editor.addProperty(
        new DraftProperty(
            colon < 0 ? left : left.substring(0, colon),
            password ? "string" : type,
            equals < 0 ? null : text.substring(equals + 1),
            true,
            password,
            null));
  }

  private void disks() {
    options.removeDisks.forEach(editor::removeDisk);
    options.replaceDisks.forEach((id, file) -> editor.replaceDisk(id, disk(file)));
    options.addDisks.forEach(file -> editor.addDisk(disk(file)));
    options.addBlankDisks.forEach(size -> editor.addDisk(NewDisk.blank(size)));
    options.removeFiles.forEach(editor::removeFile);
    for (Path file : options.addFiles) {
      editor.addFile(null, put(file), size(file));
    }
  }

  private NewDisk disk(Path file) {
    DiskInfo info = DiskImages.info(DiskSource.file(file));
    String format = FORMATS.get(info.format().id());
    if (format == null) {
      throw new IntermodalException(
          CliError.WRONG_USAGE,
          "cannot put in "
              + file
              + ": OVF has no name for the format "
              + info.format().id()
              + "; convert it to a stream-optimized VMDK first",
          file.toString(),
          null);
    }
    return new NewDisk(null, put(file), size(file), info.virtualSizeBytes(), format, null, null);
  }

  private String put(Path file) {
    String name = String.valueOf(file.toAbsolutePath().normalize().getFileName());
    Path other = files.put(name, file.toAbsolutePath());
    if (other != null && !other.equals(file.toAbsolutePath())) {
      throw usage("a file", name, "another name: two files of this one were given");
    }
    return name;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw Errors.reading(file, e);
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
