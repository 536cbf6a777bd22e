package dev.anneal.testkit;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.plugin.PluginProvider;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Cursor;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import java.util.List;
import net.jqwik.api.Arbitrary;

/** Plugins that each break a law, and one of each kind that breaks none. */
public final class Broken {
  static final Catalogue CATALOGUE =
      Catalogue.of(
          List.of(
              (PluginProvider)
                  () ->
                      List.of(
                          Good.class,
                          Counting.class,
                          NotANumber.class,
                          Negative.class,
                          Throwing.class,
                          Misread.class,
                          Square.class,
                          Hungry.class,
                          Pushing.class,
                          ByLoss.class,
                          Descending.class,
                          Restless.class,
                          Drifting.class,
                          Undeclared.class,
                          Rateless.class,
                          Stubborn.class,
                          Ascending.class,
                          Blurred.class,
                          Coarse.class,
                          Unguarded.class)));

  private static long count;
  private static double[] sink = {};

  private Broken() {}

  @Plugin(name = "good", summary = "breaks nothing")
  public record Good(@Param(value = "the value", range = "[0, 10]") double value)
      implements Schedule {
    @Override
    public double at(Progress progress) {
      return value / (1 + progress.iteration());
    }
  }

  @Plugin(name = "counting", summary = "counts its calls")
  public record Counting() implements Schedule {
    @Override
    public double at(Progress progress) {
      return count++;
    }
  }

  @Plugin(name = "not-a-number", summary = "divides by the iterations left")
  public record NotANumber() implements Schedule {
    @Override
    public double at(Progress progress) {
      return 0.0 / Math.max(0, progress.totalIterations() - progress.iteration());
    }
  }

  @Plugin(name = "negative", summary = "goes on below 0")
  public record Negative() implements Schedule {
    @Override
    public double at(Progress progress) {
      return 1 - (double) progress.iteration() / progress.totalIterations();
    }
  }

  @Plugin(name = "throwing", summary = "refuses what is beyond its end")
  public record Throwing() implements Schedule {
    @Override
    public double at(Progress progress) {
      if (progress.iteration() > progress.totalIterations()) {
        throw new IllegalStateException("it is over");
      }
      return 1;
    }
  }

  @Plugin(name = "misread", summary = "keeps half of what it is given")
  public record Misread(@Param("the value") double value) implements Schedule {
    public Misread {
      value /= 2;
    }

    @Override
    public double at(Progress progress) {
      return value;
    }
  }

  @Plugin(name = "square", summary = "jumps every four iterations and does not say so")
  public record Square() implements Schedule {
    @Override
    public double at(Progress progress) {
      return progress.iteration() / 4 % 2;
    }
  }

  @Plugin(name = "hungry", summary = "allocates")
  public record Hungry() implements Schedule {
    @Override
    public double at(Progress progress) {
      sink = new double[] {progress.iteration()};
      return sink[0];
    }
  }

  @Plugin(name = "pushing", summary = "moves the progress")
  public record Pushing() implements Schedule {
    @Override
    public double at(Progress progress) {
      if (progress instanceof Cursor cursor) {
        cursor.advance();
      }
      return 1;
    }
  }

  @Plugin(name = "by-loss", summary = "is driven by a metric and does not say so")
  public record ByLoss() implements Schedule {
    @Override
    public double at(Progress progress) {
      int epochs = progress.metrics().epochs();
      double loss = epochs == 0 ? 1 : progress.metrics().value("loss", epochs - 1);
      return loss <= 1 ? loss : 1;
    }
  }

  /** A rule that descends, unless told otherwise. */
  interface Simple extends Optimizer {
    Schedule rate();

    @Override
    default List<Hyperparameter> hyperparameters() {
      return List.of(new Hyperparameter(LEARNING_RATE, rate()));
    }

    default Expression moved(StepBuilder step) {
      return step.weight().minus(step.hyperparameter(LEARNING_RATE).times(step.gradient()));
    }

    @Override
    default void step(StepBuilder step) {
      step.setWeight(moved(step));
    }
  }

  @Plugin(name = "descending", summary = "breaks nothing")
  public record Descending(
      @Param(value = "rate", byDefault = "0.05", range = "[0, 1]") Schedule rate)
      implements Simple {
    @Override
    public Optimizer withLearningRate(Schedule schedule) {
      return new Descending(schedule);
    }
  }

  @Plugin(name = "restless", summary = "moves at a rate of 0")
  public record Restless(@Param(value = "rate", byDefault = "0.05", range = "[0, 1]") Schedule rate)
      implements Simple {
    @Override
    public Expression moved(StepBuilder step) {
      return Simple.super.moved(step).minus(step.gradient().times(0.01));
    }

    @Override
    public Optimizer withLearningRate(Schedule schedule) {
      return new Restless(schedule);
    }
  }

  @Plugin(name = "drifting", summary = "moves without a gradient")
  public record Drifting(
      @Param(value = "rate", byDefault = "0.05", range = "[0.01, 1]") Schedule rate)
      implements Simple {
    @Override
    public Expression moved(StepBuilder step) {
      return Simple.super.moved(step).minus(step.hyperparameter(LEARNING_RATE));
    }

    @Override
    public Optimizer withLearningRate(Schedule schedule) {
      return new Drifting(schedule);
    }
  }

  @Plugin(name = "undeclared", summary = "reads a hyper-parameter that it does not declare")
  public record Undeclared(
      @Param(value = "rate", byDefault = "0.05", range = "[0, 1]") Schedule rate)
      implements Simple {
    @Override
    public Expression moved(StepBuilder step) {
      return Simple.super.moved(step).times(step.hyperparameter("momentum"));
    }

    @Override
    public Optimizer withLearningRate(Schedule schedule) {
      return new Undeclared(schedule);
    }
  }

  @Plugin(name = "rateless", summary = "has no learning rate")
  public record Rateless(@Param(value = "rate", byDefault = "0.05", range = "[0, 1]") Schedule rate)
      implements Simple {
    @Override
    public List<Hyperparameter> hyperparameters() {
      return List.of(new Hyperparameter("Speed", rate));
    }

    @Override
    public Expression moved(StepBuilder step) {
      return step.weight().minus(step.hyperparameter("Speed").times(step.gradient()));
    }

    @Override
    public Optimizer withLearningRate(Schedule schedule) {
      return new Rateless(schedule);
    }
  }

  @Plugin(name = "stubborn", summary = "keeps its learning rate")
  public record Stubborn(
      @Param(value = "rate", byDefault = "0.05", range = "[0.01, 1]") Schedule rate)
      implements Simple {
    @Override
    public Optimizer withLearningRate(Schedule schedule) {
      return this;
    }
  }

  @Plugin(name = "ascending", summary = "goes uphill")
  public record Ascending(
      @Param(value = "rate", byDefault = "0.05", range = "[0, 1]") Schedule rate)
      implements Simple {
    @Override
    public Expression moved(StepBuilder step) {
      return step.weight().plus(step.hyperparameter(LEARNING_RATE).times(step.gradient()));
    }

    @Override
    public Optimizer withLearningRate(Schedule schedule) {
      return new Ascending(schedule);
    }
  }

  @Plugin(name = "blurred", summary = "has one gradient for a row of a matrix")
  public record Blurred(@Param(value = "rate", byDefault = "0.05", range = "[0, 1]") Schedule rate)
      implements Simple {
    @Override
    public Expression moved(StepBuilder step) {
      Expression g =
          step.rows() > 1 ? step.mean(Granularity.ROW, step.gradient()) : step.gradient();
      return step.weight().minus(step.hyperparameter(LEARNING_RATE).times(g));
    }

    @Override
    public Optimizer withLearningRate(Schedule schedule) {
      return new Blurred(schedule);
    }
  }

  @Plugin(name = "coarse", summary = "loses its digits on the way")
  public record Coarse(@Param(value = "rate", byDefault = "0.05", range = "[0, 1]") Schedule rate)
      implements Simple {
    @Override
    public Expression moved(StepBuilder step) {
      Expression large = Expression.of(1 << 20);
      Expression lossy = step.gradient().plus(large).minus(large);
      return step.weight().minus(step.hyperparameter(LEARNING_RATE).times(lossy));
    }

    @Override
    public Optimizer withLearningRate(Schedule schedule) {
      return new Coarse(schedule);
    }
  }

  @Plugin(name = "unguarded", summary = "divides by the norm of a row, of 0 too")
  public record Unguarded(
      @Param(value = "rate", byDefault = "0.05", range = "[0, 1]") Schedule rate)
      implements Simple {
    @Override
    public Expression moved(StepBuilder step) {
      Expression g = step.gradient();
      Granularity over = step.rows() > 1 ? Granularity.ROW : Granularity.PARAMETER;
      Expression norm = step.sum(over, g.times(g)).sqrt();
      return step.weight().minus(step.hyperparameter(LEARNING_RATE).times(g.dividedBy(norm)));
    }

    @Override
    public Optimizer withLearningRate(Schedule schedule) {
      return new Unguarded(schedule);
    }
  }

  /** The suites for whichever of them is under test: jqwik makes the instances. */
  static String name = "";

  static final class ScheduleSuite extends ScheduleConformance {
    @Override
    protected Catalogue catalogue() {
      return CATALOGUE;
    }

    @Override
    protected Arbitrary<Schedule> schedules() {
      return Specifications.schedules(CATALOGUE, name);
    }

    @Override
    protected double least(Schedule schedule) {
      return schedule instanceof Negative ? 0 : super.least(schedule);
    }
  }

  static final class OptimizerSuite extends OptimizerConformance {
    @Override
    protected Catalogue catalogue() {
      return CATALOGUE;
    }

    @Override
    protected Arbitrary<Optimizer> optimizers() {
      return Specifications.optimizers(CATALOGUE, name);
    }

    @Override
    protected List<Optimizer> tuned() {
      return List.of(CATALOGUE.optimizer(name).withLearningRate(new Constant(0.05)));
    }
  }
}
