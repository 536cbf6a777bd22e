package dev.anneal.api.catalogue;

import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.plugin.PluginProvider;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import java.util.List;

/** Plugins that show everything a declaration can hold, and plugins with a mistake each. */
final class TestPlugins implements PluginProvider {
  @Override
  public List<Class<? extends Record>> plugins() {
    return List.of(Constant.class, Falling.class, Everything.class, Bare.class, Walk.class);
  }

  static Catalogue catalogue() {
    return Catalogue.of(List.of(new TestPlugins()));
  }

  /** A provider of the classes given. */
  static PluginProvider of(List<Class<? extends Record>> plugins) {
    return () -> plugins;
  }

  @Plugin(name = "falling", summary = "falls", source = "a book")
  public record Falling(
      @Param(value = "the start", range = "[0, inf)", alias = "from") double initial,
      @Param(value = "how fast", range = "[0, inf)") double rate,
      Unit per)
      implements Schedule {

    @Override
    public double at(Progress progress) {
      return initial;
    }
  }

  public enum Mood {
    CALM,
    VERY_LOUD
  }

  @Plugin(name = "every-thing", summary = "one parameter of each type")
  public record Everything(
      @Param(value = "a number", byDefault = "0.5", range = "[-inf, inf]") double number,
      @Param(value = "a count", byDefault = "3", range = "[-10, 10]") int count,
      @Param(value = "a long count", byDefault = "4") long longCount,
      @Param(value = "a switch", byDefault = "false") boolean quick,
      @Param(value = "a text", byDefault = "val_loss") String metric,
      @Param(value = "a word", byDefault = "calm") Mood mood,
      @Param(value = "a length", byDefault = "10%") Duration every,
      @Param(value = "a schedule", byDefault = "0", range = "[0, 1]") Schedule inner,
      @Param(value = "an optimizer", byDefault = "walk") Optimizer outer,
      Unit per)
      implements Schedule {

    @Override
    public double at(Progress progress) {
      return number;
    }
  }

  @Plugin(name = "bare", summary = "without parameters")
  public record Bare() implements Schedule {
    @Override
    public double at(Progress progress) {
      return 0;
    }
  }

  @Plugin(name = "walk", summary = "an optimizer")
  public record Walk(
      @Param(value = "the size of a step", byDefault = "0.1", range = "[0, inf)", alias = "lr")
          Schedule learningRate,
      @Param(value = "a length", byDefault = "10it") Duration span)
      implements Optimizer {

    @Override
    public List<Hyperparameter> hyperparameters() {
      return List.of(new Hyperparameter(LEARNING_RATE, learningRate));
    }

    @Override
    public void step(StepBuilder step) {
      step.setWeight(step.weight());
    }

    @Override
    public Optimizer withLearningRate(Schedule schedule) {
      return new Walk(schedule, span);
    }
  }

  @Plugin(name = "falling", summary = "another of that name")
  public record Impostor() implements Schedule {
    @Override
    public double at(Progress progress) {
      return 0;
    }
  }

  public record Nameless() implements Schedule {
    @Override
    public double at(Progress progress) {
      return 0;
    }
  }

  @Plugin(name = "undocumented", summary = "a component without @Param")
  public record Undocumented(double value) implements Schedule {
    @Override
    public double at(Progress progress) {
      return value;
    }
  }

  @Plugin(name = "list", summary = "a component of a type that has no notation")
  public record OfList(@Param("values") List<Integer> values) implements Schedule {
    @Override
    public double at(Progress progress) {
      return 0;
    }
  }

  @Plugin(name = "odd-range", summary = "a range that is none")
  public record OddRange(@Param(value = "a number", range = "0..1") double value)
      implements Schedule {
    @Override
    public double at(Progress progress) {
      return value;
    }
  }

  @Plugin(name = "hidden", summary = "not public")
  record Hidden() implements Schedule {
    @Override
    public double at(Progress progress) {
      return 0;
    }
  }

  @Plugin(name = "Bad Name", summary = "a name that cannot be written")
  public record BadName() implements Schedule {
    @Override
    public double at(Progress progress) {
      return 0;
    }
  }

  @Plugin(name = "twins", summary = "an alias that is another's name")
  public record Twins(
      @Param("a number") double first, @Param(value = "a number", alias = "FIRST") double second)
      implements Schedule {
    @Override
    public double at(Progress progress) {
      return 0;
    }
  }

  @Plugin(name = "throwing", summary = "fails in its constructor")
  public record Throwing(@Param("a number") double value) implements Schedule {
    public Throwing {
      if (value > 0) {
        throw new IllegalStateException("out of order");
      }
    }

    @Override
    public double at(Progress progress) {
      return value;
    }
  }

  @Plugin(name = "kindless", summary = "implements no contract")
  public record Kindless() {}
}
