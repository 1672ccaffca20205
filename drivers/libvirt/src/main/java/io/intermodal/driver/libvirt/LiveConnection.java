package io.intermodal.driver.libvirt;

import org.libvirt.LibvirtException;

/**
 * Counts who uses a native connection, so that closing it waits for the last one: a connection that
 * is closed under a running call ends the virtual machine. Thread-safe.
 */
final class LiveConnection {

  private final RawConnect connect;
  private int users;
  private boolean retired;
  private boolean closed;

  LiveConnection(RawConnect connect) {
    this.connect = connect;
  }

  RawConnect connect() {
    return connect;
  }

  /** Takes part in its use; false when it is retired, and must not be used any more. */
  synchronized boolean acquire() {
    if (retired) {
      return false;
    }
    users++;
    return true;
  }

  void release() {
    synchronized (this) {
      users--;
    }
    closeIfUnused();
  }

  /** Lets nobody use it from now on; it is closed when the last one is done. */
  void retire() {
    synchronized (this) {
      retired = true;
    }
    closeIfUnused();
  }

  boolean isAlive() {
    try {
      return connect.isAlive();
    } catch (LibvirtException e) {
      return false;
    }
  }

  private void closeIfUnused() {
    synchronized (this) {
      if (!retired || users > 0 || closed) {
        return;
      }
      closed = true;
    }
    try {
      connect.close();
    } catch (LibvirtException e) {
      // It is gone either way, and nobody could do anything about it.
    }
  }
}
