package dev.anneal.nn.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.api.InputException;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.sample.Samples;
import dev.anneal.nn.Mlp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Samples that are others in each epoch. */
class AugmentedSamplesTest {
  private static final Mlp MLP = Mlp.parse("4-6-3");
  private static final Samples PLAIN = TestData.clouds(50, 4, 3);

  private final Workers workers = new Workers(2);

  @AfterEach
  void close() {
    workers.close();
  }

  /** The same samples. */
  private static class View implements Samples {
    private final Samples plain;

    View(Samples plain) {
      this.plain = plain;
    }

    @Override
    public int size() {
      return plain.size();
    }

    @Override
    public int features() {
      return plain.features();
    }

    @Override
    public int classes() {
      return plain.classes();
    }

    @Override
    public void copy(int sample, float[] to, int at) {
      plain.copy(sample, to, at);
    }

    @Override
    public int label(int sample) {
      return plain.label(sample);
    }
  }

  /** Each sample a little elsewhere: a function of seed, epoch and sample. */
  private static final class Jittered extends View {
    private final long seed;
    private final Set<Integer> seen = ConcurrentHashMap.newKeySet();

    Jittered(long seed) {
      super(PLAIN);
      this.seed = seed;
    }

    @Override
    public Samples epoch(int epoch) {
      seen.add(epoch);
      return new View(this) {
        @Override
        public void copy(int sample, float[] to, int at) {
          super.copy(sample, to, at);
          Random random = new Random(seed * 1_000_003 + epoch * 1009L + sample);
          for (int i = at; i < at + features(); i++) {
            to[i] += (float) random.nextGaussian() / 4;
          }
        }
      };
    }
  }

  private Training training() {
    return Training.ofGroups(MLP.model(), MLP.loss(), TestData.groups("adam(0.02)"))
        .batch(8)
        .epochs(3)
        .validation(new Jittered(9))
        .workers(workers);
  }

  @Test
  void eachEpochSeesItsOwnSamples() {
    Jittered samples = new Jittered(9);
    Trainer trainer = training().trainer();
    trainer.fit(samples);
    assertEquals(Set.of(0, 1, 2), samples.seen);
    assertArrayEquals(trainer.weights(), training().fit(new Jittered(9)).weights());
    assertFalse(Arrays.equals(trainer.weights(), training().fit(new Jittered(10)).weights()));
    assertFalse(Arrays.equals(trainer.weights(), training().fit(PLAIN).weights()));
    Samples first = samples.epoch(0);
    Samples always =
        new View(first) {
          @Override
          public Samples epoch(int epoch) {
            return first;
          }
        };
    assertFalse(Arrays.equals(trainer.weights(), training().fit(always).weights()));
  }

  @Test
  void validationSeesThemAsTheyAre() {
    Trainer trainer = training().fit(new Jittered(9));
    assertEquals(trainer.evaluate(PLAIN).loss(), trainer.history().last().value("val_loss"), 0);
  }

  @Test
  void aResumedRunSeesTheSame() {
    Jittered samples = new Jittered(9);
    Trainer whole = training().trainer();
    Session session = whole.session(samples);
    List<TrainingState> states = new ArrayList<>();
    while (session.step()) {
      states.add(session.state());
    }
    for (TrainingState state : states) {
      Trainer other = training().trainer();
      Session resumed = other.session(new Jittered(9));
      resumed.restore(state);
      resumed.run();
      assertArrayEquals(whole.weights(), other.weights());
    }
  }

  @Test
  void whatIsNotFiniteIsFoundInTheEpochThatItIsIn() {
    Samples broken =
        new View(PLAIN) {
          @Override
          public Samples epoch(int epoch) {
            return epoch < 1
                ? PLAIN
                : new View(PLAIN) {
                  @Override
                  public void copy(int sample, float[] to, int at) {
                    super.copy(sample, to, at);
                    to[at] = sample == 7 ? Float.NaN : to[at];
                  }
                };
          }
        };
    Session session = training().trainer().session(broken);
    session.run();
    assertEquals(
        List.of("2: data that are not finite, in sample 7"),
        session.incidents().stream().map(each -> each.epoch() + ": " + each.what()).toList());
  }

  @Test
  void anEpochHasSamplesOfTheSameForm() {
    Samples fewer =
        new View(PLAIN) {
          @Override
          public Samples epoch(int epoch) {
            return epoch == 0 ? PLAIN : TestData.clouds(20, 4, 3);
          }
        };
    assertEquals(
        "the samples of epoch 2 are of another form",
        assertThrows(InputException.class, () -> training().fit(fewer)).getMessage());
  }
}
