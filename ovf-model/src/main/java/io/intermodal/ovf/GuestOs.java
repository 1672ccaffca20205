package io.intermodal.ovf;

import org.jspecify.annotations.Nullable;

/**
 * Names a guest operating system (DSP0243 "OperatingSystemSection"). What is not stated is null.
 *
 * @param id CIM's OsType as text; not a number in some dialects
 * @param version free text
 * @param description free text
 * @param vendorType VMware's {@code vmw:osType}, else VirtualBox's {@code vbox:OSType}; where the
 *     two and the id disagree, this is the truth more often
 */
public record GuestOs(
    @Nullable String id,
    @Nullable String version,
    @Nullable String description,
    @Nullable String vendorType) {}
