package io.intermodal.migrate;

import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineExport;
import io.intermodal.hypervisor.MachineImport;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a migration and its hypervisors, counts every call, and lets some fail: before the
 * call is carried out, or when all is done and only the answer is missing.
 */
final class Faults {

  private final int first;
  private final int last;
  private final boolean afterwards;
  private final Supplier<? extends Throwable> failure;
  private int calls;
  private @Nullable String hit;

  /**
   * @param first number of the first call that fails, from 1
   * @param last number of the last one
   * @param afterwards whether a call that fails is carried out nevertheless
   */
  Faults(int first, int last, boolean afterwards, Supplier<? extends Throwable> failure) {
    this.first = first;
    this.last = last;
    this.afterwards = afterwards;
    this.failure = failure;
  }

  /** Returns the first call that failed; null when there were fewer calls. */
  @Nullable String hit() {
    return hit;
  }

  Hypervisor over(Hypervisor hypervisor) {
    return wrap(Hypervisor.class, hypervisor);
  }

  private <T> T wrap(Class<T> type, Object real) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call(real, method, arguments)));
  }

  private @Nullable Object call(Object real, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return method.invoke(real, arguments);
    }
    calls++;
    boolean fails = calls >= first && calls <= last;
    if (fails && hit == null) {
      hit = method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }
    if (fails && !afterwards) {
      throw failure.get();
    }
    try {
      Object answer = method.invoke(real, arguments);
      if (!fails) {
        return wrapAnswer(answer);
      }
      if (answer instanceof MachineExport || answer instanceof MachineImport) {
        // Whoever fails to hand something out must let go of it; nobody else can.
        ((AutoCloseable) answer).close();
      }
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    throw failure.get();
  }

  private @Nullable Object wrapAnswer(@Nullable Object answer) {
    if (answer instanceof Machine) {
      return wrap(Machine.class, answer);
    } else if (answer instanceof Hypervisor) {
      return wrap(Hypervisor.class, answer);
    } else if (answer instanceof MachineExport) {
      return wrap(MachineExport.class, answer);
    } else if (answer instanceof MachineImport) {
      return wrap(MachineImport.class, answer);
    } else if (answer instanceof List<?> list) {
      return list.stream().map(this::wrapAnswer).toList();
    } else if (answer instanceof Optional<?> optional) {
      return optional.map(this::wrapAnswer);
    }
    return answer;
  }
}
