package dev.anneal.core.update;

import dev.anneal.core.codegen.Kernels;
import dev.anneal.core.codegen.ScalarEvaluator;
import dev.anneal.core.kernel.FloatKernel;
import dev.anneal.core.kernel.FloatKernel.Preparation;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.update.UpdateProgram.Pass;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The scalars of a rule from step to step, and the passes that store, which read them. Parameters
 * whose rule is elementwise have them in common.
 */
final class ProgramScalars {
  private final UpdateProgram rule;
  private final double[] scalars;

  private final double[] reported;
  private final ScalarEvaluator reports;
  private final Runnable advance;
  private final List<Compiled> passes;

  /** A pass with the numbers that are the same for all its elements. */
  @SuppressWarnings("ArrayRecordComponent") // private to the package, never compared
  record Compiled(Pass pass, FloatKernel kernel, Preparation preparation, float[] prepared) {
    static Compiled of(Pass pass, Width width) {
      FloatKernel kernel = Kernels.compile(pass.kernel(), width);
      return new Compiled(pass, kernel, kernel.preparation(), new float[kernel.preparedSize()]);
    }

    void prepare(double[] scalars) {
      preparation.prepare(scalars, prepared);
    }
  }

  ProgramScalars(UpdateProgram rule, Width width) {
    this.rule = rule;
    scalars = rule.memory().initialScalars();
    reported = new double[rule.reports().isEmpty() ? 0 : scalars.length];
    reports = new ScalarEvaluator(List.copyOf(rule.reports().values()));
    advance = rule.advance(scalars);
    passes = rule.store().passes().stream().map(pass -> Compiled.of(pass, width)).toList();
  }

  double[] scalars() {
    return scalars;
  }

  List<Compiled> passes() {
    return passes;
  }

  /** Takes what the step is given. */
  void begin(double[] values) {
    System.arraycopy(values, 0, scalars, 0, values.length);
  }

  /** Computes what the passes that store read. */
  void prepare() {
    for (int i = 0; i < passes.size(); i++) {
      passes.get(i).prepare(scalars);
    }
  }

  /** Goes on to the slots of the next step. */
  void advance() {
    System.arraycopy(scalars, 0, reported, 0, reported.length);
    advance.run();
  }

  /** What the rule shows of the last step. */
  Map<String, Double> reports() {
    double[] values = new double[rule.reports().size()];
    reports.evaluate(reported, values);
    Map<String, Double> all = new LinkedHashMap<>();
    int i = 0;
    for (String name : rule.reports().keySet()) {
      all.put(name, values[i++]);
    }
    return all;
  }
}
