package io.intermodal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PluginSetTest {

  /** The kind of plugin that is loaded here. */
  public interface Plugin {
    String id();
  }

  /** A plugin that works. */
  public static final class Good implements Plugin {
    @Override
    public String id() {
      return "good";
    }
  }

  /** A plugin with the same id. */
  public static final class Twin implements Plugin {
    @Override
    public String id() {
      return "good";
    }
  }

  /** A plugin whose tool is not there. */
  public static final class Broken implements Plugin {
    public Broken() {
      throw new IllegalStateException("its library is missing");
    }

    @Override
    public String id() {
      return "broken";
    }
  }

  @TempDir Path folder;

  @Test
  void skipsAndReportsWhatDoesNotLoad() throws Exception {
    PluginSet<Plugin> plugins =
        load(Broken.class.getName(), "no.such.Plugin", "not a class name", Good.class.getName());

    assertThat(plugins.ids()).containsExactly("good");
    assertThat(plugins.find("good")).containsInstanceOf(Good.class);
    assertThat(plugins.find("broken")).isEmpty();
    assertThat(plugins.problems())
        .anySatisfy(p -> assertThat(p).contains("Broken").contains("its library is missing"))
        .allSatisfy(p -> assertThat(p).startsWith("skipped a plugin that does not load"));
  }

  @Test
  void namesBothPluginsOfOneId() {
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> load(Good.class.getName(), Twin.class.getName()))
        .withMessageContaining(Good.class.getName() + " in file:")
        .withMessageContaining(Twin.class.getName() + " in file:")
        .satisfies(e -> assertThat(e.code()).isEqualTo(CommonError.DUPLICATE_PLUGIN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PluginSet.of(List.of(new Good(), new Twin()), Plugin::id));
  }

  @Test
  @Timeout(20)
  void endsWhenTheClassPathCannotBeSearched() {
    ClassLoader failing =
        new ClassLoader(getClass().getClassLoader()) {
          @Override
          public Enumeration<URL> getResources(String name) throws IOException {
            throw new IOException("the jar was replaced");
          }
        };
    PluginSet<Plugin> plugins =
        PluginSet.load(ServiceLoader.load(Plugin.class, failing), "plugin", Plugin::id);

    assertThat(plugins.all()).isEmpty();
    assertThat(plugins.problems()).hasSize(1);
  }

  private PluginSet<Plugin> load(String... providers) throws IOException {
    // One folder for each: a line that is no class name spoils the file it stands in.
    URL[] urls = new URL[providers.length];
    for (int i = 0; i < providers.length; i++) {
      Path services = folder.resolve(i + "/META-INF/services");
      Files.createDirectories(services);
      Files.writeString(services.resolve(Plugin.class.getName()), providers[i]);
      urls[i] = folder.resolve(String.valueOf(i)).toUri().toURL();
    }
    ClassLoader loader =
        new ClassLoader(getClass().getClassLoader()) {
          @Override
          public Enumeration<URL> getResources(String name) throws IOException {
            return Collections.enumeration(
                Arrays.stream(urls).map(url -> child(url, name)).toList());
          }
        };
    return PluginSet.load(ServiceLoader.load(Plugin.class, loader), "plugin", Plugin::id);
  }

  private static URL child(URL folder, String name) {
    try {
      return URI.create(folder + name).toURL();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
