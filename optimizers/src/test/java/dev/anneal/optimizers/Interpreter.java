package dev.anneal.optimizers;

import dev.anneal.core.lane.Formula;
import dev.anneal.core.lane.Lane;
import dev.anneal.core.optimize.Hyperparameter;
import dev.anneal.core.optimize.Optimizer;
import dev.anneal.core.optimize.UpdateRule;
import dev.anneal.core.schedule.Progress;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Takes the steps of an optimizer for one weight, in double precision, straight from the
 * description of its rule.
 */
final class Interpreter {
  private static final int PER_EPOCH = 10;

  private final List<Hyperparameter> hyperparameters;
  private final Formula formula;
  private final double[] arrays;
  private int steps;

  Interpreter(Optimizer optimizer, double weight) {
    UpdateRule rule = optimizer.rule();
    hyperparameters = optimizer.hyperparameters();
    formula = rule.formula();
    arrays = new double[2 + rule.slots().size()];
    arrays[0] = weight;
  }

  /** One step; returns the weight after it. */
  double step(double gradient) {
    arrays[1] = gradient;
    Progress progress = Progress.at(steps++, PER_EPOCH, 1000);
    double[] uniforms =
        IntStream.rangeClosed(0, hyperparameters.size())
            .mapToDouble(i ->
                i < hyperparameters.size() ? hyperparameters.get(i).schedule().at(progress) : steps)
            .toArray();
    List<Formula.Output> outputs = formula.outputs();
    double[] values =
        outputs.stream().mapToDouble(output -> value(output.value(), uniforms)).toArray();
    for (int i = 0; i < values.length; i++) {
      arrays[outputs.get(i).array()] = values[i];
    }
    return arrays[0];
  }

  private double value(Lane lane, double[] uniforms) {
    return switch (lane) {
      case Lane.Element(int array) -> arrays[array];
      case Lane.Uniform(int index) -> uniforms[index];
      case Lane.Constant(double value) -> value;
      case Lane.Fma(Lane factor, Lane other, Lane addend) ->
          Math.fma(value(factor, uniforms), value(other, uniforms), value(addend, uniforms));
      case Lane.IfLess(Lane left, Lane right, Lane then, Lane otherwise) ->
          value(value(left, uniforms) < value(right, uniforms) ? then : otherwise, uniforms);
      case Lane.Unary(Lane.Function1 function, Lane of) -> {
        double x = value(of, uniforms);
        yield switch (function) {
          case NEGATE -> -x;
          case ABS -> Math.abs(x);
          case SQRT -> Math.sqrt(x);
          case EXP -> StrictMath.exp(x);
          case LOG -> StrictMath.log(x);
          case LOG1P -> StrictMath.log1p(x);
          case TANH -> StrictMath.tanh(x);
          case SIGMOID -> 1 / (1 + StrictMath.exp(-x));
          case SOFTPLUS -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
        };
      }
      case Lane.Binary(Lane.Function2 function, Lane left, Lane right) -> {
        double x = value(left, uniforms);
        double y = value(right, uniforms);
        yield switch (function) {
          case ADD -> x + y;
          case SUBTRACT -> x - y;
          case MULTIPLY -> x * y;
          case DIVIDE -> x / y;
          case MAX -> Math.max(x, y);
          case MIN -> Math.min(x, y);
          case POWER -> StrictMath.pow(x, y);
        };
      }
    };
  }
}
