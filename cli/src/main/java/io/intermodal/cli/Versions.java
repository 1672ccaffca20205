package io.intermodal.cli;

import picocli.CommandLine.IVersionProvider;

/** Says the version. */
final class Versions implements IVersionProvider {

  static String line() {
    String version = Versions.class.getPackage().getImplementationVersion();
    return "intermodal " + (version == null ? "development" : version);
  }

  @Override
  public String[] getVersion() {
    return new String[] {line()};
  }
}
