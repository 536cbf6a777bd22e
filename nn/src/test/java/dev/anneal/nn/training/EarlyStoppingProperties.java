package dev.anneal.nn.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.api.schedule.MetricHistory;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class EarlyStoppingProperties {
  private record Recorded(List<Double> values) implements MetricHistory {
    @Override
    public int epochs() {
      return values.size();
    }

    @Override
    public double value(String metric, int epoch) {
      return values.get(epoch);
    }
  }

  /** Few different values, so that ties and equal differences are common; and what diverges. */
  @Provide
  Arbitrary<List<Double>> curves() {
    return Arbitraries.of(
            0.0, 0.25, 0.5, 0.75, 1.0, 1.25, -1.0, Double.NaN, Double.POSITIVE_INFINITY)
        .list()
        .ofMinSize(1)
        .ofMaxSize(12);
  }

  /** The loop of Keras's callback: it counts how long it waited, and stops once that is enough. */
  private static int keras(List<Double> values, boolean up, int patience, double minDelta) {
    double best = up ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    int wait = 0;
    for (int epoch = 0; epoch < values.size(); epoch++) {
      double value = values.get(epoch);
      wait++;
      if (up ? value - minDelta > best : value + minDelta < best) {
        best = value;
        wait = 0;
      } else if (wait >= patience && epoch > 0) {
        return epoch;
      }
    }
    return -1;
  }

  private static int stops(EarlyStopping stopping, List<Double> values) {
    for (int epoch = 0; epoch < values.size(); epoch++) {
      if (stopping.stops(new Recorded(values.subList(0, epoch + 1)))) {
        return epoch;
      }
    }
    return -1;
  }

  @Property
  void stopsWhereKerasDoes(
      @ForAll("curves") List<Double> values,
      @ForAll @IntRange(min = 1, max = 4) int patience,
      @ForAll boolean delta) {
    double minDelta = delta ? 0.25 : 0;
    assertEquals(
        keras(values, false, patience, minDelta),
        stops(new EarlyStopping(new Monitor("val_loss", minDelta), patience), values));
    List<Double> negative = new ArrayList<>(values.stream().map(x -> -x).toList());
    assertEquals(
        keras(negative, true, patience, minDelta),
        stops(new EarlyStopping(new Monitor("val_accuracy", minDelta), patience), negative));
  }

  @Example
  void theBestEpochIsTheFirstThatNoLaterOneBeatsByEnough() {
    Monitor loss = new Monitor("loss", 0.25);
    assertEquals(-1, loss.best(new Recorded(List.of())));
    assertEquals(-1, loss.best(new Recorded(List.of(Double.NaN))));
    assertEquals(1, loss.best(new Recorded(List.of(Double.NaN, 3.0, Double.NaN))));
    assertEquals(0, loss.best(new Recorded(List.of(1.0, 0.75, 0.8))));
    assertEquals(2, loss.best(new Recorded(List.of(1.0, 0.75, 0.7))));
    Monitor accuracy = new Monitor("accuracy", 0);
    assertEquals(1, accuracy.best(new Recorded(List.of(0.5, 0.7, 0.7, 0.6))));
  }

  @Example
  void anEmptyHistoryStopsNothing() {
    assertFalse(new EarlyStopping(new Monitor("loss", 0), 1).stops(new Recorded(List.of())));
    assertTrue(new EarlyStopping(new Monitor("loss", 0), 1).stops(new Recorded(List.of(1.0, 1.0))));
  }

  @Example
  void badNumbersAreRefused() {
    assertEquals(
        "early stopping: patience must be at least 1 epoch, not 0",
        assertThrows(InputException.class, () -> new EarlyStopping(new Monitor("loss", 0), 0))
            .getMessage());
    assertEquals(
        "min_delta must be in [0, inf), not NaN",
        assertThrows(InputException.class, () -> new Monitor("loss", Double.NaN)).getMessage());
    assertThrows(InputException.class, () -> new Monitor("loss", -1e-9));
  }
}
