package io.intermodal.migrate.guest;

import io.intermodal.hypervisor.GuestFacts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What the tools of several systems write, in the form they write it. */
final class Samples {

  static final List<String> ALL =
      List.of(
          "df-debian12",
          "df-centos6",
          "df-busybox",
          "addr-debian12",
          "addr-centos6",
          "addr-busybox",
          "route-debian12",
          "route-centos6",
          "route-busybox",
          "nft-debian12",
          "iptables-centos6",
          "ping-iputils",
          "ping-iputils-old",
          "ping-busybox",
          "ping-lost",
          "lookup-getent",
          "lookup-host",
          "lookup-busybox",
          "lookup-busybox-old",
          "lookup-absent",
          "cpu-x86",
          "cpu-arm",
          "cpu-power",
          "links",
          "tcp");

  private Samples() {}

  /** Returns the facts of a guest that answered. */
  static GuestFacts facts(ProbeReport report) {
    return Objects.requireNonNull(report.facts(), report::toString);
  }

  static String text(String name) {
    try (InputStream in = Samples.class.getResourceAsStream(name + ".txt")) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
