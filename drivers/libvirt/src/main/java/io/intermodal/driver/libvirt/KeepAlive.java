package io.intermodal.driver.libvirt;

import java.time.Duration;
import org.libvirt.LibvirtException;

/**
 * Says how a connection is watched: after {@code interval} without a word the peer is asked, and
 * after {@code count} questions without an answer the connection is dead.
 *
 * @param interval at least a second, whole seconds
 * @param count at least 1
 */
record KeepAlive(Duration interval, int count) {

  KeepAlive {
    if (interval.toSeconds() < 1) {
      throw new IllegalArgumentException("interval must be at least a second: " + interval);
    }
    if (count < 1) {
      throw new IllegalArgumentException("count must be at least 1: " + count);
    }
  }

  /** Returns how long a peer that is gone can go unnoticed. */
  Duration patience() {
    return interval.multipliedBy(count + 1L);
  }

  void apply(RawConnect connect) {
    try {
      connect.setKeepAlive(Math.toIntExact(interval.toSeconds()), count);
    } catch (LibvirtException e) {
      // Drivers within this process have no peer, and say so.
    }
  }
}
