package dev.anneal.preview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class PreviewProperties {
  private static final Catalogue CATALOGUE = Catalogue.load();

  private static HyperparameterPreview preview(Schedule schedule, long iterations, int each) {
    PlannedRun run = PlannedRun.of(1, 1, true);
    return new HyperparameterPreview(
        "learning_rate",
        schedule,
        new PlannedRun(iterations, each, run.measured(), run.recorded()));
  }

  @Example
  void turnsHaveTheValuesAroundThem() {
    HyperparameterPreview preview =
        preview(CATALOGUE.schedule("sequence([0.1, 0.01, 0.001], boundaries=[4it, 30it])"), 20, 5);
    assertEquals(2, preview.turns().size());
    assertEquals(0.1, preview.turns().get(0).before());
    assertEquals(0.01, preview.turns().get(0).at());
    assertEquals("0.8", preview.run().epoch(4));
    assertTrue(preview.isBeyond(preview.boundaries().get(1)));
    assertTrue(Double.isNaN(preview.turns().get(1).at()));
  }

  @Example
  void aRunOfLessThanAnEpochHasNoValueAfterIt() {
    assertTrue(preview(progress -> 1, 9, 10).afterFirstEpoch().isEmpty());
    assertEquals(1, preview(progress -> 1, 10, 10).afterFirstEpoch().orElseThrow());
  }

  /** A dip of a single update at a boundary, wherever it lies in a run too long to be read. */
  @Property(tries = 20)
  void aNarrowDipAtABoundaryIsSeen(
      @ForAll @LongRange(min = 1, max = 9_999_998) long at,
      @ForAll @IntRange(min = 1, max = 200) int columns) {
    Schedule dip =
        CATALOGUE.schedule(
            "sequence([0.5, 0.25, 0.5], boundaries=[%dit, %dit])".formatted(at, at + 1));
    SampledCurve curve = preview(dip, 10_000_000, 100_000).curve();
    assertTrue(curve.size() < 200_000);
    assertEquals(new SampledCurve.Point(at, 0.25), curve.least());
    assertEquals(new SampledCurve.Point(0, 0.5), curve.greatest());
    assertEquals(
        1, curve.columns(columns).stream().filter(column -> column.least() == 0.25).count());
    assertEquals(
        0.25,
        curve.thinned(columns).stream().mapToDouble(SampledCurve.Point::value).min().orElseThrow());
    assertTrue(curve.thinned(columns).size() <= 4 * columns);
  }

  @Example
  void aColumnInWhichNothingIsReadHasTheValueBefore() {
    List<SampledCurve.Column> columns = preview(Progress::iteration, 2, 1).curve().columns(4);
    assertEquals(
        List.of(0.0, 0.0, 1.0, 1.0), columns.stream().map(SampledCurve.Column::last).toList());
  }
}
