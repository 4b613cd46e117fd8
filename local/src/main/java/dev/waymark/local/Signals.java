package dev.waymark.local;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Catches the signals that ask a launcher to end. Shutdown hooks would not do: once they run, the
 * JVM ignores a second Ctrl-C. {@code sun.misc.Signal} is the JDK's own door to this (module
 * jdk.unsupported); it is opened by reflection because the compiler warns of it in a way that
 * cannot be turned off.
 */
final class Signals {
  private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

  private Signals() {}

  /** Runs the action, in a thread of its own, each time one of the signals comes. */
  static void onEach(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handlerType},
              (proxy, method, arguments) -> answer(proxy, method, arguments, action));
      Method handle = signal.getMethod("handle", signal, handlerType);
      for (String name : NAMES) {
        handle.invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM has no sun.misc.Signal", e);
    }
  }

  private static Object answer(Object proxy, Method method, Object[] arguments, Runnable action)
      throws InvocationTargetException, IllegalAccessException {
    if (method.getDeclaringClass() != Object.class) {
      action.run();
    }
    return switch (method.getName()) {
      case "hashCode" -> System.identityHashCode(proxy);
      case "equals" -> proxy == arguments[0];
      default -> "signal handler";
    };
  }
}
