package io.intermodal.hypervisor;

import java.io.InputStream;
import java.io.OutputStream;

/**
 * Is a serial console of a guest, opened for reading and writing. Reading and writing may be done
 * by two threads; closing it ends both.
 */
public interface GuestConsole extends AutoCloseable {

  /**
   * Returns what the guest writes, from now on. Reading waits for bytes; it ends when the machine
   * stops or the console is closed.
   */
  InputStream input();

  /** Returns what the guest reads as keys. Bytes are sent on {@code flush}. */
  OutputStream output();

  @Override
  void close();
}
