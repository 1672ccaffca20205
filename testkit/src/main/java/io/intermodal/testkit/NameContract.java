package io.intermodal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.Operation;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A name is what people wrote, to the letter. */
interface NameContract extends ContractPart {

  @TestFactory
  @Order(Phase.MADE_AND_GONE)
  default Stream<DynamicTest> keepsNamesToTheLetter() {
    return Stream.of(
            "with two  blanks",
            "single ' and double \" quotes",
            "<markup> & &amp; ]]>",
            "Grüße, 機械 🚀",
            "$(id);`id` %s \\n",
            "-rf --help",
            "UPPER and lower")
        .map(name -> DynamicTest.dynamicTest(name, () -> keeps(bench().name(name))));
  }

  private void keeps(String name) {
    bench().need(ContractPoint.HARD_NAMES);
    Machine machine = bench().make(bench().driver().machine(name));
    assertThat(machine.name()).isEqualTo(name);
    assertThat(machine.spec().name()).isEqualTo(name);
    assertThat(bench().hypervisor().machine(name).id()).isEqualTo(machine.id());
    assertThat(bench().hypervisor().machine(machine.id()).name()).isEqualTo(name);
    assertThat(bench().hypervisor().machines()).extracting(Machine::name).contains(name);
    bench().delete(machine);
    assertThat(bench().hypervisor().findMachine(name)).isEmpty();
  }

  @Test
  @Order(Phase.MADE_AND_GONE)
  default void takesTheLongestNameAndNoLonger() {
    bench().need(ContractPoint.LONG_NAMES);
    bench().need(Operation.IMPORT);
    bench().need(ContractPoint.IMPORT);
    int most = bench().capabilities().maxNameLength();
    String prefix = bench().driver().namePrefix();
    String longest = prefix + "x".repeat(most - prefix.length());
    Set<String> before = bench().inventory();
    MachineSpec tooLong = bench().driver().machine(longest + "x");
    assertRefused(
            HypervisorError.LIMIT_EXCEEDED,
            () -> bench().hypervisor().importMachine(tooLong).close())
        .withMessageContaining(String.valueOf(most));
    assertThat(bench().inventory()).isEqualTo(before);
    Machine machine = bench().make(bench().driver().machine(longest));
    assertThat(machine.name()).isEqualTo(longest);
    bench().delete(machine);
  }
}
