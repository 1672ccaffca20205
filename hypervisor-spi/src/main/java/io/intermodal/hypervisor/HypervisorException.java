package io.intermodal.hypervisor;

import io.intermodal.IntermodalException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Signals that a hypervisor could not do what was asked; says which and, where known, to whom. */
public class HypervisorException extends IntermodalException {

  @Serial private static final long serialVersionUID = 1L;

  private final String driver;

  /**
   * Creates an error.
   *
   * @param driver id of the driver
   * @param location the machine, file or address it is about; null when there is none
   */
  public HypervisorException(
      HypervisorError code,
      String driver,
      String message,
      @Nullable String location,
      @Nullable Throwable cause) {
    super(code, message, location, cause);
    this.driver = driver;
  }

  /** Creates an error about a machine. */
  public HypervisorException(
      HypervisorError code, String driver, String message, @Nullable String location) {
    this(code, driver, message, location, null);
  }

  /** Returns the id of the driver. */
  public final String driver() {
    return driver;
  }
}
