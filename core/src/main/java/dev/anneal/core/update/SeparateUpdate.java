package dev.anneal.core.update;

import dev.anneal.core.matrix.Matrix;
import dev.anneal.core.update.Reduction.Kind;
import dev.anneal.core.update.Reduction.ToScalar;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The update of a group's parameters whose gradients are complete. A rule that is not elementwise
 * goes from level to level: what one level adds up over the group, the next one reads.
 */
public final class SeparateUpdate implements Runnable {
  private static final int[] NONE = {};

  private final ParameterUpdate[] parameters;
  private final Matrix[] gradients;
  private final boolean elementwise;
  private final Supplier<double[]> values;
  private final DoubleSupplier loss;
  private final List<Runnable> handOver;
  private final int levels;

  /** By level: which of its reductions are over groups. */
  private final int[][] overGroups;

  /** The next level. */
  private int level;

  /** Those of the level before that wait for the other groups. */
  private int[] waiting = NONE;

  SeparateUpdate(
      List<ParameterUpdate> parameters,
      List<Matrix> gradients,
      boolean elementwise,
      Supplier<double[]> values,
      DoubleSupplier loss,
      List<Runnable> handOver) {
    this.parameters = parameters.toArray(ParameterUpdate[]::new);
    this.gradients = gradients.toArray(Matrix[]::new);
    this.elementwise = elementwise;
    this.values = values;
    this.loss = loss;
    this.handOver = handOver;
    levels =
        elementwise ? 0 : parameters.stream().mapToInt(ParameterUpdate::levels).max().orElse(0);
    overGroups = new int[levels][];
    for (int i = 0; i < levels; i++) {
      List<ToScalar> reductions = parameters.getFirst().groupReductions(i);
      overGroups[i] =
          IntStream.range(0, reductions.size())
              .filter(each -> reductions.get(each).overGroups())
              .toArray();
    }
  }

  /**
   * The updates of several groups: what their rules add up {@linkplain
   * dev.anneal.api.optimizer.StepBuilder#sumOverGroups over groups} is one number for all.
   *
   * @param groups those that are trained at the update
   * @return adjusts all of them
   */
  public static Runnable together(List<SeparateUpdate> groups) {
    SeparateUpdate[] all = groups.toArray(SeparateUpdate[]::new);
    return () -> {
      for (SeparateUpdate group : all) {
        group.begin();
      }
      while (advance(all)) {
        addUp(all);
      }
      for (SeparateUpdate group : all) {
        group.end();
      }
    };
  }

  @Override
  public void run() {
    begin();
    while (advance()) {}
    end();
  }

  private static boolean advance(SeparateUpdate[] all) {
    boolean waiting = false;
    for (SeparateUpdate group : all) {
      waiting |= group.advance();
    }
    return waiting;
  }

  private static void addUp(SeparateUpdate[] all) {
    int count = 0;
    for (SeparateUpdate group : all) {
      count = Math.max(count, group.waiting.length);
    }
    for (int i = 0; i < count; i++) {
      double sum = 0;
      for (SeparateUpdate group : all) {
        sum += i < group.waiting.length ? group.parameters[0].get(group.sum(0, i)) : 0;
      }
      for (SeparateUpdate group : all) {
        for (int p = 0; i < group.waiting.length && p < group.parameters.length; p++) {
          group.parameters[p].set(group.sum(p, i), sum);
        }
      }
    }
  }

  private ToScalar sum(int parameter, int index) {
    return parameters[parameter].groupReductions(level - 1).get(waiting[index]);
  }

  private void begin() {
    if (!elementwise) {
      level = 0;
      for (ParameterUpdate parameter : parameters) {
        parameter.begin(values.get(), loss.getAsDouble());
      }
    }
  }

  /**
   * Goes through levels until one has sums over groups, which the next will read.
   *
   * @return whether there was one
   */
  private boolean advance() {
    while (level < levels) {
      for (int i = 0; i < parameters.length; i++) {
        parameters[i].compute(level, gradients[i]);
      }
      reduce();
      waiting = overGroups[level];
      level++;
      if (waiting.length > 0) {
        return true;
      }
    }
    waiting = NONE;
    return false;
  }

  private void end() {
    for (int i = 0; i < parameters.length; i++) {
      if (elementwise) {
        parameters[i].store(gradients[i]);
      } else {
        parameters[i].end(gradients[i]);
      }
    }
    for (int i = 0; i < handOver.size(); i++) {
      handOver.get(i).run();
    }
  }

  private void reduce() {
    int count = parameters.length == 0 ? 0 : parameters[0].groupReductions(level).size();
    for (int i = 0; i < count; i++) {
      Kind kind = parameters[0].groupReductions(level).get(i).kind();
      double all = kind.initial();
      for (ParameterUpdate parameter : parameters) {
        all = kind.of(all, parameter.get(parameter.groupReductions(level).get(i)));
      }
      for (ParameterUpdate parameter : parameters) {
        parameter.set(parameter.groupReductions(level).get(i), all);
      }
    }
  }
}
