package io.intermodal.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intermodal.hypervisor.spi.HypervisorDriver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CredentialsTest {

  /** Lets in who knows the word, and tells what it was asked to do. */
  private static final class Gate implements HypervisorDriver {

    private final List<String> connected = new ArrayList<>();

    @Override
    public String id() {
      return "gate";
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public String description() {
      return "a gate";
    }

    @Override
    public Set<String> schemes() {
      return Set.of("gate");
    }

    @Override
    public String uriForm() {
      return "gate:name";
    }

    @Override
    public Hypervisor connect(HypervisorUri uri) {
      return connect(uri, Credentials.none());
    }

    @Override
    public Hypervisor connect(HypervisorUri uri, Credentials credentials) {
      connected.add(
          credentials
              .answer(
                  new Credentials.Question(Credentials.Kind.PASSWORD, "the word", uri.toString()))
              .map(Secret::reveal)
              .orElse("nobody"));
      throw new HypervisorException(
          HypervisorError.CONNECTION_FAILED, id(), "cannot connect: shut", null);
    }
  }

  @Test
  void reachTheDriver() {
    Gate gate = new Gate();
    Drivers drivers = Drivers.of(List.of(gate));
    assertThatThrownBy(
            () -> drivers.connect("gate:a", question -> Optional.of(Secret.of("friend"))))
        .hasMessage("cannot connect: shut");
    assertThatThrownBy(() -> drivers.connect("gate:a")).hasMessage("cannot connect: shut");
    assertThat(gate.connected).containsExactly("friend", "nobody");
  }

  @Test
  void secretsDoNotPrintThemselves() {
    Secret secret = Secret.of("geheim");
    assertThat(secret).hasToString("***");
    assertThat(List.of(secret)).hasToString("[***]");
    assertThat(secret.reveal()).isEqualTo("geheim");
  }
}
