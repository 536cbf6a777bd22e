package dev.anneal.core.update;

import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.matrix.Epilogue;
import dev.anneal.core.matrix.Matrix;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.update.UpdateProgram.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * An optimizer at work on some parameters: its compiled rule, and its state for them.
 *
 * <p>An elementwise rule is one pass over weights, gradients and slots. A gradient that a product
 * computes block by block is used block by block ({@link #fused}) and never reaches memory; the
 * others are updated from where they lie ({@link #separate}). Both give the same bits. Other rules
 * need all gradients first.
 *
 * <p>Sums are taken over blocks of a fixed size, in pieces of a fixed size in single precision, and
 * added up in double precision in their order: the number of threads changes no bit.
 */
public final class Update {
  private final int passes;
  private final boolean elementwise;

  /** By pass, then by parameter. */
  private final List<List<ParameterUpdate>> updates = new ArrayList<>();

  /** Those of elementwise rules, which share them; empty otherwise. */
  private final List<ProgramScalars> shared;

  private final List<Matrix> weights;

  /** By parameter, then by name. */
  private final List<Map<String, ProgramArrays.Placed>> slots = new ArrayList<>();

  private final boolean evaluatesOthers;
  private double[] values = {};
  private boolean begun;
  private List<float[]> trained = List.of();

  /**
   * The state of an optimizer for a parameter.
   *
   * @param arrays slots by name: per-weight ones and those over pairs row-major, per-row and
   *     per-column ones in order
   * @param scalars scalar slots, by name
   */
  public record State(Map<String, float[]> arrays, Map<String, Double> scalars) {}

  /**
   * Compiles an optimizer's rule and makes its initial state.
   *
   * @param optimizer the optimizer
   * @param weights the parameters that it adjusts
   * @param noise a stream for the random numbers of rules that use noise
   * @param width how many floats at a time
   * @param workers the threads that compute
   */
  public Update(
      Optimizer optimizer, List<Matrix> weights, RandomStream noise, Width width, Workers workers) {
    passes = optimizer.passes();
    List<Shape> shapes =
        weights.stream().map(each -> new Shape(each.rows(), each.columns())).toList();
    List<List<UpdateProgram>> rules = new ArrayList<>();
    for (int pass = 0; pass < passes; pass++) {
      rules.add(UpdateCompiler.compile(optimizer, shapes, pass));
    }
    elementwise = passes == 1 && rules.getFirst().stream().allMatch(UpdateProgram::isElementwise);
    Map<UpdateProgram, ProgramScalars> numbers = new LinkedHashMap<>();
    weights.forEach(_ -> slots.add(new LinkedHashMap<>()));
    for (List<UpdateProgram> each : rules) {
      List<ParameterUpdate> list = new ArrayList<>();
      for (int i = 0; i < weights.size(); i++) {
        UpdateProgram rule = each.get(i);
        ProgramScalars own =
            elementwise
                ? numbers.computeIfAbsent(rule, r -> new ProgramScalars(r, width))
                : new ProgramScalars(rule, width);
        list.add(
            new ParameterUpdate(
                rule, own, weights.get(i), slots.get(i), noise.child(i), width, workers));
      }
      updates.add(list);
    }
    shared = List.copyOf(numbers.values());
    this.weights = List.copyOf(weights);
    evaluatesOthers = rules.getLast().stream().anyMatch(rule -> rule.evaluated().isPresent());
  }

  /**
   * How many gradients a step takes.
   *
   * @return at least 1
   */
  public int passes() {
    return passes;
  }

  /**
   * Whether a parameter may be adjusted while its gradient is computed.
   *
   * @return whether {@link #fused} may be used
   */
  public boolean isElementwise() {
    return elementwise;
  }

  /**
   * Begins a step.
   *
   * @param values those of the hyper-parameters, then the number of the step, counted from 1, the
   *     samples of the batch, and 1 for the last update of the run, else 0; read until the step
   *     ends. The last two may be left out: then it is a sample in a run that goes on
   */
  public void prepare(double[] values) {
    this.values = values;
    begun = true;
    for (int i = 0; i < shared.size(); i++) {
      shared.get(i).begin(values);
      shared.get(i).prepare();
      shared.get(i).advance();
    }
  }

  /**
   * The update of a matrix by the product that computes its gradient.
   *
   * @param parameter which, in panels: a block of it lies as the product hands it over
   * @return takes the gradient
   * @throws IllegalStateException if the rule is not elementwise
   */
  public Epilogue fused(int parameter) {
    if (!elementwise) {
      throw new IllegalStateException("the rule needs the whole gradient");
    }
    return updates.getFirst().get(parameter).fused();
  }

  /**
   * The update of parameters whose gradients are complete.
   *
   * @param pass which gradient of the step it is
   * @param gradients by parameter, each in the layout of its weights; all parameters unless the
   *     rule is elementwise
   * @param loss the mean loss of the batch, when it is asked for
   * @return adjusts them; where there are several groups, {@link SeparateUpdate#together} does
   */
  public SeparateUpdate separate(int pass, Map<Integer, Matrix> gradients, DoubleSupplier loss) {
    if (!elementwise && gradients.size() != updates.get(pass).size()) {
      throw new IllegalArgumentException("the rule needs the gradients of all its parameters");
    }
    return new SeparateUpdate(
        gradients.keySet().stream().map(updates.get(pass)::get).toList(),
        List.copyOf(gradients.values()),
        elementwise,
        () -> values,
        loss,
        handOver(pass));
  }

  private List<Runnable> handOver(int pass) {
    List<Runnable> all = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      for (int other = 0; other < passes; other++) {
        if (other != pass) {
          all.add(updates.get(pass).get(i).handOver(updates.get(other).get(i)));
        }
      }
    }
    return all;
  }

  /**
   * Whether the model is evaluated with other weights than those that are trained.
   *
   * @return whether {@link #exchange} does anything: never before the first step
   */
  public boolean evaluatesOthers() {
    return evaluatesOthers && begun;
  }

  /**
   * Swaps the weights that are trained for those to evaluate with, or back. No step may be taken in
   * between. Before the first step they are the same.
   */
  public void exchange() {
    if (!evaluatesOthers()) {
      return;
    }
    if (trained.isEmpty()) {
      trained = weights.stream().map(Matrix::get).toList();
      updates.getLast().forEach(ParameterUpdate::evaluate);
    } else {
      for (int i = 0; i < weights.size(); i++) {
        weights.get(i).set(trained.get(i), 0);
      }
      trained = List.of();
    }
  }

  /**
   * The state of the optimizer.
   *
   * @return copies, by parameter
   */
  public List<State> save() {
    List<State> all = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      Map<String, float[]> arrays = new LinkedHashMap<>();
      Map<String, Double> numbers = new LinkedHashMap<>();
      for (List<ParameterUpdate> pass : updates) {
        pass.get(i).save(arrays, numbers);
      }
      all.add(new State(arrays, numbers));
    }
    return all;
  }

  /**
   * Restores a saved state.
   *
   * @param state what {@link #save} gave, of the same optimizer and parameters
   * @param steps how many steps it had taken by then
   */
  public void restore(List<State> state, long steps) {
    for (List<ParameterUpdate> pass : updates) {
      for (int i = 0; i < weights.size(); i++) {
        pass.get(i).restore(state.get(i));
      }
    }
    begun = steps > 0;
  }

  /**
   * The numbers that the rule reported of the last step.
   *
   * @param parameter which parameter
   * @return numbers by name
   */
  public Map<String, Double> reports(int parameter) {
    Map<String, Double> all = new LinkedHashMap<>();
    updates.forEach(pass -> all.putAll(pass.get(parameter).reports()));
    return all;
  }
}
