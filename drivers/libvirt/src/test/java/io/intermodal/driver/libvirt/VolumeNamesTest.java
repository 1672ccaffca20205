package io.intermodal.driver.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.descriptor.DomainKind;
import io.intermodal.hypervisor.Extra;
import io.intermodal.hypervisor.Firmware;
import io.intermodal.hypervisor.GuestOs;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.HypervisorUri;
import io.intermodal.hypervisor.MachineSpec;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VolumeNamesTest {

  @ParameterizedTest
  @CsvSource({
    "web,root,qcow2,web-root.qcow2",
    "../a/b,c,raw,_._a_b-c.raw",
    "-x,y,raw,_x-y.raw",
    "höhe ä,\uD83D\uDE80,raw,höhe ä-\uD83D\uDE80.raw"
  })
  void holdWhatAFileNameCanHold(String machine, String disk, String extension, String expected) {
    assertThat(VolumeNames.of(machine, disk, extension)).isEqualTo(expected);
  }

  @Test
  void areCutOffAndNumbered() {
    String name = VolumeNames.of("ä".repeat(300), "root", "qcow2");

    assertThat(name.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(210);
    assertThat(VolumeNames.numbered("a.b.raw", 2)).isEqualTo("a.b-2.raw");
    assertThat(VolumeNames.of("a\nb\uD800", "\u0000", "raw")).isEqualTo("a_b_-_.raw");
  }

  private static DomainKind kind(String uri, MachineSpec machine) {
    return GuestKinds.choose(LibvirtUri.of(HypervisorUri.parse(uri)), machine);
  }

  @Test
  void guestsOfXenAreChosenByTheUriOrTheMachine() {
    MachineSpec unknown = MachineSpec.named("a").build();
    MachineSpec linux =
        unknown.toBuilder().guestOs(new GuestOs(96, null, null, "Debian 12")).build();
    MachineSpec windows =
        unknown.toBuilder().guestOs(new GuestOs(null, null, "windows9_64Guest", null)).build();
    MachineSpec before =
        unknown.toBuilder().addExtra(new Extra("libvirt-xml", "kind", "xen-pv")).build();

    assertThat(kind("xen:///system", unknown)).isEqualTo(DomainKind.XEN_HVM);
    assertThat(kind("xen:///system", windows)).isEqualTo(DomainKind.XEN_HVM);
    assertThat(kind("xen:///system", linux)).isEqualTo(DomainKind.XEN_PV);
    assertThat(kind("xen:///system", before)).isEqualTo(DomainKind.XEN_PV);
    assertThat(kind("xen:///system", linux.toBuilder().firmware(Firmware.EFI).build()))
        .isEqualTo(DomainKind.XEN_HVM);
    assertThat(kind("xen:///system?guest=pvh", windows)).isEqualTo(DomainKind.XEN_PVH);
    assertThat(kind("qemu:///system", linux)).isEqualTo(DomainKind.QEMU);
  }

  @ParameterizedTest
  @CsvSource({"xen:///system?guest=vm,must be pv,", "qemu:///system?guest=pv,is for Xen only,"})
  void refusesGuestsThatAreNone(String uri, String reason) {
    Assertions.assertThatThrownBy(() -> LibvirtUri.of(HypervisorUri.parse(uri)))
        .isInstanceOf(HypervisorException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void showsTheGuestAndHidesItFromLibvirt() {
    LibvirtUri uri = LibvirtUri.of(HypervisorUri.parse("xen+tcp://h/system?pool=p&guest=pv"));

    assertThat(uri.shown()).isEqualTo("xen+tcp://h/system?pool=p&guest=pv");
    assertThat(uri.text()).isEqualTo("xen+tcp://h/system");
  }
}
