package io.intermodal.driver.local;

import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorUri;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.NicSpec;
import io.intermodal.testkit.ContractPoint;
import io.intermodal.testkit.DriverUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A folder with the real disk converters, as a user has it. */
final class FolderUnderTest implements DriverUnderTest {

  private final Path folder;
  private final Profile profile;

  FolderUnderTest(Path folder, Profile profile) {
    this.folder = folder;
    this.profile = profile;
  }

  @Override
  public Hypervisor connect() {
    return new LocalDriver()
        .withPatience(Duration.ofSeconds(1))
        .connect(HypervisorUri.parse("local:" + folder + "?profile=" + profile.id()));
  }

  @Override
  public MachineSpec machine(String name) {
    return MachineSpec.named(name)
        .cpus(1)
        .memoryBytes(64L << 20)
        .addDisk(new DiskSpec("system", 1L << 20, null, null))
        .addNic(new NicSpec("net0", null, null, null))
        .build();
  }

  @Override
  public Map<ContractPoint, String> gaps() {
    return Map.of(
        ContractPoint.ADDRESSES, "the simulated guest is on no network that gives addresses");
  }

  /** Every file but what keeps the folder itself; versions of a machine count as one. */
  @Override
  public Set<String> inventory(Hypervisor hypervisor) {
    if (!Files.exists(folder)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      Set<String> names = new TreeSet<>();
      files
          .map(file -> folder.relativize(file).toString())
          .filter(name -> !name.isEmpty() && !name.startsWith(".locks"))
          .filter(name -> !name.equals("hypervisor.json"))
          .map(name -> name.replaceAll("/v[0-9]+", "/v"))
          .forEach(names::add);
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
