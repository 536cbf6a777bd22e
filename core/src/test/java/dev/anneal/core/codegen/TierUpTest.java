package dev.anneal.core.codegen;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.core.OtherJvm;
import dev.anneal.core.kernel.Fallback;
import dev.anneal.core.kernel.Width;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TierUpTest {
  private static final String PROPERTY = "anneal.warm-up";

  /** Enough for vector code to be made. */
  private static final long MUCH = Long.MAX_VALUE;

  /** Where what code allocates goes, lest the JIT leave it out. */
  private static volatile byte[] heap = {};

  /** What all other tests rely on. */
  @Test
  void testsRunVectorCodeFromTheStart() {
    assertEquals("false", System.getProperty(PROPERTY));
    assertEquals("vector", TierUp.up("scalar", () -> "vector", _ -> {}).now(0));
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

  /** Code that makes objects for some calls, as vector code does until it is compiled. */
  private static Consumer<String> compiledAfter(int calls, AtomicInteger counter) {
    return _ -> {
      if (counter.incrementAndGet() <= calls) {
        heap = new byte[16];
      }
    };
  }

  @Test
  void theScalarCodeRunsUntilTheVectorCodeAllocatesNothing() {
    AtomicBoolean compiled = new AtomicBoolean();
    AtomicInteger calls = new AtomicInteger();
    Consumer<String> exercise =
        _ -> {
          calls.incrementAndGet();
          if (!compiled.get()) {
            heap = new byte[16];
          }
        };
    TierUp<String> tierUp = warmingUp(() -> TierUp.up("scalar", () -> "vector", exercise));
    while (calls.get() < 3000) {
      assertEquals("scalar", tierUp.now(MUCH));
      pause();
    }
    compiled.set(true);
    while (!tierUp.now(0).equals("vector")) {
      pause();
    }
  }

  /** A neighbour's load changes how long a call takes, and that must change nothing. */
  @Test
  void slowCodeTakesOverAtOnceIfItAllocatesNothing() {
    AtomicInteger calls = new AtomicInteger();
    TierUp<String> tierUp =
        warmingUp(() ->
            TierUp.up(
                "scalar",
                () -> "vector",
                _ -> {
                  calls.incrementAndGet();
                  pause();
                }));
    while (!tierUp.now(MUCH).equals("vector")) {
      pause();
    }
    assertEquals(1, calls.get());
  }

  /** Compiling costs more than a little work in scalar code. */
  @Test
  void noVectorCodeIsMadeForLittleWork() throws InterruptedException {
    AtomicBoolean made = new AtomicBoolean();
    Supplier<String> vector =
        () -> {
          made.set(true);
          return "vector";
        };
    Vectorization before = Vectorization.now();
    TierUp<String> tierUp = warmingUp(() -> TierUp.up("scalar", vector, _ -> {}));
    for (int i = 0; i < 1000; i++) {
      assertEquals("scalar", tierUp.now(1000));
    }
    Thread.sleep(20);
    assertFalse(made.get());
    assertEquals(before.waiting(), Vectorization.now().waiting());
    assertEquals(before.small() + 1, Vectorization.now().small());
    while (!tierUp.now(1_000_000).equals("vector")) {
      pause();
    }
    assertEquals(before.small(), Vectorization.now().small());
  }

  @Test
  void whoKnowsOfMuchWorkNeedNotWait() {
    AtomicInteger calls = new AtomicInteger();
    TierUp<String> tierUp =
        warmingUp(() -> TierUp.up("scalar", () -> "vector", compiledAfter(5, calls)));
    tierUp.hurry();
    tierUp.hurry();
    while (!tierUp.now(0).equals("vector")) {
      pause();
    }
    assertEquals(6, calls.get());
  }

  /** Several at once, and again after the thread has ended. */
  @Test
  void everyKernelHasItsTurn() throws InterruptedException {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 3; i++) {
        Consumer<String> exercise = compiledAfter(2500 * i, new AtomicInteger());
        TierUp<String> tierUp = warmingUp(() -> TierUp.up("scalar", () -> "vector", exercise));
        tierUp.hurry();
        while (i == 2 && !tierUp.now(0).equals("vector")) {
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
          TierUp.up("scalar", () -> "vector", _ -> heap = new byte[16], Duration.ofMillis(1));
      TierUp<String> broken =
          TierUp.up(
              "scalar",
              () -> {
                throw new IllegalStateException();
              },
              _ -> {});
      TierUp<String> good =
          TierUp.up("scalar", () -> "vector", compiledAfter(700, new AtomicInteger()));
      List.of(slow, broken, good).forEach(TierUp::hurry);
      while (Vectorization.now().waiting() > 0) {
        pause();
      }
      System.out.print(slow.now(0) + " " + broken.now(0) + " " + good.now(0));
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
    assertTrue(tierUp.now(0) instanceof ScalarTile);
    float[] before = run(tierUp.now(0), columns);
    while (width != Width.SCALAR && tierUp.now(MUCH) instanceof ScalarTile) {
      pause();
    }
    assertArrayEquals(before, run(tierUp.now(0), columns));
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
