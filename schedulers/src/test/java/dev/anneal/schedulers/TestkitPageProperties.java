package dev.anneal.schedulers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Relative;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import dev.anneal.api.schedule.Warmup;
import dev.anneal.testkit.Law;
import dev.anneal.testkit.Laws;
import dev.anneal.testkit.RandomRun;
import dev.anneal.testkit.ScheduleConformance;
import dev.anneal.testkit.ScheduleLaws;
import dev.anneal.testkit.Specifications;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The Java of docs/TESTKIT.md, which is in this class word for word. */
class TestkitPageProperties {
  private static final Path PAGE = Path.of("..", "docs", "TESTKIT.md");
  private static final Path SOURCE =
      Path.of("src/test/java/dev/anneal/schedulers/TestkitPageProperties.java");
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  private final Arbitrary<Schedule> cosines =
      Specifications.schedules(Catalogue.load(), "cosine")
          .with("initial", "0.1", "0.01")
          .with("over", "100%")
          .filter(schedule -> ((Cosine) schedule).floor() < ((Cosine) schedule).initial());
  private final Arbitrary<Schedule> warmed =
      Specifications.schedules(Catalogue.load(), "warmup")
          .with("schedule", cosines)
          .with("over", Arbitraries.integers().between(0, 10).map(percent -> percent + "%"));

  @Provide
  Arbitrary<Schedule> cosines() {
    return cosines;
  }

  @Provide
  Arbitrary<Schedule> warmed() {
    return warmed;
  }

  @Provide
  Arbitrary<RandomRun> runs() {
    return RandomRun.small();
  }

  @Provide
  Arbitrary<Progress> progress() {
    return RandomRun.progress();
  }

  @Example
  void whatThePageShowsIsCompiled() throws IOException {
    String source = Files.readString(SOURCE).replaceAll("\\s", "");
    List<String> blocks =
        JAVA.matcher(Files.readString(PAGE)).results().map(found -> found.group(1)).toList();
    assertEquals(5, blocks.size());
    for (String block : blocks) {
      assertTrue(source.contains(block.replaceAll("\\s", "")), block);
    }
  }

  @Property(tries = 200)
  void narrowedSchedulesAreAsTheAuthorSaid(@ForAll("warmed") Schedule schedule) {
    Warmup warmup = (Warmup) schedule;
    Cosine cosine = (Cosine) warmup.schedule();
    assertTrue(cosine.floor() < cosine.initial(), cosine::toString);
    assertEquals(Duration.percent(100), cosine.over());
    assertTrue(warmup.over().amount() <= 10, warmup::toString);
  }

  @Example
  void allLawsAtOnce() {
    Laws.checkSchedule(
        new Cosine(
            0.1, 0, Relative.VALUE, Duration.percent(100), 1, 1, Cosine.After.HOLD, Unit.EPOCH));
  }

  @Property(tries = 100)
  void isPure(
      @ForAll("cosines") Schedule schedule, @ForAll("runs") RandomRun run, @ForAll Random random) {
    ScheduleLaws.pure().check(schedule, run, random);
  }

  @Example
  void aLawOfOnesOwn() {
    Law<Schedule> falls =
        Law.<Schedule>of(
                "falls",
                (schedule, run, random) -> {
                  double[] values = run.series(schedule);
                  for (int i = 1; i < values.length; i++) {
                    double before = values[i - 1];
                    double now = values[i];
                    Law.demand(now <= before, () -> "rises from %s to %s".formatted(before, now));
                  }
                })
            .after("finite");
    new ScheduleConformance() {
      @Override
      protected Arbitrary<Schedule> schedules() {
        return Arbitraries.just(new Constant(1));
      }

      @Override
      protected List<Law<Schedule>> moreLaws() {
        return List.of(falls);
      }
    }.check();
  }

  @Property
  void theirsAgreesWithOurs(@ForAll("progress") Progress progress) {
    Schedule ours = Catalogue.load().schedule("exponential(initial=0.5, rate=0.1) per iteration");
    double theirs = 0.5 * Math.exp(-0.1 * progress.iteration());
    assertEquals(theirs, ours.at(progress), 1e-12 * theirs + 1e-300);
  }
}
