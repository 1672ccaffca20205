package io.intermodal.driver.local;

import io.intermodal.BuildVersion;
import io.intermodal.convert.Converters;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.HypervisorUri;
import io.intermodal.hypervisor.spi.HypervisorDriver;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reaches a folder as if it were a hypervisor: {@code local:/path?profile=vsphere|kvm|xen|hyperv}.
 * The profile decides the disk format ({@code vmdk-streamOptimized}, {@code qcow2}, {@code raw},
 * {@code raw}), the limits, what an operation does to a running guest, and how a guest sees its
 * hardware.
 *
 * <p>The first machine that is made creates the folder and writes the profile into it; from then on
 * the URI may leave it out, and another one is refused as {@code INVALID_URI}. Connecting, listing
 * and reading create nothing. Sessions are thread-safe, and any number of sessions and processes
 * may share a folder: whoever changes a machine locks it, others wait for five seconds and then get
 * {@code LOCKED}.
 *
 * <p>Blank and larger disks in formats other than raw are made with the disk converters at hand.
 */
public final class LocalDriver implements HypervisorDriver {

  static final String ID = "local";

  private static final String PROFILE = "profile";
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Supplier<Converters> converters;
  private final Duration patience;

  /** Creates the driver with the converters on the class path or module path. */
  public LocalDriver() {
    // Loaded when the first disk needs one: making a driver reaches for nothing.
    this(Converters::load, PATIENCE);
  }

  private LocalDriver(Supplier<Converters> converters, Duration patience) {
    this.converters = converters;
    this.patience = patience;
  }

  /** Creates a driver that makes blank and larger disks with these converters. */
  public static LocalDriver using(Converters converters) {
    Objects.requireNonNull(converters, "converters");
    return new LocalDriver(() -> converters, PATIENCE);
  }

  /** Returns this driver with sessions that wait that long for a lock; zero does not wait. */
  public LocalDriver withPatience(Duration newPatience) {
    if (newPatience.isNegative()) {
      throw new IllegalArgumentException("newPatience must not be negative: " + newPatience);
    }
    return new LocalDriver(converters, newPatience);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String version() {
    return BuildVersion.of(LocalDriver.class);
  }

  @Override
  public String description() {
    return "machines as files in a folder, with simulated guests";
  }

  @Override
  public Set<String> schemes() {
    return Set.of(ID);
  }

  @Override
  public String uriForm() {
    return "local:/path?profile=vsphere|kvm|xen|hyperv";
  }

  @Override
  public Hypervisor connect(HypervisorUri uri) {
    for (String name : uri.parameters().keySet()) {
      if (!name.equals(PROFILE)) {
        throw invalid(uri, "it has no parameter " + name + "; the form is " + uriForm(), null);
      }
    }
    Path root = path(uri);
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw new HypervisorException(
          HypervisorError.CONNECTION_FAILED,
          ID,
          "cannot connect to " + uri + ": " + root + " is no folder",
          root.toString());
    }
    Profile asked = uri.parameter(PROFILE).map(id -> profile(uri, id)).orElse(null);
    LocalStore store = new LocalStore(root, new FolderLocks(root, patience));
    Optional<HypervisorRecord> stored = store.readHypervisor();
    if (stored.isPresent() && asked != null && stored.get().profile() != asked) {
      throw LocalStore.otherProfile(root, stored.get().profile(), asked);
    }
    HypervisorRecord record =
        stored.orElseGet(
            () -> {
              if (asked == null) {
                throw invalid(
                    uri,
                    root + " has no profile yet; write ?profile= one of " + Profile.ids(),
                    null);
              }
              return HypervisorRecord.fresh(asked);
            });
    store.cleanUp();
    Disks disks = new Disks(record.profile(), converters);
    return new LocalHypervisor(store, record.profile(), disks, version());
  }

  private Profile profile(HypervisorUri uri, String id) {
    return Profile.named(id)
        .orElseThrow(
            () ->
                invalid(
                    uri, "there is no profile \"" + id + "\"; there are " + Profile.ids(), null));
  }

  private Path path(HypervisorUri uri) {
    try {
      return Path.of(uri.rest()).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw invalid(uri, "it names no path: " + e.getReason(), e);
    }
  }

  private static HypervisorException invalid(
      HypervisorUri uri, String reason, @Nullable Exception cause) {
    return new HypervisorException(
        HypervisorError.INVALID_URI,
        ID,
        "cannot connect to " + uri + ": " + reason,
        uri.toString(),
        cause);
  }
}
