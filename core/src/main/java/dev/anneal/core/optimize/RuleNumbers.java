package dev.anneal.core.optimize;

import dev.anneal.core.kernel.FloatKernel;
import dev.anneal.core.kernel.Kernels;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.lane.Lane;
import dev.anneal.core.optimize.UpdateRule.Pass;
import java.util.List;

/**
 * The uniforms of a rule from step to step, and the passes that store, which read them. Parameters
 * whose rule is elementwise have them in common.
 */
final class RuleNumbers {
  private final UpdateRule rule;
  private final double[] uniforms;
  private final double[] reported;
  private final Runnable advance;
  private final List<Compiled> passes;

  /** A pass with the numbers that are the same for all its elements. */
  @SuppressWarnings("ArrayRecordComponent") // private to the package, never compared
  record Compiled(Pass pass, FloatKernel kernel, float[] prepared) {
    static Compiled of(Pass pass, Width width) {
      FloatKernel kernel = Kernels.compile(pass.formula(), width);
      return new Compiled(pass, kernel, new float[kernel.preparedSize()]);
    }

    void prepare(double[] uniforms) {
      kernel.prepare(uniforms, prepared);
    }
  }

  RuleNumbers(UpdateRule rule, Width width) {
    this.rule = rule;
    uniforms = rule.initialUniforms();
    reported = new double[rule.reports().isEmpty() ? 0 : uniforms.length];
    advance = rule.advance(uniforms);
    passes = rule.passes().stream().map(pass -> Compiled.of(pass, width)).toList();
  }

  double[] uniforms() {
    return uniforms;
  }

  List<Compiled> passes() {
    return passes;
  }

  /** Takes the values of the hyper-parameters, and the number of the step. */
  void begin(double[] values) {
    System.arraycopy(values, 0, uniforms, 0, rule.hyperparameters() + 1);
  }

  /** Computes what the passes that store read. */
  void prepare() {
    for (int i = 0; i < passes.size(); i++) {
      passes.get(i).prepare(uniforms);
    }
  }

  /** Goes on to the slots of the next step. */
  void advance() {
    System.arraycopy(uniforms, 0, reported, 0, reported.length);
    advance.run();
  }

  /** A number of the last step that the rule shows. */
  double report(Lane lane) {
    return Kernels.evaluate(lane, reported);
  }
}
