package io.intermodal.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Holds what is to be edited. */
final class EditOptions {

  @Option(
      names = "--machine",
      paramLabel = "ID",
      description = "The machine to edit, by id or name, or \"all\"; needed if there are several.")
  @Nullable String machine;

  @Option(
      names = "--to",
      paramLabel = "VERSION",
      description = "Convert to OVF 1.1 or 2.0, before all else; the report says what is lost.")
  @Nullable String version;

  @Option(
      names = "--foreign",
      paramLabel = "WHAT",
      description =
          "With --to, what to do with parts that are not of the standard: keep (default),"
              + " where-allowed (keep what the schema has room for), drop.")
  @Nullable String foreign;

  @Option(
      names = "--keep-option",
      paramLabel = "ID",
      description = "Keep this deployment option as the only one.")
  @Nullable String keepOption;

  @Option(
      names = "--flatten",
      paramLabel = "ID",
      description = "Keep what this deployment option means, and no options any more.")
  @Nullable String flatten;

  @Option(
      names = "--remove-option",
      paramLabel = "ID",
      description = "Remove a deployment option; repeatable.")
  List<String> removeOptions = new ArrayList<>();

  @Option(
      names = "--memory",
      paramLabel = "SIZE[@ID]",
      description = "Set the memory, 4GiB, in every deployment option or in one; repeatable.")
  List<String> memory = new ArrayList<>();

  @Option(
      names = "--cpus",
      paramLabel = "N[@ID]",
      description = "Set the virtual processors, in every deployment option or in one; repeatable.")
  List<String> cpus = new ArrayList<>();

  @Option(names = "--cores-per-socket", paramLabel = "N", description = "Set the layout.")
  @Nullable Integer coresPerSocket;

  @Option(
      names = "--set-property",
      paramLabel = "KEY[@ID]=VALUE",
      description =
          "Set the value of a property by its full key, in one deployment option if named;"
              + " repeatable. Not for secrets.")
  Map<String, String> properties = new LinkedHashMap<>();

  @Option(
      names = "--set-property-env",
      paramLabel = "KEY[@ID]=VARIABLE",
      description = "Set a property to the value of an environment variable; repeatable.")
  Map<String, String> propertiesFromEnvironment = new LinkedHashMap<>();

  @Option(
      names = "--add-property",
      paramLabel = "KEY:TYPE[=VALUE]",
      description =
          "Add a property that a deployer may set; of type \"password\" it is a secret; repeatable.")
  List<String> addProperties = new ArrayList<>();

  @Option(
      names = "--remove-property",
      paramLabel = "KEY",
      description = "Remove a property; repeatable.")
  List<String> removeProperties = new ArrayList<>();

  @Option(names = "--name", paramLabel = "NAME", description = "Name the machine.")
  @Nullable String name;

  @Option(
      names = "--rename-network",
      paramLabel = "OLD=NEW",
      description = "Rename a network wherever it is named; repeatable.")
  Map<String, String> networks = new LinkedHashMap<>();

  @Option(
      names = "--merge-network",
      paramLabel = "OLD=INTO",
      description = "Put what is on one network on another and remove the first; repeatable.")
  Map<String, String> mergedNetworks = new LinkedHashMap<>();

  @Option(
      names = "--add-nic",
      paramLabel = "NETWORK",
      description = "Add a network adapter of the kind of the others; repeatable.")
  List<String> addNics = new ArrayList<>();

  @Option(
      names = "--remove-nic",
      paramLabel = "INSTANCEID",
      description = "Remove a network adapter; repeatable.")
  List<String> removeNics = new ArrayList<>();

  @Option(
      names = "--firmware",
      paramLabel = "bios|efi",
      description = "Set the firmware in the form of the document.")
  @Nullable String firmware;

  @Option(
      names = "--secure-boot",
      arity = "1",
      paramLabel = "true|false",
      description = "With --firmware, set secure boot too.")
  @Nullable Boolean secureBoot;

  @Option(
      names = "--hardware-family",
      split = ",",
      paramLabel = "FAMILY",
      description = "Set the hardware families, vmx-14; what follows from it is reported.")
  List<String> families = new ArrayList<>();

  @Option(
      names = "--add-disk",
      paramLabel = "FILE",
      description =
          "Add a disk image, a stream-optimized VMDK or QCOW2, with a device; repeatable.")
  List<Path> addDisks = new ArrayList<>();

  @Option(
      names = "--add-blank-disk",
      paramLabel = "SIZE",
      converter = Sizes.class,
      description = "Add a disk that is made empty at deployment; repeatable.")
  List<Long> addBlankDisks = new ArrayList<>();

  @Option(
      names = "--remove-disk",
      paramLabel = "ID",
      description = "Remove a disk with its devices and its file; repeatable.")
  List<String> removeDisks = new ArrayList<>();

  @Option(
      names = "--replace-disk",
      paramLabel = "ID=FILE",
      description = "Let a disk hold another image; repeatable.")
  Map<String, Path> replaceDisks = new LinkedHashMap<>();

  @Option(
      names = "--add-file",
      paramLabel = "FILE",
      description = "Put a file into the package; repeatable.")
  List<Path> addFiles = new ArrayList<>();

  @Option(
      names = "--remove-file",
      paramLabel = "ID",
      description = "Remove a file that nothing refers to, by id or href; repeatable.")
  List<String> removeFiles = new ArrayList<>();

  @Option(
      names = "--drop-vendor",
      paramLabel = "KEY",
      description =
          "Drop a vendor's key, element (vbox:Machine) or attribute (vmw:osType), or \"all\" that"
              + " are not required; repeatable.")
  List<String> dropVendor = new ArrayList<>();

  @Option(
      names = "--vendor-optional",
      description = "Mark every vendor's element as not required, so that others take it.")
  boolean vendorOptional;

  @Option(
      names = "--license",
      paramLabel = "FILE",
      description = "Set the text of the licence, UTF-8.")
  @Nullable Path license;

  @Option(names = "--annotation", paramLabel = "TEXT", description = "Set the note.")
  @Nullable String annotation;
}
