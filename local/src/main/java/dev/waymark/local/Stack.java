package dev.waymark.local;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a running stack: starts each as soon as what it needs is ready, brings back what
 * dies, stops all in reverse order. Not thread safe but for {@link #kill()}; a thread in {@link
 * #start()} or {@link #supervise()} is interrupted to have it stop.
 */
final class Stack {
  private final List<Service> services;
  private final Progress progress;
  private final RestartPolicy policy;
  private final BlockingQueue<Loss> losses = new LinkedBlockingQueue<>();

  /** A process that ended, or, with a failure, a part that could not be brought back. */
  private record Loss(
      Service service, ChildProcess process, Optional<StartFailedException> failure) {}

  /**
   * @param services in an order in which each comes after what it needs
   */
  Stack(List<Service> services, Progress progress, RestartPolicy policy) {
    this.services = List.copyOf(services);
    this.progress = progress;
    this.policy = policy;
  }

  /**
   * Starts everything, side by side where possible. After a failure the caller stops what has been
   * started.
   */
  void start() throws StartFailedException, IOException, InterruptedException {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      Map<String, CompletableFuture<Void>> ready = new LinkedHashMap<>();
      for (Service service : services) {
        CompletableFuture<?>[] needed =
            service.needs().stream()
                .filter(ready::containsKey)
                .map(ready::get)
                .toArray(CompletableFuture<?>[]::new);
        ready.put(
            service.name(),
            CompletableFuture.allOf(needed).thenRunAsync(() -> startUnchecked(service), threads));
      }
      awaitAll(ready.values().stream().toList());
    } finally {
      // On failure or interruption this is what makes the others give up.
      threads.shutdownNow();
      awaitEnd(threads);
    }
  }

  /**
   * Keeps everything alive until it is interrupted or a part cannot be brought back. Parts that die
   * with each other are brought back one after the other, all others side by side: one that waits
   * for another never keeps it from coming back.
   */
  void supervise() throws StartFailedException, IOException, InterruptedException {
    Map<String, ExecutorService> families = new HashMap<>();
    try {
      while (true) {
        Loss loss = losses.take();
        if (loss.failure().isPresent()) {
          throw loss.failure().get();
        }
        ExecutorService family =
            families.computeIfAbsent(
                family(loss.service()), name -> Executors.newSingleThreadExecutor());
        var unused =
            CompletableFuture.runAsync(() -> repair(loss), family)
                .exceptionally(bug -> giveUp(loss, new StartFailedException(bug.toString(), bug)));
      }
    } finally {
      families.values().forEach(ExecutorService::shutdownNow);
      for (ExecutorService family : families.values()) {
        awaitEnd(family);
      }
    }
  }

  /**
   * Stops everything in order and keeps all data. Goes on to the next part whatever happens with
   * one.
   */
  void stop() throws InterruptedException {
    List<Service> reverse = new ArrayList<>(services);
    Collections.reverse(reverse);
    for (Service service : reverse) {
      progress.begin(service.name());
      try {
        Optional<String> stopped = service.stop();
        stopped.ifPresentOrElse(
            remark -> progress.done(service.name(), ("stopped " + remark).strip()),
            () -> progress.forget(service.name()));
      } catch (IOException e) {
        progress.failed(service.name());
        progress.error(service.name() + " could not be stopped: " + e.getMessage());
      }
    }
  }

  /** Ends every process at once. */
  void kill() {
    for (Service service : services) {
      service.process().ifPresent(this::kill);
    }
  }

  private void kill(ChildProcess process) {
    try {
      process.kill();
    } catch (IOException e) {
      progress.error(process.name() + " could not be killed: " + e.getMessage());
    }
  }

  private void repair(Loss loss) {
    if (loss.process().isStopping()) {
      return;
    }
    progress.warn(
        Text.of("%s died (exit code %d)", loss.service().name(), loss.process().exit().join()));
    try {
      bringBack(root(loss.service()), loss.process());
    } catch (StartFailedException e) {
      var unused = giveUp(loss, e);
    } catch (InterruptedException e) {
      progress.forget(loss.service().name());
    }
  }

  private @Nullable Void giveUp(Loss loss, StartFailedException reason) {
    losses.add(new Loss(loss.service(), loss.process(), Optional.of(reason)));
    return null;
  }

  private void bringBack(Service service, ChildProcess dead)
      throws StartFailedException, InterruptedException {
    while (true) {
      RestartPolicy.Verdict verdict = policy.next(service.name());
      if (!verdict.again()) {
        throw new StartFailedException(
            Text.of(
                "%s died %d times in a row%n%s",
                service.name(), verdict.attempts(), ProcessService.explain(dead)));
      }
      Thread.sleep(verdict.delay().toMillis());
      try {
        restart(service);
        return;
      } catch (ClosedByInterruptException e) {
        throw new InterruptedException(e.getMessage());
      } catch (StartFailedException | IOException e) {
        progress.failed(service.name());
        progress.warn(String.valueOf(e.getMessage()));
      }
    }
  }

  /** The one to begin with where both have died. */
  private Service root(Service service) {
    return services.stream()
        .filter(other -> service.diesWith().contains(other.name()))
        .filter(other -> other.process().filter(process -> !process.isAlive()).isPresent())
        .findFirst()
        .orElse(service);
  }

  private static String family(Service service) {
    return service.diesWith().stream().findFirst().orElse(service.name());
  }

  private void restart(Service service)
      throws StartFailedException, IOException, InterruptedException {
    List<Service> taken =
        services.stream().filter(other -> other.diesWith().contains(service.name())).toList();
    for (Service other : taken) {
      other.abandon();
    }
    service.abandon();
    start(service);
    for (Service other : taken) {
      start(other);
    }
  }

  private void start(Service service)
      throws StartFailedException, IOException, InterruptedException {
    progress.begin(service.name());
    String detail = service.start();
    progress.done(service.name(), detail);
    service.process().ifPresent(process -> watch(service, process));
  }

  private void watch(Service service, ChildProcess process) {
    var unused =
        process.exit().thenRun(() -> losses.add(new Loss(service, process, Optional.empty())));
  }

  private void startUnchecked(Service service) {
    try {
      start(service);
    } catch (InterruptedException | ClosedByInterruptException e) {
      progress.forget(service.name());
      throw new CompletionException(e);
    } catch (StartFailedException | IOException e) {
      progress.failed(service.name());
      throw new CompletionException(e);
    }
  }

  /** Waits for all, or for the first failure. */
  private static void awaitAll(List<CompletableFuture<Void>> futures)
      throws StartFailedException, IOException, InterruptedException {
    CompletableFuture<Void> firstFailure = new CompletableFuture<>();
    for (CompletableFuture<Void> future : futures) {
      var unused =
          future.exceptionally(
              failure -> {
                firstFailure.completeExceptionally(failure);
                return null;
              });
    }
    CompletableFuture<Void> all =
        CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new));
    try {
      CompletableFuture.anyOf(all, firstFailure).get();
    } catch (ExecutionException e) {
      rethrow(e);
    }
  }

  private static void rethrow(ExecutionException e)
      throws StartFailedException, IOException, InterruptedException {
    Throwable cause = e.getCause();
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof StartFailedException failed) {
      throw failed;
    }
    if (cause instanceof IOException io) {
      throw io;
    }
    if (cause instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    throw new IllegalStateException(cause);
  }

  private static void awaitEnd(ExecutorService threads) throws InterruptedException {
    while (!threads.awaitTermination(1, TimeUnit.SECONDS)) {
      // The services' waits are interruptible, so this ends.
    }
  }
}
