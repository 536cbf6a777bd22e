package dev.anneal.testkit;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.plugin.PluginProvider;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plugins with parameters that break a law, and one of each kind that breaks none. */
public final class BrokenPlugins {
  static final Catalogue CATALOGUE =
      Catalogue.of(
          List.of(
              (PluginProvider)
                  () ->
                      List.of(
                          Good.class,
                          Misread.class,
                          OddHash.class,
                          Impatient.class,
                          Picky.class,
                          Fickle.class,
                          Fragile.class,
                          Spiking.class,
                          Wasteful.class,
                          Rule.class,
                          Wrapper.class)));

  private static long count;
  private static List<Double> kept = List.of();

  private BrokenPlugins() {}

  @Plugin(name = "good", summary = "breaks nothing")
  public record Good(
      @Param(value = "the value", range = "[0, 1e9]") double value,
      @Param(value = "how fast it falls", byDefault = "0.1", range = "[0, 1]") double rate,
      Unit per)
      implements Schedule {
    @Override
    public double at(Progress progress) {
      return value / (1 + rate * per.clock(progress));
    }
  }

  @Plugin(name = "misread", summary = "keeps half of what it is given")
  public record Misread(@Param(value = "the value", range = "[0, 10]") double value)
      implements Schedule {
    public Misread {
      value /= 2;
    }

    @Override
    public double at(Progress progress) {
      return value;
    }
  }

  @Plugin(name = "odd-hash", summary = "is equal to those that have another hash")
  public record OddHash(@Param("the value") double value) implements Schedule {
    @Override
    public double at(Progress progress) {
      return 1;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof OddHash;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  @Plugin(name = "impatient", summary = "goes on within an epoch whatever it is read per")
  public record Impatient(@Param(value = "the value", range = "[0, 10]") double value, Unit per)
      implements Schedule {
    @Override
    public double at(Progress progress) {
      return value / (1 + progress.iteration());
    }
  }

  @Plugin(name = "picky", summary = "is never content")
  public record Picky(@Param(value = "the value", range = "[0, 10]") double value)
      implements Schedule {
    public Picky {
      if (value > -1) {
        throw new InputException("picky: value must be below -1");
      }
    }

    @Override
    public double at(Progress progress) {
      return value;
    }
  }

  @Plugin(name = "fickle", summary = "counts how often it is read")
  public record Fickle(@Param("what it wraps") Schedule schedule) implements Schedule {
    @Override
    public double at(Progress progress) {
      return count++ % 2 == 0 ? schedule.at(progress) : 3;
    }
  }

  @Plugin(name = "fragile", summary = "divides by what it wraps")
  public record Fragile(@Param(value = "what it wraps", range = "[0, 10]") Schedule schedule)
      implements Schedule {
    @Override
    public double at(Progress progress) {
      return 1 / schedule.at(progress);
    }
  }

  @Plugin(name = "spiking", summary = "1000 times what it wraps, at one update")
  public record Spiking(@Param(value = "what it wraps", range = "[0, 10]") Schedule schedule)
      implements Schedule {
    @Override
    public double at(Progress progress) {
      return schedule.at(progress) * (progress.iteration() == 17 ? 1000 : 1);
    }

    @Override
    public List<Boundary> boundaries(Progress run) {
      return schedule.boundaries(run);
    }
  }

  @Plugin(name = "wasteful", summary = "makes a list of what it wraps")
  public record Wasteful(@Param(value = "what it wraps", range = "[0, 10]") Schedule schedule)
      implements Schedule {
    @Override
    public double at(Progress progress) {
      kept = List.of(schedule.at(progress));
      return kept.getFirst();
    }
  }

  /** What is wrong with a rule. */
  public enum Fault {
    NONE(""),
    CAPITALS("hyperparameters"),
    TWICE("hyperparameters"),
    WITHOUT_RATE("hyperparameters"),
    NEW_EACH_TIME("hyperparameters"),
    UNDECLARED("rule"),
    STILL_TO_BE_SET("rule"),
    OTHER_SLOTS("rule"),
    RENAMED("names"),
    SWAPPED("names"),
    EXTRA("names"),
    OMITTED("names"),
    KEEPS_ITS_RATE("learning-rate"),
    CHANGES_ITS_MOMENTUM("learning-rate"),
    UNGUARDED("finite"),
    DIVIDES_BY_ITS_SIZE("finite"),
    RESTLESS("rate-zero"),
    DRIFTING("gradient-zero"),
    COARSE("digits"),
    ASCENDING("descent"),
    IDLE("descent"),
    BLURRED("descent"),
    FAR_TOO_FAST("descent");

    private final String law;

    Fault(String law) {
      this.law = law;
    }

    String law() {
      return law;
    }
  }

  @Plugin(name = "rule", summary = "w - learning_rate * g, with a fault")
  public record Rule(
      @Param("the fault") Fault fault,
      @Param(value = "rate", byDefault = "0.05", range = "[0.01, 1]") Schedule learningRate,
      @Param(value = "unused", byDefault = "0.9", range = "[0, 1)") Schedule momentum)
      implements Optimizer {
    @Override
    public List<Hyperparameter> hyperparameters() {
      Hyperparameter rate = new Hyperparameter(LEARNING_RATE, learningRate);
      Hyperparameter other = new Hyperparameter("momentum", momentum);
      return switch (fault) {
        case CAPITALS -> List.of(rate, new Hyperparameter("Momentum", momentum));
        case TWICE -> List.of(rate, other, other);
        case WITHOUT_RATE -> List.of(other);
        case NEW_EACH_TIME -> List.of(rate, new Hyperparameter("momentum_" + count++, momentum));
        case RENAMED -> List.of(rate, new Hyperparameter("beta", momentum));
        case SWAPPED -> List.of(rate, new Hyperparameter("momentum", learningRate.scale(3)));
        case EXTRA -> List.of(rate, other, new Hyperparameter("epsilon", new Constant(1e-8)));
        case OMITTED -> List.of(rate);
        default -> List.of(rate, other);
      };
    }

    @Override
    public void step(StepBuilder step) {
      if (fault == Fault.OTHER_SLOTS) {
        Slot slot = new Slot("count_" + count++);
        step.set(slot, step.slot(slot).plus(step.gradient()));
      }
      if (fault != Fault.STILL_TO_BE_SET) {
        step.setWeight(step.weight().minus(moved(step)));
      }
    }

    private Expression moved(StepBuilder step) {
      Expression g = step.gradient();
      Expression rate = step.hyperparameter(LEARNING_RATE);
      return switch (fault) {
        case UNDECLARED -> rate.times(g).times(step.hyperparameter("beta"));
        case UNGUARDED -> rate.times(g.dividedBy(norm(step)));
        case DIVIDES_BY_ITS_SIZE -> rate.times(g.dividedBy(g.times(g).sqrt()));
        case RESTLESS -> rate.times(g).plus(g.times(0.01));
        case DRIFTING -> rate.times(g).plus(rate.times(1e-4));
        case COARSE -> {
          Expression large = Expression.of(1 << 20);
          yield rate.times(g.plus(large).minus(large));
        }
        case ASCENDING -> rate.times(g).times(-1);
        case IDLE -> rate.times(g).times(1e-6);
        case FAR_TOO_FAST -> rate.times(g).times(5);
        case BLURRED -> rate.times(step.rows() > 1 ? step.mean(Granularity.ROW, g) : g);
        default -> rate.times(g);
      };
    }

    private static Expression norm(StepBuilder step) {
      Expression g = step.gradient();
      return step.sum(step.rows() > 1 ? Granularity.ROW : Granularity.PARAMETER, g.times(g)).sqrt();
    }

    @Override
    public Optimizer withLearningRate(Schedule schedule) {
      return switch (fault) {
        case KEEPS_ITS_RATE -> this;
        case CHANGES_ITS_MOMENTUM -> new Rule(fault, schedule, new Constant(0.25));
        default -> new Rule(fault, schedule, momentum);
      };
    }
  }

  /** What is wrong with an optimizer around another. */
  public enum Flaw {
    NONE(""),
    HIDES_ALL("hyperparameters"),
    HIDES_THE_SECOND("rule"),
    RENAMES("names"),
    KEEPS_ITS_RATE("learning-rate"),
    UNWRAPS("learning-rate"),
    PUSHES("gradient-zero"),
    TURNS("descent");

    private final String law;

    Flaw(String law) {
      this.law = law;
    }

    String law() {
      return law;
    }
  }

  @Plugin(name = "wrapper", summary = "another optimizer, with a flaw")
  public record Wrapper(
      @Param("the flaw") Flaw flaw,
      @Param("the other") Optimizer optimizer,
      @Param(value = "a number of its own", byDefault = "0.5", range = "[0, 1]") Schedule momentum)
      implements Optimizer {
    @Override
    public List<Hyperparameter> hyperparameters() {
      List<Hyperparameter> inner = optimizer.hyperparameters();
      Hyperparameter own =
          new Hyperparameter(Hyperparameter.around(optimizer, "momentum"), momentum);
      List<Hyperparameter> all =
          new ArrayList<>(
              switch (flaw) {
                case HIDES_ALL -> List.of();
                case HIDES_THE_SECOND -> inner.subList(0, 1);
                default -> inner;
              });
      all.add(flaw == Flaw.RENAMES ? new Hyperparameter("slow_momentum", momentum) : own);
      return all;
    }

    @Override
    public void step(StepBuilder step) {
      Expression g = step.gradient();
      Expression along =
          switch (flaw) {
            case PUSHES -> g.plus(1e-4);
            case TURNS -> g.times(-1);
            default -> g;
          };
      if (flaw == Flaw.HIDES_THE_SECOND) {
        step.hyperparameter("momentum_3");
      }
      StepBuilder.Inner inner = step.inner(optimizer, step.weight(), along, step.number());
      inner.store();
      step.setWeight(inner.weight());
    }

    @Override
    public Optimizer withLearningRate(Schedule schedule) {
      return switch (flaw) {
        case KEEPS_ITS_RATE -> this;
        case UNWRAPS -> optimizer.withLearningRate(schedule);
        default -> new Wrapper(flaw, optimizer.withLearningRate(schedule), momentum);
      };
    }
  }
}
