package io.intermodal.cli;

import org.jspecify.annotations.Nullable;

/**
 * Names a machine at a hypervisor, as {@code URI#NAME} or as a URI and an option.
 *
 * @param uri the hypervisor
 * @param machine name or id; null for the only one
 */
record MachinePlace(String uri, @Nullable String machine) {

  /**
   * Takes a place apart. What stands behind the last {@code #} is the machine, unless the option
   * names one: a folder may have that character in its name.
   *
   * @param option what the option says; null when it was not given
   */
  static MachinePlace of(String text, @Nullable String option) {
    int hash = text.lastIndexOf('#');
    boolean named = option == null && hash > 0 && hash < text.length() - 1;
    return named
        ? new MachinePlace(text.substring(0, hash), text.substring(hash + 1))
        : new MachinePlace(text, option);
  }
}
