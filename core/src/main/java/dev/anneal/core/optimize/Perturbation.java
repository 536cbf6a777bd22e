package dev.anneal.core.optimize;

import dev.anneal.core.lane.Formula;
import dev.anneal.core.lane.Lane;
import java.util.IdentityHashMap;
import java.util.Random;

/**
 * A formula each of whose operations on elements is off by the same part of its result, up or down.
 * What is the same for all elements is computed in double precision and rounded once: it is off
 * once.
 */
final class Perturbation {
  private final double error;
  private final Random random;
  private final IdentityHashMap<Lane, Lane> done = new IdentityHashMap<>();
  private final IdentityHashMap<Lane, Boolean> reads = new IdentityHashMap<>();

  private Perturbation(double error, Random random) {
    this.error = error;
    this.random = random;
  }

  static Formula of(Formula formula, double error, Random random) {
    Perturbation perturbation = new Perturbation(error, random);
    return new Formula(
        formula.arrays(),
        formula.uniforms(),
        formula.outputs().stream()
            .map(each -> new Formula.Output(each.array(), perturbation.apply(each.value())))
            .toList());
  }

  private Lane apply(Lane lane) {
    Lane known = done.get(lane);
    if (known == null) {
      known = readsElements(lane) ? rule(lane) : isFloat(lane) ? lane : off(lane);
      done.put(lane, known);
    }
    return known;
  }

  private static boolean isFloat(Lane lane) {
    return lane instanceof Lane.Constant(double value) && (float) value == value;
  }

  private boolean readsElements(Lane lane) {
    Boolean known = reads.get(lane);
    if (known == null) {
      known =
          lane instanceof Lane.Element || lane.operands().stream().anyMatch(this::readsElements);
      reads.put(lane, known);
    }
    return known;
  }

  private Lane rule(Lane lane) {
    return switch (lane) {
      case Lane.Element _, Lane.Uniform _, Lane.Constant _ -> lane;
      case Lane.IfLess(Lane left, Lane right, Lane then, Lane otherwise) ->
          new Lane.IfLess(apply(left), apply(right), apply(then), apply(otherwise));
      case Lane.Unary(Lane.Function1 function, Lane of) -> off(new Lane.Unary(function, apply(of)));
      case Lane.Binary(Lane.Function2 function, Lane left, Lane right) ->
          off(new Lane.Binary(function, apply(left), apply(right)));
      case Lane.Fma(Lane factor, Lane other, Lane addend) ->
          off(new Lane.Fma(apply(factor), apply(other), apply(addend)));
    };
  }

  private Lane off(Lane lane) {
    return lane.times(1 + (random.nextBoolean() ? error : -error));
  }
}
