package dev.anneal.schedulers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.Framework;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Cursor;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Relative;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.schedulers.Plateau.Mode;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class PlateauTest {
  private static final String TORCH = "torch113_sched_reducelronplateau";
  private static final String OPTAX = "optax_reduce_on_plateau";
  private static final String KERAS = "keras_callback_reducelronplateau";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        TORCH
            + "| min_rel_default | metrics | 1e-12"
            + "| plateau(0.1, delta_is=fraction, least_change=1e-8, dialect=torch)",
        TORCH
            + "| max_rel_p0 | metrics | 1e-12"
            + "| plateau(0.1, mode=max, factor=0.7, patience=0, delta=0.001, delta_is=fraction,"
            + " least_change=1e-8, dialect=torch)",
        KERAS + "| reduces | val_loss | 1e-12 | plateau(0.1, patience=1, delta=100)",
        KERAS + "| cooldown | val_loss | 1e-12 | plateau(0.1, patience=1, delta=100, cooldown=2)",
        OPTAX
            + "| default | loss | 1e-12"
            + "| plateau(0.1, monitor=loss, patience=9, delta_is=fraction, dialect=torch)",
        OPTAX
            + "| cooldown | loss | 1e-12"
            + "| plateau(0.1, monitor=loss, factor=0.5, patience=2, delta=0.01, delta_is=fraction,"
            + " cooldown=2, floor=0.02, dialect=torch)",
      })
  void oursIsTheirs(String file, String name, String metrics, double relative, String spec) {
    JsonNode golden =
        GoldenTest.cases(file)
            .filter(each -> each.get("case").asString().equals(name))
            .findFirst()
            .orElseThrow();
    Schedule schedule = Catalogue.load().schedule(spec);
    double[] recorded =
        StreamSupport.stream(golden.get("input").get(metrics).spliterator(), false)
            .mapToDouble(JsonNode::asDouble)
            .toArray();
    Cursor run = new Recorded(recorded).run(7);
    JsonNode expected = golden.get("expected");
    assertEquals(0.1, schedule.at(run));
    assertTrue(expected.size() > 1);
    for (int k = 0; k < expected.size(); k++) {
      // What is expected is the rate after the epoch, which is that of the next.
      double theirs = expected.get(k).asDouble();
      assertEquals(theirs, schedule.at(run.moveTo(7L * (k + 1))), relative * theirs);
    }
  }

  record Case(Plateau schedule, Recorded metrics) {}

  @Provide
  Arbitrary<Case> cases() {
    return Combinators.combine(
            Arbitraries.of(Mode.class),
            Arbitraries.of(0.0, 0.1, 0.5, 0.7),
            Arbitraries.integers().between(0, 3),
            Arbitraries.of(0.0, 1e-4, 0.3, 1.0),
            Arbitraries.of(Relative.class),
            Arbitraries.integers().between(0, 3),
            Arbitraries.of(0.0, 1e-3, 0.04, 0.2),
            Arbitraries.of(Dialects.of(Plateau.class)))
        .as((mode, factor, patience, delta, deltaIs, cooldown, floor, dialect) ->
            new PlateauBuilder(0.1)
                .monitor("val_loss")
                .mode(mode)
                .factor(factor)
                .patience(patience)
                .delta(delta)
                .deltaIs(deltaIs)
                .cooldown(cooldown)
                .floor(floor)
                .dialect(dialect)
                .leastChange(dialect == Framework.TORCH ? 1e-8 : 0)
                .build())
        .flatMap(schedule -> Recorded.any().map(metrics -> new Case(schedule, metrics)));
  }

  @Property
  void itIsTheCallbackOfItsDialect(@ForAll("cases") Case each) {
    Plateau p = each.schedule();
    Cursor run = each.metrics().run(3);
    double[] rates =
        p.dialect() == Framework.KERAS
            ? keras(p, each.metrics().values())
            : torch(p, each.metrics().values());
    for (int epoch = 0; epoch < rates.length; epoch++) {
      for (int batch = 0; batch < 3; batch++) {
        double actual = p.at(run.moveTo(3L * epoch + batch));
        assertEquals(rates[epoch], actual, 1e-13 * rates[epoch], "epoch " + epoch);
      }
    }
  }

  /** on_epoch_end of Keras, but that a first NaN is not taken for the best. */
  private static double[] keras(Plateau p, double[] metrics) {
    double[] rates = new double[metrics.length + 1];
    double lr = 0.1;
    rates[0] = lr;
    boolean found = false;
    double best = 0;
    int wait = 0;
    int cooling = 0;
    for (int epoch = 0; epoch < metrics.length; epoch++) {
      double current = metrics[epoch];
      if (cooling > 0) {
        cooling--;
        wait = 0;
      }
      boolean improved = found ? improves(p, current, best) : !Double.isNaN(current);
      if (improved) {
        found = true;
        best = current;
        wait = 0;
      } else if (!(cooling > 0)) {
        wait++;
        if (wait >= p.patience() && lr > p.floor()) {
          lr = Math.max(lr * p.factor(), p.floor());
          cooling = p.cooldown();
          wait = 0;
        }
      }
      rates[epoch + 1] = lr;
    }
    return rates;
  }

  /** step(metrics) of PyTorch. */
  private static double[] torch(Plateau p, double[] metrics) {
    double[] rates = new double[metrics.length + 1];
    double lr = 0.1;
    rates[0] = lr;
    double best = p.mode() == Mode.MIN ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    int bad = 0;
    int cooling = 0;
    for (int epoch = 0; epoch < metrics.length; epoch++) {
      if (improves(p, metrics[epoch], best)) {
        best = metrics[epoch];
        bad = 0;
      } else {
        bad++;
      }
      if (cooling > 0) {
        cooling--;
        bad = 0;
      }
      if (bad > p.patience()) {
        double reduced = Math.max(lr * p.factor(), p.floor());
        if (lr - reduced > 1e-8) {
          lr = reduced;
        }
        cooling = p.cooldown();
        bad = 0;
      }
      rates[epoch + 1] = lr;
    }
    return rates;
  }

  private static boolean improves(Plateau p, double metric, double best) {
    boolean relative = p.deltaIs() == Relative.FRACTION;
    if (p.mode() == Mode.MIN) {
      return metric < (relative ? best * (1 - p.delta()) : best - p.delta());
    }
    return metric > (relative ? best * (1 + p.delta()) : best + p.delta());
  }

  @Example
  void pyTorchWaitsOneEpochLonger() {
    Recorded flat = new Recorded(1, 1, 1, 1, 1);
    assertEquals(3, epochOfTheFirstReduction(Framework.KERAS, flat));
    assertEquals(4, epochOfTheFirstReduction(Framework.TORCH, flat));
  }

  private static int epochOfTheFirstReduction(Framework dialect, Recorded metrics) {
    Schedule schedule = plateau(new Constant(0.1), 2, dialect);
    int epoch = 0;
    while (schedule.at(metrics.run(1).moveTo(epoch)) == 0.1) {
      epoch++;
    }
    return epoch;
  }

  private static Plateau plateau(Schedule schedule, int patience, Framework dialect) {
    return new PlateauBuilder(schedule)
        .monitor("val_loss")
        .factor(0.1)
        .patience(patience)
        .delta(0)
        .dialect(dialect)
        .build();
  }

  @Example
  void aScheduleIsReducedAsAWhole() {
    Schedule falling = progress -> 1.0 / (1 + progress.epoch());
    Schedule schedule = plateau(falling, 1, Framework.KERAS);
    Cursor run = new Recorded(1, 1, 1, 1).run(2);
    assertEquals(1, schedule.at(run.moveTo(0)));
    assertEquals(1 / 2.0, schedule.at(run.moveTo(2)));
    assertEquals(1 / 3.0 * 0.1, schedule.at(run.moveTo(4)), 1e-16);
    assertEquals(1 / 4.0 * 0.01, schedule.at(run.moveTo(6)), 1e-16);
  }

  @Example
  void aReductionOfJustTheLeastChangeIsNotMade() {
    assertEquals(List.of(Framework.KERAS, Framework.TORCH), Dialects.of(Plateau.class));
    for (Framework dialect : Dialects.of(Plateau.class)) {
      assertEquals(1, afterThree(dialect, 0.5));
      assertEquals(0.5, afterThree(dialect, 0.49));
    }
  }

  private static double afterThree(Framework dialect, double leastChange) {
    Schedule schedule =
        new PlateauBuilder(1)
            .monitor("m")
            .factor(0.5)
            .patience(1)
            .delta(0)
            .cooldown(5)
            .dialect(dialect)
            .leastChange(leastChange)
            .build();
    return schedule.at(new Recorded(1, 1, 1).run(1).moveTo(3));
  }

  @Example
  void withoutMetricsItIsTheSchedule() {
    Schedule schedule = plateau(new Constant(0.1), 1, Framework.KERAS);
    assertEquals(0.1, schedule.at(Progress.at(500, 10, 1000)));
    assertEquals(Optional.of("val_loss"), schedule.monitored());
  }
}
