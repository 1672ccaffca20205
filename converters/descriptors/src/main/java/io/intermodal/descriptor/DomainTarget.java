package io.intermodal.descriptor;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says for whom a domain is written. Immutable; each method returns a changed copy.
 *
 * <p>Extras that a machine brings from another libvirt host are filtered: what describes the
 * guest's hardware stays, what names files, devices or programs of a host goes, and each is a loss.
 * A definition may come from a stranger, and libvirt opens as root what it names.
 */
public final class DomainTarget {

  private final DomainKind kind;
  private final Map<String, Place> places;
  private final boolean keepingAll;
  private final @Nullable String bootLoader;
  private final @Nullable String emulator;
  private final @Nullable Kernel kernel;

  private DomainTarget(
      DomainKind kind,
      Map<String, Place> places,
      boolean keepingAll,
      @Nullable String bootLoader,
      @Nullable String emulator,
      @Nullable Kernel kernel) {
    this.kind = kind;
    this.places = Map.copyOf(places);
    this.keepingAll = keepingAll;
    this.bootLoader = bootLoader;
    this.emulator = emulator;
    this.kernel = kernel;
  }

  /**
   * Says where a disk of the machine lies.
   *
   * @param path file on the hypervisor's host; null for a volume
   * @param pool storage pool; null for a file
   * @param volume volume in the pool; null for a file
   * @param format disk format as libvirt calls it: {@code raw}, {@code qcow2}
   */
  public record Place(
      @Nullable String path, @Nullable String pool, @Nullable String volume, String format) {

    /** Validates that it is one of the two. */
    public Place {
      Objects.requireNonNull(format, "format");
      if ((path == null) == (pool == null) || (pool == null) != (volume == null)) {
        throw new IllegalArgumentException("a place is a path, or a pool with a volume");
      }
    }

    /** Names a file. */
    public static Place file(String path, String format) {
      return new Place(path, null, null, format);
    }

    /** Names a volume; Xen's driver needs a file instead. */
    public static Place volume(String pool, String volume, String format) {
      return new Place(null, pool, volume, format);
    }
  }

  /**
   * Names a kernel on the hypervisor's host that is started instead of a boot loader.
   *
   * @param initrd null for none
   * @param commandLine null for none
   */
  public record Kernel(String path, @Nullable String initrd, @Nullable String commandLine) {

    /** Validates that the path is there. */
    public Kernel {
      Objects.requireNonNull(path, "path");
    }
  }

  /** Starts with nothing but the kind of domain. */
  public static DomainTarget of(DomainKind kind) {
    return new DomainTarget(
        Objects.requireNonNull(kind, "kind"), Map.of(), false, null, null, null);
  }

  /** Says where the disk with that key lies. */
  public DomainTarget withDisk(String key, Place place) {
    Map<String, Place> more = new HashMap<>(places);
    more.put(key, place);
    return new DomainTarget(kind, more, keepingAll, bootLoader, emulator, kernel);
  }

  /** Keeps all extras of a domain of the same kind: for its own host, from a trusted source. */
  public DomainTarget keepingAll() {
    return new DomainTarget(kind, places, true, bootLoader, emulator, kernel);
  }

  /** Sets the program that finds a kernel on the disk of a Xen PV or PVH guest. */
  public DomainTarget withBootLoader(String path) {
    return new DomainTarget(kind, places, keepingAll, path, emulator, kernel);
  }

  /** Sets the emulator instead of the host's own. */
  public DomainTarget withEmulator(String path) {
    return new DomainTarget(kind, places, keepingAll, bootLoader, path, kernel);
  }

  /** Starts a kernel from the host. */
  public DomainTarget withKernel(Kernel value) {
    return new DomainTarget(kind, places, keepingAll, bootLoader, emulator, value);
  }

  /** Returns who runs it. */
  public DomainKind kind() {
    return kind;
  }

  @Nullable Place place(String key) {
    return places.get(key);
  }

  boolean keepsAll() {
    return keepingAll;
  }

  @Nullable String bootLoader() {
    return bootLoader;
  }

  @Nullable String emulator() {
    return emulator;
  }

  @Nullable Kernel kernel() {
    return kernel;
  }
}
