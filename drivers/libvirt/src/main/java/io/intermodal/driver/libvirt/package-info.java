/**
 * QEMU and Xen hosts, reached through libvirt. The native library {@code libvirt.so.0} must be on
 * the machine this runs on (Debian: {@code libvirt0}); without it the driver is listed, and
 * connecting says what to install. On JDK 24 and newer, start Java with {@code
 * --enable-native-access=ALL-UNNAMED}, or it prints a warning.
 *
 * <p>A {@link io.intermodal.driver.libvirt.LibvirtHypervisor} holds one connection, which is opened
 * again when it was lost. Nothing of libvirt's Java binding leaves this package: its handles are
 * freed in the method that asked for them, its errors become {@link
 * io.intermodal.driver.libvirt.LibvirtFailure}, and what the binding lacks is in {@link
 * io.intermodal.driver.libvirt.NativeCalls}.
 */
@NullMarked
package io.intermodal.driver.libvirt;

import org.jspecify.annotations.NullMarked;
