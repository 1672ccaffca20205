package io.intermodal.driver.libvirt;

import io.intermodal.hypervisor.HypervisorInfo;
import io.intermodal.hypervisor.Resources;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libvirt.Connect;
import org.libvirt.LibvirtException;
import org.libvirt.StoragePool;
import org.libvirt.StoragePoolInfo;

/**
 * Is what a host says of itself.
 *
 * @param info its product and version
 */
record HostFacts(HypervisorInfo info) {

  static HostFacts of(Session session) {
    LibvirtUri uri = session.uri();
    String version =
        session.ask(
            "ask " + uri.shown() + " for its version",
            null,
            connect -> {
              String text =
                  dotted(connect.getVersion())
                      + " (libvirt "
                      + dotted(connect.getLibVersion())
                      + ")";
              return switch (uri.kind()) {
                case QEMU -> text + ", new machines run emulated (TCG)";
                case ESX -> text + ", unverified";
                case XEN, TEST -> text;
              };
            });
    return new HostFacts(
        new HypervisorInfo(
            LibvirtDriver.ID, uri.kind().product(), version, uri.kind().reality(), uri.shown()));
  }

  /** Turns libvirt's number, 1000000 times major and 1000 times minor, into a text. */
  static String dotted(long version) {
    return version / 1_000_000 + "." + version / 1000 % 1000 + "." + version % 1000;
  }

  static Resources resources(Session session) {
    return session.ask(
        "ask " + session.uri().shown() + " for its resources",
        null,
        connect -> {
          List<Resources.Pool> pools = pools(connect);
          Long free = pools.stream().map(Resources.Pool::freeBytes).max(Long::compare).orElse(null);
          List<String> networks = new ArrayList<>(Arrays.asList(connect.listNetworks()));
          networks.sort(String::compareTo);
          return new Resources(free, freeMemory(connect), connect.nodeInfo().cpus, networks, pools);
        });
  }

  private static @Nullable Long freeMemory(Connect connect) throws LibvirtException {
    try {
      long bytes = connect.getFreeMemory();
      return bytes > 0 ? bytes : null;
    } catch (LibvirtException e) {
      if (NativeError.of(e).number() == NativeError.NO_SUPPORT) {
        return null;
      }
      throw e;
    }
  }

  private static List<Resources.Pool> pools(Connect connect) throws LibvirtException {
    List<Resources.Pool> pools = new ArrayList<>();
    String[] names = connect.listStoragePools();
    Arrays.sort(names);
    for (String name : names) {
      StoragePool pool = connect.storagePoolLookupByName(name);
      try {
        refresh(pool);
        StoragePoolInfo state = pool.getInfo();
        pools.add(new Resources.Pool(name, state.capacity, state.available));
      } finally {
        pool.free();
      }
    }
    return pools;
  }

  /** libvirt counts free space when it looks at a pool, and not what others took since. */
  private static void refresh(StoragePool pool) {
    try {
      pool.refresh(0);
    } catch (LibvirtException e) {
      // A pool that is at work cannot look: then what was counted last is told.
    }
  }
}
