package io.intermodal.driver.libvirt;

import static org.assertj.core.api.Assertions.fail;

import io.intermodal.hypervisor.HypervisorUri;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import org.libvirt.StoragePool;
import org.libvirt.StorageVol;

/** The hosts that tests talk to: libvirt's simulator, and the two of the lab. */
final class Hosts {

  private Hosts() {}

  /** Opens libvirt's simulator with the machines that it comes with; each call gives a new one. */
  static LibvirtHypervisor simulator() {
    requireLibrary();
    return open("test:///default");
  }

  /** Opens the simulator on a host that a file describes. */
  static LibvirtHypervisor simulator(Path file) {
    requireLibrary();
    return open("test://" + file);
  }

  static void requireLibrary() {
    if (!NativeLibrary.isThere()) {
      absent("libvirt.so.0 is not installed");
    }
  }

  /** Returns the properties of the running lab; skips the test without one. */
  static Properties lab() {
    requireLibrary();
    String file = System.getProperty("intermodal.lab", "");
    if (file.isEmpty()) {
      absent("no lab: start one and name its lab.properties with -Dintermodal.lab");
    }
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  static LibvirtHypervisor open(String uri) {
    return (LibvirtHypervisor)
        new LibvirtDriver()
            .withGuestPatience(Duration.ofSeconds(3))
            .connect(HypervisorUri.parse(uri));
  }

  /** Stores a domain, as its administrator would. */
  static LibvirtMachine define(LibvirtHypervisor host, String xml) {
    String id =
        host.session()
            .change(
                "define a machine",
                null,
                connect -> {
                  org.libvirt.Domain domain = connect.domainDefineXML(xml);
                  try {
                    return domain.getUUIDString();
                  } finally {
                    domain.free();
                  }
                });
    return (LibvirtMachine) host.machine(id);
  }

  /** Removes a machine of an earlier run that was killed. */
  static void removeLeftover(LibvirtHypervisor host, String name) {
    Optional.ofNullable(host.findMachine(name).orElse(null))
        .map(LibvirtMachine.class::cast)
        .ifPresent(Hosts::remove);
  }

  /** Removes the volumes of an earlier run that was killed. */
  static void removeVolumes(LibvirtHypervisor host, String pool, String prefix) {
    host.session()
        .change(
            "remove volumes",
            null,
            connect -> {
              StoragePool place = connect.storagePoolLookupByName(pool);
              try {
                for (String name : place.listVolumes()) {
                  if (name.startsWith(prefix)) {
                    StorageVol volume = place.storageVolLookupByName(name);
                    volume.delete(0);
                    volume.free();
                  }
                }
              } finally {
                place.free();
              }
              return true;
            });
  }

  /** Removes a machine, whatever its state. */
  static void remove(LibvirtMachine machine) {
    quietly(machine, Hosts::destroy);
    quietly(machine, Hosts::undefine);
  }

  private static void destroy(DomainHandle handle) {
    try {
      handle.domain().destroy();
    } catch (org.libvirt.LibvirtException e) {
      // It was off.
    }
  }

  private static void undefine(DomainHandle handle) {
    try {
      handle.domain().undefine(handle.connect().getType().equals("QEMU") ? 7 : 1);
    } catch (org.libvirt.LibvirtException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void quietly(LibvirtMachine machine, Consumer<DomainHandle> action) {
    machine.domain().change("remove", action::accept);
  }

  private static void absent(String reason) {
    if (Boolean.getBoolean("intermodal.require")) {
      fail(reason + ", and it is required here");
    }
    Assumptions.abort(reason);
  }
}
