package io.intermodal.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.hypervisor.MachineState.LifeCycle;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineStateTest {

  @ParameterizedTest
  @CsvSource({"STARTED,STARTED", "PAUSED,STARTED", "STOPPED,STOPPED", "SUSPENDED,SUSPENDED"})
  void standsForAStateOfTheUsageModel(MachineState state, LifeCycle lifeCycle) {
    assertThat(state.lifeCycle()).contains(lifeCycle);
  }

  @Test
  void statesInBetweenAndErrorsStandForNone() {
    assertThat(Arrays.stream(MachineState.values()).filter(state -> state.lifeCycle().isEmpty()))
        .containsExactly(
            MachineState.CREATING,
            MachineState.STARTING,
            MachineState.STOPPING,
            MachineState.PAUSING,
            MachineState.SUSPENDING,
            MachineState.DELETING,
            MachineState.ERROR);
  }
}
