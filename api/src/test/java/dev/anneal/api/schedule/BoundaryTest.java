package dev.anneal.api.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.api.schedule.Boundary.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundaryTest {
  /** A schedule that declares boundaries at these iterations, and its end at the run's. */
  private record Declaring(long... at) implements Schedule {
    @Override
    public double at(Progress progress) {
      return 1;
    }

    @Override
    public List<Boundary> boundaries(Progress run) {
      List<Boundary> all =
          new ArrayList<>(Arrays.stream(at).mapToObj(i -> Boundary.bend(i, "own")).toList());
      all.add(Boundary.end(run.totalIterations()));
      return all;
    }
  }

  private static final Progress RUN = Progress.at(0, 10, 100);

  private static List<String> names(Schedule schedule, Progress run) {
    return schedule.boundaries(run).stream().map(b -> b.iteration() + " " + b.name()).toList();
  }

  @Test
  void aBoundaryHasAPlaceAndAKind() {
    assertEquals(new Boundary(3, "x", Kind.PHASE, true), Boundary.jump(3, "x"));
    assertEquals(new Boundary(3, "x", Kind.PHASE, false), Boundary.bend(3, "x"));
    assertEquals(new Boundary(3, "end", Kind.END, false), Boundary.end(3));
    assertEquals(Boundary.jump(7, "x"), Boundary.jump(3, "x").after(4));
    assertEquals(Boundary.end(7), Boundary.end(3).after(4));
    assertEquals(Long.MAX_VALUE, Boundary.end(Long.MAX_VALUE).after(1).iteration());
    assertEquals(Long.MAX_VALUE, Boundary.end(Long.MAX_VALUE).after(0).iteration());
    assertEquals(Long.MAX_VALUE, Boundary.end(2).after(Long.MAX_VALUE).iteration());
  }

  @Test
  void aSequenceListsTheBoundariesWithinEachPart() {
    Schedule sequence = new Declaring(5, 30).then(Duration.iterations(20), new Declaring(10, 90));
    // The first one's end coincides with the next one's beginning, which is what is listed.
    assertEquals(
        List.of("5 own", "20 schedule 2", "30 own", "110 own", "100 end"), names(sequence, RUN));
    Schedule empty =
        new Sequence(
            List.of(new Declaring(0), new Declaring(0), new Declaring()),
            List.of(Duration.iterations(20), Duration.iterations(20)));
    assertEquals(List.of("0 own", "20 schedule 2", "20 schedule 3", "100 end"), names(empty, RUN));
  }

  @Test
  void aWarmUpDelaysTheBoundariesOrHidesThem() {
    for (Warmup.Clock clock : Warmup.Clock.values()) {
      Schedule warmup =
          new WarmupBuilder(new Declaring(5, 20, 30), Duration.iterations(20), Unit.ITERATION)
              .fromIs(Relative.VALUE)
              .clock(clock)
              .build();
      assertEquals(
          switch (clock) {
            case AFTER -> List.of("20 warm-up over", "25 own", "40 own", "50 own", "100 end");
            case DURING -> List.of("20 warm-up over", "20 own", "30 own", "100 end");
            case MULTIPLY -> List.of("5 own", "20 warm-up over", "20 own", "30 own", "100 end");
          },
          names(warmup, RUN));
      assertEquals(
          List.of(Kind.WARMED_UP),
          warmup.boundaries(RUN).stream()
              .filter(b -> b.name().equals("warm-up over"))
              .map(Boundary::kind)
              .toList());
    }
  }

  @Test
  void aWarmUpPerEpochEndsWithAnEpoch() {
    Schedule warmup =
        new WarmupBuilder(1, Duration.iterations(15), Unit.EPOCH).fromIs(Relative.VALUE).build();
    assertEquals(List.of("20 warm-up over"), names(warmup, RUN));
  }

  @Test
  void aRepetitionListsEachTime() {
    assertEquals(
        List.of("5 own", "40 time 2", "45 own", "80 time 3", "85 own"),
        names(new Declaring(5, 60).repeat(Duration.iterations(40)), RUN));
    assertEquals(
        List.of("5 own", "40 time 2", "45 own", "80 end of the repetition"),
        names(new Repeat(new Declaring(5), Duration.iterations(40), 2), RUN));
    assertEquals(
        List.of("5 own", "50 time 2", "55 own", "100 end of the repetition"),
        names(new Repeat(new Declaring(5), Duration.percent(50), 2), RUN));
    assertTrue(new Repeat(new Constant(1), Duration.epochs(20), 2).boundaries(RUN).isEmpty());
    assertTrue(new Repeat(new Constant(1), Duration.iterations(1e30), 3).boundaries(RUN).isEmpty());
  }

  @Test
  void aRepetitionWithoutEndListsItsFirstTimes() {
    List<Boundary> all =
        new Constant(1).repeat(Duration.iterations(1)).boundaries(Progress.at(0, 1, 1_000_000));
    assertEquals(Boundary.MOST, all.size());
    assertEquals(Boundary.MOST, all.getLast().iteration());
  }

  @Test
  void aShiftDelaysTheBoundaries() {
    assertEquals(
        List.of("10 shifted schedule", "15 own", "100 end"),
        names(new Declaring(5).shift(Duration.epochs(1)), RUN));
    assertEquals(
        List.of("5 own", "100 end"), names(new Declaring(5).shift(Duration.epochs(0)), RUN));
    assertFalse(new Constant(1).shift(Duration.epochs(1)).boundaries(RUN).getFirst().jumps());
  }

  @Test
  void whatReadsOneClockListsAllInOrder() {
    List<Schedule> two = List.of(new Declaring(5, 50), new Declaring(2, 60));
    List<String> expected = List.of("2 own", "5 own", "50 own", "60 own", "100 end", "100 end");
    assertEquals(expected, names(new Product(two), RUN));
    assertEquals(expected, names(new Sum(two), RUN));
    assertEquals(expected, names(new Maximum(two), RUN));
    assertEquals(expected, names(new Minimum(two), RUN));
    assertEquals(List.of("5 own", "100 end"), names(new Declaring(5).scale(2), RUN));
    assertEquals(List.of("5 own", "100 end"), names(new Declaring(5).clamp(0, 1), RUN));
  }

  @Test
  void theFirstIterationAtOrAfterATime() {
    Progress run = Progress.at(0, 8, 1000);
    assertEquals(0, Duration.epochs(0).firstIteration(run));
    assertEquals(3, Duration.iterations(2.5).firstIteration(run));
    assertEquals(3, Duration.iterations(3).firstIteration(run));
    assertEquals(4, Duration.epochs(0.5).firstIteration(run));
    assertEquals(5, Duration.epochs(0.51).firstIteration(run));
    assertEquals(70, Duration.percent(7).firstIteration(run));
    assertEquals(71, Duration.percent(7.01).firstIteration(run));
    assertEquals(Long.MAX_VALUE, Duration.epochs(1e300).firstIteration(run));
    assertEquals(Long.MAX_VALUE, Duration.percent(Double.MAX_VALUE).firstIteration(run));

    assertEquals(3, Unit.ITERATION.firstIteration(2.1, run));
    assertEquals(24, Unit.EPOCH.firstIteration(2.1, run));
    assertEquals(16, Unit.EPOCH.firstIteration(2, run));
    assertEquals(Long.MAX_VALUE, Unit.ITERATION.firstIteration(Double.MAX_VALUE, run));
    assertEquals(Long.MAX_VALUE, Unit.EPOCH.firstIteration(1e300, run));
    assertEquals(17, Unit.ITERATION.clock(Progress.at(17, 8, 1000)));
    assertEquals(2, Unit.EPOCH.clock(Progress.at(17, 8, 1000)));
  }

  @Test
  void timesOfOneMeasureAscend() {
    Duration.checkAscending("p", "at", List.of());
    Duration.checkAscending(
        "p", "at", List.of(Duration.epochs(1), Duration.epochs(1), Duration.percent(0)));
    assertEquals(
        "p: at must ascend, but 1ep follows 1.5ep",
        assertThrows(
                InputException.class,
                () ->
                    Duration.checkAscending(
                        "p", "at", List.of(Duration.epochs(1.5), Duration.epochs(1))))
            .getMessage());
  }

  /** The parts of a sequence are runs of their own lengths. */
  @Test
  void theEndOfAPartIsItsOwn() {
    record Halfway() implements Schedule {
      @Override
      public double at(Progress progress) {
        return 1;
      }

      @Override
      public List<Boundary> boundaries(Progress run) {
        return List.of(Boundary.bend(run.totalIterations() / 2, "half"));
      }
    }
    Schedule sequence =
        new Sequence(
            List.of(new Halfway(), new Halfway(), new Halfway()),
            List.of(Duration.iterations(20), Duration.iterations(50)));
    assertEquals(
        List.of("10 half", "20 schedule 2", "35 half", "50 schedule 3", "75 half"),
        names(sequence, RUN));
  }
}
