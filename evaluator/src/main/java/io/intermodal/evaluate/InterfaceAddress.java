package io.intermodal.evaluate;

/**
 * An IP address of the guest; one entry of test 2.3.b.
 *
 * @param interfaceName the guest's name for the interface that has the address
 * @param address the address as the guest writes it
 */
public record InterfaceAddress(String interfaceName, String address) {
  /**
   * @throws IllegalArgumentException if a part is blank
   */
  public InterfaceAddress {
    Checks.text(interfaceName, "interfaceName");
    Checks.text(address, "address");
  }

  String describe() {
    return interfaceName + " " + address;
  }
}
