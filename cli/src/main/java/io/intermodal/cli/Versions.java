package io.intermodal.cli;

import io.intermodal.BuildVersion;
import picocli.CommandLine.IVersionProvider;

/** Says the version. */
final class Versions implements IVersionProvider {

  static String line() {
    return "intermodal " + BuildVersion.of(Versions.class);
  }

  @Override
  public String[] getVersion() {
    return new String[] {line()};
  }
}
