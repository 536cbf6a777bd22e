package dev.anneal.core.parallel;

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
        workers.run(tasks, (i, _) -> counts.incrementAndGet(i));
        assertAllOne(counts);
      }
    }
  }

  /** The number of a worker names its working memory, so no two tasks at a time may share it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void noTwoTasksAtATimeHaveTheSameWorker(int threads) {
    try (Workers workers = new Workers(threads)) {
      AtomicIntegerArray busy = new AtomicIntegerArray(threads); // throws for numbers out of range
      Workers.Task task =
          (_, worker) -> {
            assertTrue(busy.compareAndSet(worker, 0, 1), "worker " + worker);
            Thread.onSpinWait();
            busy.set(worker, 0);
          };
      for (int loop = 0; loop < 300; loop++) {
        workers.offer(loop % 40, task);
        workers.run(loop % 30, task);
        workers.run(1, task);
        workers.finishOffered();
      }
    }
  }

  /** With as many tasks as threads that wait for each other, every number occurs. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void everyThreadHasANumber(int threads) {
    try (Workers workers = new Workers(threads)) {
      Set<Integer> numbers = ConcurrentHashMap.newKeySet();
      CountDownLatch together = new CountDownLatch(threads);
      workers.run(
          threads,
          (_, worker) -> {
            numbers.add(worker);
            together.countDown();
            await(together);
          });
      assertEquals(IntStream.range(0, threads).boxed().collect(Collectors.toSet()), numbers);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyOfferedTaskIsRunExactlyOnceWhileLoopsGoOn(int threads) {
    try (Workers workers = new Workers(threads)) {
      for (int round = 0; round < 400; round++) {
        int tasks = round % 67;
        AtomicIntegerArray offered = new AtomicIntegerArray(tasks);
        workers.offer(tasks, (i, _) -> offered.incrementAndGet(i));
        for (int loop = 0; loop < round % 4; loop++) {
          AtomicIntegerArray counts = new AtomicIntegerArray(round % 23);
          workers.run(round % 23, (i, _) -> counts.incrementAndGet(i));
          assertAllOne(counts);
        }
        workers.finishOffered();
        assertAllOne(offered);
        workers.finishOffered(); // again changes nothing
        assertAllOne(offered);
      }
    }
  }

  private static void assertAllOne(AtomicIntegerArray counts) {
    for (int i = 0; i < counts.length(); i++) {
      assertEquals(1, counts.get(i), "index " + i + " of " + counts.length());
    }
  }

  /** Else an offer would be no more than a loop that runs later. */
  @Test
  void helpersTakeWhatIsOfferedWhileTheCallerDoesSomethingElse() throws InterruptedException {
    try (Workers workers = new Workers(2)) {
      for (int round = 0; round < 20; round++) {
        CountDownLatch done = new CountDownLatch(5);
        workers.offer(5, (_, _) -> done.countDown());
        done.await();
        workers.finishOffered();
        Thread.sleep(round % 3); // now and then they have parked
      }
    }
  }

  @Test
  void whatIsLeftOfAnOfferIsDoneByTheNextOne() {
    try (Workers workers = new Workers(1)) {
      int[] counts = new int[3];
      workers.offer(3, (i, _) -> counts[i]++);
      assertArrayEquals(new int[3], counts); // nobody has time for it
      workers.offer(2, (i, _) -> counts[i] += 10);
      assertArrayEquals(new int[] {1, 1, 1}, counts);
      workers.finishOffered();
      assertArrayEquals(new int[] {11, 11, 1}, counts);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void anExceptionOfAnOfferReachesWhoFinishesItAndNobodyElse(int threads) {
    try (Workers workers = new Workers(threads)) {
      for (int bad = 0; bad < 200; bad++) {
        int index = bad % 50;
        var thrown = new IllegalArgumentException("task " + index);
        AtomicIntegerArray counts = new AtomicIntegerArray(50);
        Workers.Task breaking =
            (i, _) -> {
              counts.incrementAndGet(i);
              if (i == index) {
                throw thrown;
              }
            };
        workers.offer(50, breaking);
        workers.run(50, (_, _) -> {});
        assertSame(thrown, assertThrows(RuntimeException.class, workers::finishOffered));
        assertAllOne(counts);
        workers.finishOffered(); // it was told once
        // An offer that nobody finished takes its error with it.
        workers.offer(50, breaking);
        int[] after = new int[50];
        workers.offer(50, (i, _) -> after[i] = i);
        workers.finishOffered();
        assertArrayEquals(IntStream.range(0, 50).toArray(), after);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void anExceptionOfALoopLeavesTheOfferAlone(int threads) {
    try (Workers workers = new Workers(threads)) {
      var thrown = new IllegalArgumentException();
      for (int round = 0; round < 100; round++) {
        AtomicIntegerArray counts = new AtomicIntegerArray(20);
        workers.offer(20, (i, _) -> counts.incrementAndGet(i));
        assertSame(
            thrown,
            assertThrows(
                RuntimeException.class,
                () ->
                    workers.run(
                        9,
                        (_, _) -> {
                          throw thrown;
                        })));
        workers.finishOffered();
        assertAllOne(counts);
      }
    }
  }

  /** Plain writes of the helpers are seen by the caller, and those of the caller by the helpers. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void thousandsOfLoopsInARowLoseNothing(int threads) {
    try (Workers workers = new Workers(threads)) {
      int[] values = new int[32];
      Workers.Task increment = (i, _) -> values[i]++;
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
            (_, _) -> {
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
            (i, _) -> {
              if (i == index) {
                throw thrown;
              }
            };
        assertSame(thrown, assertThrows(RuntimeException.class, () -> workers.run(50, task)));
        int[] after = new int[50];
        workers.run(50, (i, _) -> after[i] = i);
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
          (_, _) -> {
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
      Workers.Task nothing = (_, _) -> {};
      workers.run(8, nothing);
      Allocations allocations = new Allocations();
      assertTrue(allocations.workers() >= 2);
      boolean none =
          allocations.vanish(
              20,
              () -> {
                for (int loop = 0; loop < 1000; loop++) {
                  workers.offer(5, nothing);
                  workers.run(8, nothing);
                  workers.finishOffered();
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
        (_, _) -> {
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
    assertThrows(IllegalStateException.class, () -> workers.run(4, (_, _) -> {}));
    assertThrows(IllegalStateException.class, () -> workers.offer(4, (_, _) -> {}));
  }

  @Test
  void aTeamHasAtLeastOneThread() {
    assertThrows(IllegalArgumentException.class, () -> new Workers(0));
    try (Workers workers = new Workers(5)) {
      assertEquals(5, workers.threads());
    }
  }
}
