package dev.anneal.core.codegen;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.core.OtherJvm;
import dev.anneal.core.kernel.Fallback;
import dev.anneal.core.kernel.Width;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TierUpTest {
  private static final String PROPERTY = "anneal.warm-up";

  /** What all other tests rely on. */
  @Test
  void testsRunVectorCodeFromTheStart() {
    assertEquals("false", System.getProperty(PROPERTY));
    assertEquals("vector", TierUp.up("scalar", () -> "vector", (_, _) -> {}).now());
  }

  private static <T> T warmingUp(Supplier<T> maker) {
    System.setProperty(PROPERTY, "true");
    try {
      return maker.get();
    } finally {
      System.setProperty(PROPERTY, "false");
    }
  }

  private static void pause() {
    LockSupport.parkNanos(1_000_000);
  }

  private static void spin(long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  /** Code that is slow until someone says that it is compiled. */
  @Test
  void theScalarCodeRunsUntilTheVectorCodeIsManyTimesFasterThanItWas() {
    AtomicBoolean compiled = new AtomicBoolean();
    AtomicInteger calls = new AtomicInteger();
    TierUp.Exercise<String> exercise =
        (code, brief) -> {
          assertEquals("vector", code);
          calls.incrementAndGet();
          spin(brief || compiled.get() ? 0 : 100_000);
        };
    TierUp<String> tierUp = warmingUp(() -> TierUp.up("scalar", () -> "vector", exercise));
    while (calls.get() < 1100) {
      assertEquals("scalar", tierUp.now());
      pause();
    }
    compiled.set(true);
    while (!tierUp.now().equals("vector")) {
      pause();
    }
  }

  /** Several at once, and again after the thread has ended. */
  @Test
  void everyKernelHasItsTurn() throws InterruptedException {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 3; i++) {
        AtomicInteger calls = new AtomicInteger();
        TierUp.Exercise<String> exercise =
            (_, _) -> spin(calls.incrementAndGet() > 700 ? 0 : 20_000);
        TierUp<String> tierUp = warmingUp(() -> TierUp.up("scalar", () -> "vector", exercise));
        while (i == 2 && !tierUp.now().equals("vector")) {
          pause();
        }
      }
      Thread.sleep(20);
    }
  }

  /** In a process of its own, since a process is warned once. */
  static final class Hopeless {
    private Hopeless() {}

    public static void main(String[] args) {
      TierUp<String> slow =
          TierUp.up("scalar", () -> "vector", (_, _) -> spin(1000), Duration.ofMillis(1));
      TierUp<String> broken =
          TierUp.up(
              "scalar",
              () -> {
                throw new IllegalStateException();
              },
              (_, _) -> {});
      AtomicInteger calls = new AtomicInteger();
      TierUp<String> good =
          TierUp.up(
              "scalar", () -> "vector", (_, _) -> spin(calls.incrementAndGet() > 700 ? 0 : 20_000));
      while (Vectorization.now().waiting() > 0) {
        pause();
      }
      System.out.print(slow.now() + " " + broken.now() + " " + good.now());
      System.out.print(" " + Vectorization.now().vectorized() + " " + Vectorization.now().scalar());
      System.out.print(" " + Fallback.first().orElseThrow());
    }
  }

  @Test
  void whatIsNeverCompiledStaysScalarWithOneWarning() throws Exception {
    OtherJvm process = OtherJvm.run(Hopeless.class);
    assertEquals("scalar scalar vector 1 2 NOT_COMPILED", process.out());
    assertEquals(
        List.of("WARNING: scalar code computes: " + Fallback.NOT_COMPILED.reason()),
        process.err().lines().filter(line -> line.contains("WARNING")).toList());
  }

  /** The real thing: a tile becomes vector code, and the bits stay. */
  @Test
  void aTileTakesOverWithTheSameBits() {
    Width width = Width.preferred();
    int columns = 2 * width.floats();
    TierUp<Tile> tierUp = // nobody else's shape
        warmingUp(() -> TileCompiler.compile(width, false, false, 3, columns));
    assertTrue(tierUp.now() instanceof ScalarTile);
    float[] before = run(tierUp.now(), columns);
    while (width != Width.SCALAR && tierUp.now() instanceof ScalarTile) {
      pause();
    }
    assertArrayEquals(before, run(tierUp.now(), columns));
  }

  private static float[] run(Tile tile, int columns) {
    float[] a = new float[3 * 10];
    float[] b = new float[10 * columns];
    for (int i = 0; i < a.length; i++) {
      a[i] = (float) Math.sin(i);
    }
    for (int i = 0; i < b.length; i++) {
      b[i] = (float) Math.cos(i);
    }
    float[] c = new float[3 * columns];
    tile.run(a, 0, 10, b, 0, columns, c, 0, columns, 10);
    return c;
  }
}
