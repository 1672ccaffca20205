package io.intermodal.driver.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.HypervisorUri;
import io.intermodal.hypervisor.Machine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrencyTest {

  private final ExecutorService threads = Executors.newFixedThreadPool(4);

  @TempDir Path folder;

  @AfterEach
  void stopThreads() throws InterruptedException {
    threads.shutdownNow();
    assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void givesANameOnce() throws Exception {
    AtomicInteger made = new AtomicInteger();
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(
          threads.submit(
              () -> {
                try (Hypervisor hypervisor = patient()) {
                  for (int n = 0; n < 5; n++) {
                    try {
                      Folders.make(hypervisor, "vm" + n);
                      made.incrementAndGet();
                    } catch (HypervisorException e) {
                      assertThat(e.code()).isEqualTo(HypervisorError.NAME_TAKEN);
                    }
                  }
                }
                return null;
              }));
    }
    for (Future<?> one : all) {
      one.get(60, TimeUnit.SECONDS);
    }
    assertThat(made).hasValue(5);
    try (Hypervisor hypervisor = patient()) {
      assertThat(hypervisor.machines()).extracting(Machine::name).hasSize(5).isSorted();
    }
  }

  @Test
  void losesNoChangeOfTwoSessionsAndReadsWithoutALock() throws Exception {
    try (Hypervisor one = patient();
        Hypervisor other = patient()) {
      Folders.make(one, "web").start();
      AtomicBoolean done = new AtomicBoolean();
      Future<?> reader =
          threads.submit(
              () -> {
                while (!done.get()) {
                  assertThat(one.machine("web").spec().name()).isEqualTo("web");
                  assertThat(other.machine("web").bootId()).isPresent();
                }
              });
      List<Future<?>> writers = new ArrayList<>();
      for (Hypervisor session : List.of(one, other)) {
        writers.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 15; i++) {
                    session.machine("web").reboot();
                  }
                }));
      }
      for (Future<?> writer : writers) {
        writer.get(60, TimeUnit.SECONDS);
      }
      done.set(true);
      reader.get(60, TimeUnit.SECONDS);
      assertThat(one.machine("web").bootId()).contains("web#31");
    }
  }

  private Hypervisor patient() {
    return LocalDriver.using(FakeConverter.converters())
        .withPatience(Duration.ofSeconds(60))
        .connect(HypervisorUri.parse("local:" + folder + "?profile=xen"));
  }
}
