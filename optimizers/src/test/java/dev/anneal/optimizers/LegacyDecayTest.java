package dev.anneal.optimizers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Cursor;
import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What those who look at a schedule learn of the decay. */
class LegacyDecayTest {
  private static final Cursor RUN = new Cursor(10, 100, MetricHistory.NONE);

  /** 0.5, then 0.25. */
  private record Halved() implements Schedule {
    @Override
    public double at(Progress progress) {
      return progress.iteration() < 7 ? 0.5 : 0.25;
    }

    @Override
    public List<Boundary> boundaries(Progress run) {
      return List.of(Boundary.jump(7, "halved"));
    }
  }

  private static Schedule rate(String text) {
    Optimizer optimizer = Catalogue.load().optimizer(text);
    return optimizer.hyperparameters().getFirst().schedule();
  }

  @Test
  void aConstantMayBeReadByTheEpoch() {
    Schedule decayed = rate("sgd(0.5, decay=0.25)");
    var read = decayed.perEpoch().orElseThrow();
    assertEquals(
        "time-based(initial=0.5, decay=0.25) per epoch, and no decay in the optimizer",
        read.advice().orElseThrow());
    RUN.moveTo(40);
    assertEquals(0.5 / 11, decayed.at(RUN), 1e-15);
    assertEquals(0.25, read.schedule().at(RUN), 1e-15);
  }

  @Test
  void anotherScheduleKeepsWhatItDeclares() {
    Schedule halved = new Halved();
    Schedule decayed = new LegacyDecay(halved, 0.25);
    assertEquals(halved.boundaries(RUN), decayed.boundaries(RUN));
    assertEquals(List.of(halved), decayed.parts());
    assertEquals(Optional.empty(), decayed.perEpoch());
    assertNotEquals(List.of(), decayed.boundaries(RUN));
  }

  @Test
  void itIsShownAsAFormula() {
    assertEquals("0.5 / (1 + 0.25 * iteration)", rate("sgd(0.5, decay=0.25)").toString());
    assertEquals(new Constant(0.5), rate("sgd(0.5)"));
    assertEquals(new Constant(0.5), rate("adagrad(0.5)"));
  }
}
