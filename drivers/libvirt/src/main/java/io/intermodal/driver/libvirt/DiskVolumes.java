package io.intermodal.driver.libvirt;

import io.intermodal.descriptor.DomainDisk;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.Resources;
import io.intermodal.xml.XmlElement;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libvirt.LibvirtException;
import org.libvirt.StoragePool;
import org.libvirt.StorageVol;

/** Finds, makes, enlarges and deletes the volumes behind the disks of domains. */
final class DiskVolumes {

  private static final int NO_STORAGE_VOL = 50;
  private static final int NO_STORAGE_POOL = 49;

  private final Session session;

  DiskVolumes(Session session) {
    this.session = session;
  }

  /**
   * Is a volume that was found.
   *
   * @param pool name of its pool
   * @param name name in the pool
   * @param path where it is on the hypervisor's host
   * @param capacityBytes size that a guest sees
   */
  record Found(String pool, String name, String path, long capacityBytes) {}

  /** Is something that is done with a volume. */
  @FunctionalInterface
  private interface Action<T> {
    T run(StorageVol volume) throws LibvirtException;
  }

  /** Finds the volume of a disk; empty when no active pool has it. */
  Optional<Found> find(DomainDisk disk) {
    return session.ask(
        "look for the volume of the disk " + disk.key(),
        disk.key(),
        connect -> {
          StorageVol volume = lookUp(connect, disk);
          if (volume == null) {
            return Optional.empty();
          }
          try {
            return Optional.of(describe(volume));
          } finally {
            volume.free();
          }
        });
  }

  /**
   * Makes a blank volume whose content takes no space yet.
   *
   * @param format {@code qcow2} or {@code raw}
   */
  Found create(String pool, String name, String format, long capacityBytes) {
    String xml =
        "<volume><name>"
            + DomainXml.escape(name)
            + "</name><capacity unit='bytes'>"
            + capacityBytes
            + "</capacity><allocation>0</allocation><target><format type='"
            + DomainXml.escape(format)
            + "'/></target></volume>";
    return session.change(
        "make the volume " + name + " in the pool " + pool,
        name,
        connect -> {
          StoragePool place = connect.storagePoolLookupByName(pool);
          try {
            StorageVol volume = place.storageVolCreateXML(xml, 0);
            try {
              return describe(volume);
            } finally {
              volume.free();
            }
          } finally {
            place.free();
          }
        });
  }

  void resize(Found found, long capacityBytes) {
    with(
        "enlarge the volume " + found.name(),
        found,
        volume -> {
          volume.resize(capacityBytes, 0);
          return true;
        });
  }

  void delete(Found found) {
    with(
        "delete the volume " + found.name(),
        found,
        volume -> {
          volume.delete(0);
          return true;
        });
  }

  /**
   * Deletes a volume that nobody has seen yet; what made us give it up is the news.
   *
   * @return false when it is left behind
   */
  boolean deleteQuietly(Found found) {
    try {
      delete(found);
      return true;
    } catch (HypervisorException e) {
      return e.code() == HypervisorError.NO_SUCH_PART;
    }
  }

  /** Tells whether a pool has a volume of that name. */
  boolean exists(String pool, String name) {
    return session.ask(
        "look for the volume " + name + " in the pool " + pool,
        name,
        connect -> {
          StoragePool place = connect.storagePoolLookupByName(pool);
          try {
            place.storageVolLookupByName(name).free();
            return true;
          } catch (LibvirtException e) {
            if (NativeError.of(e).number() == NO_STORAGE_VOL) {
              return false;
            }
            throw e;
          } finally {
            place.free();
          }
        });
  }

  private <T> T with(String what, Found found, Action<T> action) {
    return session.change(
        what,
        found.name(),
        connect -> {
          StorageVol volume = connect.storageVolLookupByPath(found.path());
          try {
            return action.run(volume);
          } finally {
            volume.free();
          }
        });
  }

  private static @Nullable StorageVol lookUp(RawConnect connect, DomainDisk disk)
      throws LibvirtException {
    String path = disk.path();
    try {
      if (disk.pool() != null && disk.volume() != null) {
        StoragePool pool = connect.storagePoolLookupByName(disk.pool());
        try {
          return pool.storageVolLookupByName(disk.volume());
        } finally {
          pool.free();
        }
      }
      return path == null ? null : byPath(connect, path);
    } catch (LibvirtException e) {
      if (isAbsent(e)) {
        return null;
      }
      throw e;
    }
  }

  /** Looks again after the pool of the file's folder has looked what there is. */
  private static StorageVol byPath(RawConnect connect, String path) throws LibvirtException {
    try {
      return connect.storageVolLookupByPath(path);
    } catch (LibvirtException e) {
      if (!isAbsent(e)) {
        throw e;
      }
    }
    for (String name : connect.listStoragePools()) {
      StoragePool pool = connect.storagePoolLookupByName(name);
      try {
        XmlElement definition = DomainXml.parse(pool.getXMLDesc(0));
        String folder = DomainXml.text(definition, "target", "path").orElse("");
        if (!folder.isEmpty() && path.startsWith(folder + "/")) {
          pool.refresh(0);
        }
      } finally {
        pool.free();
      }
    }
    return connect.storageVolLookupByPath(path);
  }

  private static boolean isAbsent(LibvirtException e) {
    int number = NativeError.of(e).number();
    return number == NO_STORAGE_VOL
        || number == NO_STORAGE_POOL
        || number == NativeError.NO_SUPPORT;
  }

  private static Found describe(StorageVol volume) throws LibvirtException {
    StoragePool pool = volume.storagePoolLookupByVolume();
    try {
      return new Found(
          pool.getName(), volume.getName(), volume.getPath(), volume.getInfo().capacity);
    } finally {
      pool.free();
    }
  }

  /** Returns the pool that new disks go to: the URI's, else the roomiest. */
  String poolForNewDisks(String machine) {
    String named = session.uri().pool();
    if (named != null) {
      return named;
    }
    return HostFacts.resources(session).pools().stream()
        .max(Comparator.comparingLong(Resources.Pool::freeBytes))
        .map(Resources.Pool::name)
        .orElseThrow(
            () ->
                new HypervisorException(
                    HypervisorError.NO_SUCH_PART,
                    LibvirtDriver.ID,
                    "cannot make a disk for "
                        + machine
                        + ": "
                        + session.uri().shown()
                        + " has no active storage pool; start one",
                    machine));
  }
}
