package dev.anneal.formulas;

import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Unit;
import java.util.Locale;

/** What a formula may read of the time. */
enum Variable implements Term {
  T {
    @Override
    public double at(Progress run, long iteration, Unit per) {
      return per == Unit.EPOCH ? EPOCH.at(run, iteration, per) : iteration;
    }
  },
  ITERATION {
    @Override
    public double at(Progress run, long iteration, Unit per) {
      return iteration;
    }
  },
  EPOCH {
    @Override
    public double at(Progress run, long iteration, Unit per) {
      return (double) Math.floorDiv(iteration, run.iterationsPerEpoch());
    }
  },
  EPOCHS {
    @Override
    public double at(Progress run, long iteration, Unit per) {
      return (double) iteration / run.iterationsPerEpoch();
    }
  },
  TOTAL {
    @Override
    public double at(Progress run, long iteration, Unit per) {
      double total = run.totalIterations();
      return per == Unit.EPOCH ? total / run.iterationsPerEpoch() : total;
    }
  },
  PROGRESS {
    @Override
    public double at(Progress run, long iteration, Unit per) {
      return Math.min(1, (double) iteration / run.totalIterations());
    }
  };

  /** Its name in formulas. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
