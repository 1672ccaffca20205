package io.intermodal;

import java.net.URL;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;

/**
 * Holds the plugins of one kind that were found, by id. Two plugins with one id are an error that
 * names both jars, since nobody could say which of them would win; a plugin that does not load is
 * skipped and reported. Immutable.
 *
 * @param <T> the kind of plugin
 */
public final class PluginSet<T> {

  private final Map<String, T> byId;
  private final List<String> problems;

  private PluginSet(Map<String, T> byId, List<String> problems) {
    this.byId = Collections.unmodifiableMap(byId);
    this.problems = List.copyOf(problems);
  }

  /**
   * Loads what a service loader finds. The caller makes the loader, as only its module may.
   *
   * @param what the kind of plugin for messages: "driver"
   * @param id gives a plugin's id
   * @throws IntermodalException {@code DUPLICATE_PLUGIN} when two have one id
   */
  public static <T> PluginSet<T> load(
      ServiceLoader<T> loader, String what, Function<T, String> id) {
    Map<String, T> found = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    Iterator<T> providers = loader.iterator();
    while (true) {
      T plugin;
      String key;
      try {
        if (!providers.hasNext()) {
          break;
        }
        plugin = providers.next();
        key = id.apply(plugin);
      } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
        String problem = "skipped a " + what + " that does not load: " + reason(e);
        if (!problems.isEmpty() && problems.get(problems.size() - 1).equals(problem)) {
          // The loader does not get past it and would say the same for ever.
          break;
        }
        problems.add(problem);
        continue;
      }
      T other = found.putIfAbsent(key, plugin);
      if (other != null) {
        throw new IntermodalException(
            CommonError.DUPLICATE_PLUGIN,
            "cannot load "
                + what
                + "s: two have the id "
                + key
                + ", "
                + origin(other)
                + " and "
                + origin(plugin)
                + "; remove one of them from the class path");
      }
    }
    return new PluginSet<>(found, problems);
  }

  /** Makes a set of plugins that are at hand. */
  public static <T> PluginSet<T> of(Collection<? extends T> plugins, Function<T, String> id) {
    Map<String, T> map = new LinkedHashMap<>();
    for (T plugin : plugins) {
      if (map.putIfAbsent(id.apply(plugin), plugin) != null) {
        throw new IllegalArgumentException("two plugins have the id " + id.apply(plugin));
      }
    }
    return new PluginSet<>(map, List.of());
  }

  /** Says why something did not load; a loader names the class, its cause names the reason. */
  private static String reason(Throwable e) {
    Throwable cause = e.getCause();
    return e.getMessage() + (cause == null ? "" : ": " + cause.getMessage());
  }

  private static String origin(Object plugin) {
    CodeSource source = plugin.getClass().getProtectionDomain().getCodeSource();
    URL place = source == null ? null : source.getLocation();
    return plugin.getClass().getName() + (place == null ? "" : " in " + place);
  }

  /** Returns the plugin with that id. */
  public Optional<T> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Returns all plugins in the order they were found. */
  public Collection<T> all() {
    return byId.values();
  }

  /** Returns their ids in the order they were found. */
  public Collection<String> ids() {
    return byId.keySet();
  }

  /** Returns what was skipped and why, a sentence each; empty when all is well. */
  public List<String> problems() {
    return problems;
  }
}
