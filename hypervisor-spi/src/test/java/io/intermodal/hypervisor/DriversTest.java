package io.intermodal.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.intermodal.CommonError;
import io.intermodal.IntermodalException;
import io.intermodal.hypervisor.spi.HypervisorDriver;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriversTest {

  /** A driver as a third party would write it. */
  public static class FakeDriver implements HypervisorDriver {
    @Override
    public String id() {
      return "fake";
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public String description() {
      return "nothing";
    }

    @Override
    public Set<String> schemes() {
      return Set.of("fake");
    }

    @Override
    public String uriForm() {
      return "fake:x";
    }

    @Override
    public Hypervisor connect(HypervisorUri uri) {
      return new FakeHypervisor(Map.of());
    }
  }

  /** A driver with the same id in another jar. */
  public static final class SameId extends FakeDriver {}

  /** A driver whose native library is missing. */
  public static final class Broken extends FakeDriver {
    public Broken() {
      throw new UnsatisfiedLinkError("no libvirt in java.library.path");
    }
  }

  @TempDir Path folder;

  @Test
  void connectsByScheme() {
    Drivers drivers = Drivers.of(List.of(new FakeDriver()));

    assertThat(drivers.connect("FAKE:x").info().driver()).isEqualTo("fake");
    assertThat(drivers.knowsScheme("fake:x")).isTrue();
    assertThat(drivers.knowsScheme("web.ova")).isFalse();
    assertThatExceptionOfType(HypervisorException.class)
        .isThrownBy(() -> drivers.connect("qemu:///system"))
        .withMessageContaining("known are fake")
        .satisfies(e -> assertThat(e.code()).isEqualTo(HypervisorError.UNKNOWN_DRIVER));
  }

  @Test
  void namesBothJarsOfOneId() throws Exception {
    Path one = jar("one.jar", FakeDriver.class);
    Path other = jar("other.jar", SameId.class);

    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> load(one, other))
        .withMessageContaining("two have the id fake")
        .withMessageContaining("one.jar")
        .withMessageContaining("other.jar")
        .satisfies(e -> assertThat(e.code()).isEqualTo(CommonError.DUPLICATE_PLUGIN));
  }

  @Test
  void skipsAndReportsADriverThatDoesNotLoad() throws Exception {
    Drivers drivers = load(jar("broken.jar", Broken.class), jar("good.jar", FakeDriver.class));

    assertThat(drivers.all()).extracting(HypervisorDriver::id).containsExactly("fake");
    assertThat(drivers.problems())
        .singleElement()
        .asString()
        .contains("Broken", "no libvirt in java.library.path");
  }

  private Drivers load(Path... jars) throws IOException {
    URL[] urls = new URL[jars.length];
    for (int i = 0; i < jars.length; i++) {
      urls[i] = jars[i].toUri().toURL();
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (ChildFirst loader = new ChildFirst(urls)) {
      thread.setContextClassLoader(loader);
      return Drivers.load();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private Path jar(String name, Class<?> driver) throws IOException {
    Path jar = folder.resolve(name);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      out.putNextEntry(new JarEntry("META-INF/services/" + HypervisorDriver.class.getName()));
      out.write(driver.getName().getBytes(StandardCharsets.UTF_8));
      for (Class<?> type : new LinkedHashSet<>(List.of(driver, FakeDriver.class))) {
        String path = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(path));
        try (InputStream in =
            Objects.requireNonNull(type.getClassLoader()).getResourceAsStream(path)) {
          Objects.requireNonNull(in).transferTo(out);
        }
      }
    }
    return jar;
  }

  /** Takes the drivers of this test from its jars and the SPI from the class path. */
  private static final class ChildFirst extends URLClassLoader {
    ChildFirst(URL[] urls) {
      super(urls, DriversTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        boolean ours = name.startsWith(DriversTest.class.getName() + "$");
        Class<?> loaded = ours ? findLoadedClass(name) : null;
        if (loaded != null) {
          return loaded;
        }
        return ours ? findClass(name) : super.loadClass(name, resolve);
      }
    }
  }
}
