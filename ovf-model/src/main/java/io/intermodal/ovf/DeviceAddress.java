package io.intermodal.ovf;

import org.jspecify.annotations.Nullable;

/**
 * Says where a device is, as {@code scsi 0:2}. What is not stated is null.
 *
 * @param bus {@code ide}, {@code scsi}, {@code sata}, {@code nvme}, {@code virtio} or another word
 * @param busNumber the number of the bus among those of its kind
 * @param unit the place on the bus
 */
public record DeviceAddress(
    @Nullable String bus, @Nullable Integer busNumber, @Nullable Integer unit) {}
