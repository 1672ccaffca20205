package io.intermodal.cli;

import picocli.CommandLine.Option;

/** Adds {@code --json} to a command. */
final class JsonOption {

  @Option(
      names = "--json",
      description = "Print one JSON document for programs; its \"schema\" names its form.")
  boolean json;
}
