package dev.anneal.core.work;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lost wake-up would leave the caller spinning, hence the limit from outside. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkersTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyIndexIsRunExactlyOnce(int threads) {
    try (Workers workers = new Workers(threads)) {
      for (int tasks = 0; tasks <= 1000; tasks += tasks < 20 ? 1 : 49) {
        AtomicIntegerArray counts = new AtomicIntegerArray(tasks);
        workers.run(tasks, counts::incrementAndGet);
        for (int i = 0; i < tasks; i++) {
          assertEquals(1, counts.get(i), "index " + i + " of " + tasks);
        }
      }
    }
  }

  /** Plain writes of the helpers are seen by the caller, and those of the caller by the helpers. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void thousandsOfLoopsInARowLoseNothing(int threads) {
    try (Workers workers = new Workers(threads)) {
      int[] values = new int[32];
      Workers.Task increment = i -> values[i]++;
      int loops = 20_000;
      for (int loop = 0; loop < loops; loop++) {
        workers.run(values.length, increment);
      }
      assertTrue(Arrays.stream(values).allMatch(value -> value == loops));
    }
  }

  /** Between these loops the helpers have parked. */
  @Test
  void helpersThatSleepAreWoken() throws InterruptedException {
    try (Workers workers = new Workers(3)) {
      for (int loop = 0; loop < 50; loop++) {
        Thread.sleep(2);
        CountDownLatch together = new CountDownLatch(3);
        workers.run(
            3,
            _ -> {
              together.countDown();
              await(together); // only three threads at once get past this
            });
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void anExceptionReachesTheCallerAndTheTeamGoesOn(int threads) {
    try (Workers workers = new Workers(threads)) {
      for (int bad = 0; bad < 200; bad++) {
        int index = bad % 50;
        var thrown = new IllegalArgumentException("task " + index);
        Workers.Task task =
            i -> {
              if (i == index) {
                throw thrown;
              }
            };
        assertSame(thrown, assertThrows(RuntimeException.class, () -> workers.run(50, task)));
        int[] after = new int[50];
        workers.run(50, i -> after[i] = i);
        assertArrayEquals(IntStream.range(0, 50).toArray(), after);
      }
    }
  }

  @Test
  void anErrorOfAHelperReachesTheCaller() {
    try (Workers workers = new Workers(2)) {
      CountDownLatch together = new CountDownLatch(2);
      Thread caller = Thread.currentThread();
      Workers.Task task =
          _ -> {
            together.countDown();
            await(together);
            if (Thread.currentThread() != caller) {
              throw new StackOverflowError();
            }
          };
      Throwable thrown = assertThrows(Throwable.class, () -> workers.run(2, task));
      assertTrue(
          thrown instanceof StackOverflowError || thrown.getCause() instanceof StackOverflowError);
    }
  }

  @Test
  void aLoopAllocatesNothing() {
    try (Workers workers = new Workers(3)) {
      Workers.Task nothing = _ -> {};
      workers.run(8, nothing);
      Allocations allocations = new Allocations();
      assertTrue(allocations.workers() >= 2);
      boolean none =
          allocations.vanish(
              20,
              () -> {
                for (int loop = 0; loop < 1000; loop++) {
                  workers.run(8, nothing);
                }
              });
      assertTrue(none, "every thousand loops allocated something");
    }
  }

  @Test
  void closeEndsTheThreads() throws InterruptedException {
    Set<Thread> helpers = ConcurrentHashMap.newKeySet();
    Workers workers = new Workers(4);
    CountDownLatch together = new CountDownLatch(4);
    workers.run(
        4,
        _ -> {
          helpers.add(Thread.currentThread());
          together.countDown();
          await(together);
        });
    helpers.remove(Thread.currentThread());
    assertEquals(
        Set.of("anneal-worker-1", "anneal-worker-2", "anneal-worker-3"),
        helpers.stream().map(Thread::getName).collect(Collectors.toSet()));
    assertTrue(helpers.stream().allMatch(Thread::isDaemon));
    workers.close();
    for (Thread helper : helpers) {
      helper.join();
    }
    workers.close(); // again changes nothing
    assertThrows(IllegalStateException.class, () -> workers.run(4, _ -> {}));
  }

  @Test
  void aTeamHasAtLeastOneThread() {
    assertThrows(IllegalArgumentException.class, () -> new Workers(0));
    try (Workers workers = new Workers(5)) {
      assertEquals(5, workers.threads());
    }
  }
}
