package dev.anneal.core.parallel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
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
      Workers.Offer offer = workers.offer(task);
      for (int loop = 0; loop < 300; loop++) {
        offer.begin(loop % 40);
        workers.run(loop % 30, task);
        workers.run(1, task);
        offer.finish();
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
        Workers.Offer offer = workers.offer((i, _) -> offered.incrementAndGet(i));
        offer.begin(tasks);
        for (int loop = 0; loop < round % 4; loop++) {
          AtomicIntegerArray counts = new AtomicIntegerArray(round % 23);
          workers.run(round % 23, (i, _) -> counts.incrementAndGet(i));
          assertAllOne(counts);
        }
        offer.finish();
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
        Workers.Offer offer = workers.offer((_, _) -> done.countDown());
        offer.begin(5);
        done.await();
        offer.finish();
        Thread.sleep(round % 3); // now and then they have parked
      }
    }
  }

  @Test
  void anOfferIsFinishedOrCanceledBeforeItsNextTasks() {
    try (Workers workers = new Workers(1)) {
      int[] counts = new int[3];
      Workers.Offer offer = workers.offer((i, _) -> counts[i]++);
      assertThrows(IllegalStateException.class, offer::finish);
      offer.cancel(); // nothing happens
      offer.begin(3);
      assertArrayEquals(new int[3], counts); // nobody has time for it
      assertThrows(IllegalStateException.class, () -> offer.begin(2));
      offer.finish();
      assertArrayEquals(new int[] {1, 1, 1}, counts);
      assertThrows(IllegalStateException.class, offer::finish);
      offer.begin(2);
      offer.cancel();
      assertThrows(IllegalStateException.class, offer::finish);
      assertArrayEquals(new int[] {1, 1, 1}, counts);
      offer.begin(2);
      offer.finish();
      assertArrayEquals(new int[] {2, 2, 1}, counts);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void noTaskOfACanceledOfferIsUnderWayOrBegins(int threads) {
    try (Workers workers = new Workers(threads)) {
      AtomicInteger begun = new AtomicInteger();
      AtomicInteger done = new AtomicInteger();
      Workers.Offer offer =
          workers.offer((_, _) -> {
            begun.incrementAndGet();
            spin(10_000);
            done.incrementAndGet();
          });
      for (int round = 0; round < 500; round++) {
        offer.begin(40);
        spin(1_000 * (round % 100));
        offer.cancel();
        int all = begun.get();
        assertEquals(all, done.get());
        spin(5_000);
        assertEquals(all, begun.get());
      }
    }
  }

  private static void spin(long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
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
        AtomicIntegerArray others = new AtomicIntegerArray(50);
        Workers.Offer breaking =
            workers.offer((i, _) -> {
              counts.incrementAndGet(i);
              if (i == index) {
                throw thrown;
              }
            });
        Workers.Offer other = workers.offer((i, _) -> others.incrementAndGet(i));
        breaking.begin(50);
        other.begin(50);
        workers.run(50, (_, _) -> {});
        other.finish();
        assertAllOne(others);
        assertSame(thrown, assertThrows(RuntimeException.class, breaking::finish));
        assertAllOne(counts);
        breaking.begin(0);
        breaking.finish(); // it was told once
        breaking.begin(50);
        breaking.cancel(); // nobody wants to know
        breaking.begin(index);
        breaking.finish();
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
        Workers.Offer offer = workers.offer((i, _) -> counts.incrementAndGet(i));
        offer.begin(20);
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
        offer.finish();
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

  /** On a helper's thread as on the caller's own, of a loop as of an offer. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatATaskThrowsArrivesAsItself(boolean onHelper) {
    try (Workers workers = new Workers(2)) {
      Thread caller = Thread.currentThread();
      for (Throwable thrown :
          List.of(new StackOverflowError(), new ArithmeticException(), new IOException())) {
        AtomicReference<CountDownLatch> together = new AtomicReference<>(new CountDownLatch(2));
        Workers.Task task =
            (_, _) -> {
              together.get().countDown();
              await(together.get());
              if (onHelper == (Thread.currentThread() != caller)) {
                WorkersTest.<RuntimeException>raise(thrown);
              }
            };
        assertSame(thrown, assertThrows(Throwable.class, () -> workers.run(2, task)));
        Workers.Offer offer = workers.offer(task);
        together.set(new CountDownLatch(2));
        offer.begin(2);
        assertSame(thrown, assertThrows(Throwable.class, offer::finish));
      }
    }
  }

  /** Other languages than Java let a task throw what it does not declare. */
  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void raise(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void aLoopAllocatesNothing() {
    try (Workers workers = new Workers(3)) {
      Workers.Task nothing = (_, _) -> {};
      Workers.Offer offer = workers.offer(nothing);
      workers.run(8, nothing);
      Allocations allocations = new Allocations();
      assertTrue(allocations.workers() >= 2);
      boolean none =
          allocations.vanish(
              20,
              () -> {
                for (int loop = 0; loop < 1000; loop++) {
                  offer.begin(5);
                  workers.run(8, nothing);
                  offer.finish();
                  offer.begin(5);
                  offer.cancel();
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
    assertThrows(IllegalStateException.class, () -> workers.offer((_, _) -> {}).begin(4));
  }

  /** From inside a loop, while another is on offer: both come to their end, the next is refused. */
  @Test
  void whatIsUnderWayWhenTheTeamIsClosedIsFinished() {
    for (int round = 0; round < 100; round++) {
      Workers workers = new Workers(3);
      AtomicIntegerArray offered = new AtomicIntegerArray(30);
      Workers.Offer offer = workers.offer((i, _) -> offered.incrementAndGet(i));
      offer.begin(30);
      AtomicIntegerArray counts = new AtomicIntegerArray(30);
      workers.run(
          30,
          (i, _) -> {
            counts.incrementAndGet(i);
            if (i == 7) {
              workers.close();
            }
          });
      assertAllOne(counts);
      offer.finish();
      assertAllOne(offered);
      String message =
          assertThrows(IllegalStateException.class, () -> workers.run(30, (_, _) -> {}))
              .getMessage();
      assertEquals("these workers are closed", message);
      assertThrows(IllegalStateException.class, () -> offer.begin(30));
    }
  }

  /** Runs the same in several threads at once; what one of them throws is thrown. */
  private static void inThreads(int threads, IntConsumer body) throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        all.add(
            executor.submit(() -> {
              start.await();
              body.accept(thread);
              return null;
            }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
  }

  @Test
  void twoThreadsRunLoopsAtOnce() throws Exception {
    try (Workers workers = new Workers(2)) {
      Workers.Task nothing = (_, _) -> {};
      inThreads(
          2,
          _ -> {
            for (int loop = 0; loop < 200_000; loop++) {
              workers.run(8, nothing);
            }
          });
    }
  }

  /**
   * Each with working memory of its own by the number of the worker, and plain sums: a task that
   * were lost, run twice, or run at the same time with the same number would be seen.
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void eightThreadsRunAndOfferLoopsAtOnce(int threads) throws Exception {
    try (Workers workers = new Workers(threads)) {
      inThreads(
          8,
          caller -> {
            int tasks = 5 + 3 * caller;
            long[][] sums = new long[threads][1];
            Workers.Task task = (i, worker) -> sums[worker][0] += i + caller;
            Workers.Offer offer = workers.offer(task);
            long expected = 0;
            for (int loop = 0; loop < 10_000; loop++) {
              if (loop % 3 != 0) {
                offer.begin(tasks);
                expected += sum(tasks, caller);
              }
              for (int run = 0; run < loop % 4; run++) {
                workers.run(tasks + run, task);
                expected += sum(tasks + run, caller);
              }
              if (loop % 3 != 0) {
                offer.finish();
              }
              assertEquals(expected, Arrays.stream(sums).mapToLong(each -> each[0]).sum());
            }
          });
    }
  }

  private static long sum(long tasks, long addend) {
    return tasks * (tasks - 1) / 2 + tasks * addend;
  }

  /** Whoever runs the task around it: the caller, a helper, or both by turns. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void theTasksOfALoopMayRunLoops(int threads) {
    try (Workers workers = new Workers(threads)) {
      Workers.Task nesting =
          (_, _) -> {
            AtomicIntegerArray inner = new AtomicIntegerArray(9);
            Workers.Offer offer = workers.offer((i, _) -> inner.addAndGet(i, 10));
            offer.begin(9);
            workers.run(9, (i, _) -> workers.run(5, (_, _) -> inner.addAndGet(i, 200)));
            offer.finish();
            for (int i = 0; i < 9; i++) {
              assertEquals(1010, inner.get(i));
            }
          };
      Workers.Offer offer = workers.offer(nesting);
      for (int round = 0; round < 300; round++) {
        offer.begin(6);
        workers.run(6, nesting);
        offer.finish();
      }
    }
  }

  @Test
  void anInterruptedCallerFinishesItsLoopsAndStaysInterrupted() {
    try (Workers workers = new Workers(3)) {
      AtomicIntegerArray counts = new AtomicIntegerArray(9);
      Workers.Task slow =
          (i, _) -> {
            spin(100_000); // longer than anyone waits awake
            counts.incrementAndGet(i);
          };
      Workers.Offer offer = workers.offer(slow);
      Thread.currentThread().interrupt();
      for (int round = 1; round <= 10; round++) {
        offer.begin(9);
        workers.run(9, slow);
        offer.finish();
        assertTrue(Thread.currentThread().isInterrupted());
        for (int i = 0; i < 9; i++) {
          assertEquals(2 * round, counts.get(i));
        }
      }
    } finally {
      assertTrue(Thread.interrupted());
    }
  }

  /** An interrupt that stayed would never let it sleep. */
  @Test
  void anInterruptedHelperForgetsIt() throws InterruptedException {
    try (Workers workers = new Workers(2)) {
      AtomicReference<Thread> helper = new AtomicReference<>(Thread.currentThread());
      CountDownLatch done = new CountDownLatch(1);
      Workers.Offer offer =
          workers.offer((_, _) -> {
            helper.set(Thread.currentThread());
            helper.get().interrupt();
            done.countDown();
          });
      offer.begin(1);
      done.await();
      while (helper.get().isInterrupted()) {
        Thread.sleep(1);
      }
      offer.finish();
    }
  }

  /** A team may outlive by far what it has worked for. */
  @Test
  void whatIsOverIsNotKept() throws InterruptedException {
    try (Workers workers = new Workers(2)) {
      WeakReference<byte[]> ran = new WeakReference<>(work(workers, false));
      WeakReference<byte[]> offered = new WeakReference<>(work(workers, true));
      while (ran.get() != null || offered.get() != null) {
        System.gc();
        Thread.sleep(1);
      }
    }
  }

  private static byte[] work(Workers workers, boolean offers) {
    byte[] memory = new byte[4];
    Workers.Task task = (i, _) -> memory[i]++;
    if (offers) {
      Workers.Offer offer = workers.offer(task);
      offer.begin(memory.length);
      offer.finish();
    } else {
      workers.run(memory.length, task);
    }
    return memory;
  }

  @Test
  void aTeamHasAtLeastOneThread() {
    assertThrows(IllegalArgumentException.class, () -> new Workers(0));
    try (Workers workers = new Workers(5)) {
      assertEquals(5, workers.threads());
    }
  }
}
