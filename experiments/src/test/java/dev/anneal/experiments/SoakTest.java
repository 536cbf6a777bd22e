package dev.anneal.experiments;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.core.parallel.Workers;
import dev.anneal.data.DataSets;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.group.Groups;
import dev.anneal.nn.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that goes on and on, with its folder and a checkpoint every ten seconds: a minute of it, or
 * as many as {@code -Danneal.soak.minutes} says.
 */
@Tag("slow")
class SoakTest {
  private static final Duration TIME = Duration.ofMinutes(Long.getLong("anneal.soak.minutes", 1));
  private static final int WINDOWS = 21;
  private static final double MB = 1 << 20;

  /** A run remembers what it has measured of each epoch; 1.5 KB. */
  private static final double EPOCH_MB = 2e-3;

  @TempDir Path folder;

  /**
   * What is measured in a part of the time.
   *
   * @param heap MB in use after a collection
   * @param resident MB of the process, 0 where the system does not tell
   * @param step microseconds of processor time for a step: what others on the machine take is not
   *     in it
   */
  private record Window(double heap, double resident, double step) {}

  private static double resident() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElseThrow();
    }
  }

  private static long processorNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  private static String table(List<Window> windows) {
    return windows.stream()
        .map(each ->
            "heap %.1f MB, resident %.0f MB, step %.0f us"
                .formatted(each.heap, each.resident, each.step))
        .collect(Collectors.joining("\n"));
  }

  private static Window window(ActiveRun run) throws IOException {
    long end = System.nanoTime() + TIME.toNanos() / WINDOWS;
    long start = processorNanos();
    long steps = 0;
    for (; System.nanoTime() < end; steps++) {
      assertTrue(run.step());
    }
    long time = processorNanos() - start;
    System.gc();
    double heap = (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / MB;
    return new Window(heap, resident(), time * 1e-3 / steps);
  }

  @Test
  void neitherMemoryNorTimeGrows() throws IOException {
    TrainingData data = TrainingData.split(DataSets.open("fashion-mnist"), 0.2);
    PreparedRun run =
        TestRuns.of(
            data,
            Mlp.parse("784-256-128-10").withDropout(0.1),
            Groups.parse("ema(adam(1e-4))", Catalogue.load()),
            1_000_000,
            64);
    CheckpointPolicy policy = CheckpointPolicy.parse("10s", 3);
    List<Window> windows = new ArrayList<>();
    int epochs;
    try (Workers workers = new Workers(1);
        RunFolder out = RunFolder.begin(folder, run, policy, 1)) {
      ActiveRun active = new ActiveRun(run, workers, TrainingListener.all(out));
      out.track(active);
      window(active); // in which the JIT compiles
      while (windows.size() < WINDOWS - 1) {
        windows.add(window(active));
      }
      epochs = active.session().epoch();
      System.out.printf("%s, %d epochs%n%s%n", TIME, epochs, table(windows));
    }
    List<Window> first = windows.subList(0, WINDOWS / 2);
    List<Window> second = windows.subList(WINDOWS / 2, windows.size());
    double remembered = EPOCH_MB * epochs;
    assertTrue(most(second, Window::heap) < most(first, Window::heap) + 4 + remembered);
    assertTrue(most(second, Window::resident) < most(first, Window::resident) + 32 + remembered);
    assertTrue(least(second, Window::step) < 1.1 * least(first, Window::step));
  }

  private static double most(List<Window> windows, ToDoubleFunction<Window> what) {
    return windows.stream().mapToDouble(what).max().orElseThrow();
  }

  private static double least(List<Window> windows, ToDoubleFunction<Window> what) {
    return windows.stream().mapToDouble(what).min().orElseThrow();
  }
}
