package dev.anneal.nn.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.schedule.Progress;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.sample.Samples;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DataLoaderTest {
  private static final int FEATURES = 19;
  private static final int SIZE = 60;

  /** Sample i has the features 100 i, 100 i + 1 ... and the label i modulo 7. */
  private static class Numbered implements Samples {
    @Override
    public int size() {
      return SIZE;
    }

    @Override
    public int features() {
      return FEATURES;
    }

    @Override
    public int classes() {
      return 7;
    }

    @Override
    public void copy(int sample, float[] to, int at) {
      for (int i = 0; i < FEATURES; i++) {
        to[at + i] = 100 * sample + i;
      }
    }

    @Override
    public int label(int sample) {
      return sample % 7;
    }
  }

  /** A plan whose output is its features. */
  private static Plan plan(int batch, Workers workers) {
    Graph graph = new Graph();
    Node features = graph.features(FEATURES);
    Program program = Program.of(graph, features, graph.rowSum(features), List.of());
    ParameterStore store = ParameterStore.of(List.of(), List.of(program), new RandomStream(1));
    return new Plan(
        program, store, FEATURES, batch, new RandomStream(1), Width.preferred(), workers);
  }

  private static int[] order(int n, long seed) {
    return new Random(seed).ints(n, 0, SIZE).toArray();
  }

  private static void assertHolds(Plan plan, int row, int sample) {
    assertEquals(sample % 7, plan.label(row, 0));
    for (int i = 0; i < FEATURES; i++) {
      assertEquals(100 * sample + i, plan.output(row, i));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 16", "2, 16", "3, 16", "4, 16", "2, 1", "2, 7", "3, 8", "3, 9", "4, 200"})
  void batchesHaveTheSamplesInTheirOrder(int threads, int batch) {
    try (Workers workers = new Workers(threads)) {
      Plan plan = plan(batch, workers);
      for (int n : new int[] {1, 15, 16, 17, 32, 131}) { // the same plan serves many loaders
        int[] order = order(n, n);
        DataLoader loader = new DataLoader(plan.inputs(), batch, workers, new Numbered(), order);
        int at = 0;
        for (int count = loader.advance(); count > 0; count = loader.advance()) {
          assertEquals(Math.min(batch, n - at), count);
          plan.run(count, Progress.at(0, 1, 1));
          for (int row = 0; row < count; row++) {
            assertHolds(plan, row, order[at + row]);
          }
          at += count;
        }
        assertEquals(n, at);
      }
    }
  }

  /** While the caller still computes with a batch, and that one stays as it is. */
  @Test
  void helpersGatherTheNextBatchAheadOfTime() throws InterruptedException {
    try (Workers workers = new Workers(2)) {
      Plan plan = plan(16, workers);
      List<CountDownLatch> batches = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        batches.add(new CountDownLatch(16));
      }
      Samples samples =
          new Numbered() {
            @Override
            public int label(int sample) {
              batches.get(sample / 16).countDown();
              return super.label(sample);
            }
          };
      int[] order = new int[48];
      for (int i = 0; i < order.length; i++) {
        order[i] = i;
      }
      DataLoader loader = new DataLoader(plan.inputs(), 16, workers, samples, order);
      for (int batch = 0; batch < 3; batch++) {
        assertTrue(batches.get(batch).await(30, TimeUnit.SECONDS));
        assertEquals(16, loader.advance());
        if (batch < 2) {
          assertTrue(batches.get(batch + 1).await(30, TimeUnit.SECONDS));
        }
        plan.run(16, Progress.at(0, 1, 1));
        for (int row = 0; row < 16; row++) {
          assertHolds(plan, row, 16 * batch + row);
        }
      }
      assertEquals(0, loader.advance());
    }
  }

  @ParameterizedTest
  @CsvSource({"1, false", "2, false", "3, false", "1, true", "2, true", "3, true"})
  void whatASampleThrowsComesWithItsBatch(int threads, boolean error) {
    try (Workers workers = new Workers(threads)) {
      Plan plan = plan(16, workers);
      var exception = new IllegalArgumentException();
      var outOfMemory = new OutOfMemoryError();
      Samples breaking =
          new Numbered() {
            @Override
            public void copy(int sample, float[] to, int at) {
              if (sample == 40 && error) {
                throw outOfMemory;
              } else if (sample == 40) {
                throw exception;
              }
              super.copy(sample, to, at);
            }
          };
      int[] order = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 40, 18};
      DataLoader loader = new DataLoader(plan.inputs(), 16, workers, breaking, order);
      assertEquals(16, loader.advance());
      assertSame(error ? outOfMemory : exception, assertThrows(Throwable.class, loader::advance));
      assertLoads(new DataLoader(plan.inputs(), 16, workers, new Numbered(), order), plan, order);
    }
  }

  /** Also where it would have failed, and while it still writes. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aLoaderThatWasGivenUpDoesNotDisturbTheNextOne(int threads) {
    try (Workers workers = new Workers(threads)) {
      Plan plan = plan(64, workers);
      Samples slow =
          new Numbered() {
            @Override
            public int label(int sample) {
              for (int spin = 0; spin < 100; spin++) {
                Thread.onSpinWait();
              }
              if (sample % 10 == 9) {
                throw new IllegalArgumentException();
              }
              return -1;
            }
          };
      for (int round = 0; round < 100; round++) {
        DataLoader given = new DataLoader(plan.inputs(), 64, workers, slow, order(64, round));
        int[] order = order(64, -round);
        DataLoader loader = new DataLoader(plan.inputs(), 64, workers, new Numbered(), order);
        assertThrows(IllegalStateException.class, given::advance);
        assertLoads(loader, plan, order);
      }
    }
  }

  private static void assertLoads(DataLoader loader, Plan plan, int[] order) {
    int at = 0;
    for (int count = loader.advance(); count > 0; count = loader.advance()) {
      plan.run(count, Progress.at(0, 1, 1));
      for (int row = 0; row < count; row++) {
        assertHolds(plan, row, order[at + row]);
      }
      at += count;
    }
    assertEquals(order.length, at);
  }
}
