package dev.anneal.nn.minimize;

import dev.anneal.api.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * L-BFGS: Newton's method with what the last iterations tell about the curvature, for functions
 * without noise, such as the loss over a whole set of samples. It decides itself where to evaluate
 * the function, several times a step, so it is no {@link dev.anneal.api.optimizer.Optimizer}.
 *
 * <pre>{@code
 * Lbfgs.Run run = new Lbfgs().withStrongWolfe(true).start();
 * double loss;
 * do {
 *   loss = run.step(weights, objective);
 * } while (!run.isDone());
 * }</pre>
 *
 * <p>For the gradients g, moves s and changes y of the gradient of the last {@code history}
 * iterations, the direction d is {@code -H g}, where H is the inverse Hessian that BFGS makes of
 * them, beginning with {@code (y s) / (y y)} of the last. An iteration goes to {@code w + t d}: t
 * is the learning rate, in the very first {@code min(1, 1 / sum(|g|))} of it; with {@code
 * strong_wolfe} it is what a search along d finds from there. Where {@code y s <= 1e-10} an
 * iteration is not remembered.
 *
 * <p>A step evaluates the function and takes up to {@code maxIterations}. It ends early where it
 * has evaluated the function {@code maxEvaluations} times, where the largest entry of the gradient
 * is at most {@code gradientTolerance}, where an iteration has changed the value by less than
 * {@code changeTolerance} or no weight by more, and where d leads down by less than that. The next
 * step goes on with what is known of the curvature.
 *
 * <p>Source: Liu and Nocedal, "On the limited memory BFGS method for large scale optimization",
 * 1989; LBFGS of PyTorch, whose iterations these are.
 *
 * @param learningRate the length of an iteration in directions, in (0, inf); the first that a
 *     search tries
 * @param maxIterations of a step, at least 1
 * @param maxEvaluations of the function in a step, at least 1; an iteration that has begun ends
 * @param gradientTolerance the gradient that counts as 0, in [0, inf)
 * @param changeTolerance the change that counts as none, in [0, inf)
 * @param history how many iterations are remembered, at least 1
 * @param strongWolfe whether to search along the direction
 */
public record Lbfgs(
    double learningRate,
    int maxIterations,
    int maxEvaluations,
    double gradientTolerance,
    double changeTolerance,
    int history,
    boolean strongWolfe) {
  private static final double LEAST_CURVATURE = 1e-10;

  /**
   * Checks the ranges.
   *
   * @throws InputException if an option is out of range
   */
  public Lbfgs {
    check("learning_rate", learningRate, learningRate > 0);
    check("max_iterations", maxIterations, maxIterations > 0);
    check("max_evaluations", maxEvaluations, maxEvaluations > 0);
    check("gradient_tolerance", gradientTolerance, gradientTolerance >= 0);
    check("change_tolerance", changeTolerance, changeTolerance >= 0);
    check("history", history, history > 0);
  }

  /** With the numbers of PyTorch: rate 1, 20 iterations, 25 evaluations, a history of 100. */
  public Lbfgs() {
    this(1, 20, 25, 1e-7, 1e-9, 100, false);
  }

  private static void check(String name, double value, boolean inRange) {
    if (!inRange || !Double.isFinite(value)) {
      throw new InputException("lbfgs: %s is out of range: %s".formatted(name, value));
    }
  }

  /**
   * Other lengths of iterations.
   *
   * @param rate the new learning rate
   * @return a copy
   */
  public Lbfgs withLearningRate(double rate) {
    return new Lbfgs(
        rate,
        maxIterations,
        maxEvaluations,
        gradientTolerance,
        changeTolerance,
        history,
        strongWolfe);
  }

  /**
   * Other lengths of steps.
   *
   * @param iterations the most of a step
   * @param evaluations the most of a step
   * @return a copy
   */
  public Lbfgs withMost(int iterations, int evaluations) {
    return new Lbfgs(
        learningRate,
        iterations,
        evaluations,
        gradientTolerance,
        changeTolerance,
        history,
        strongWolfe);
  }

  /**
   * Other ideas of nothing.
   *
   * @param gradient the gradient that counts as 0
   * @param change the change that counts as none
   * @return a copy
   */
  public Lbfgs withTolerances(double gradient, double change) {
    return new Lbfgs(
        learningRate, maxIterations, maxEvaluations, gradient, change, history, strongWolfe);
  }

  /**
   * Another memory.
   *
   * @param iterations how many are remembered
   * @return a copy
   */
  public Lbfgs withHistory(int iterations) {
    return new Lbfgs(
        learningRate,
        maxIterations,
        maxEvaluations,
        gradientTolerance,
        changeTolerance,
        iterations,
        strongWolfe);
  }

  /**
   * With a search, or without.
   *
   * @param search whether to search along the direction
   * @return a copy
   */
  public Lbfgs withStrongWolfe(boolean search) {
    return new Lbfgs(
        learningRate,
        maxIterations,
        maxEvaluations,
        gradientTolerance,
        changeTolerance,
        history,
        search);
  }

  /**
   * Begins.
   *
   * @return a run that knows nothing of the function yet
   */
  public Run start() {
    return new Run(this);
  }

  /** Minimizes a function, step by step, and gets to know it on the way. */
  public static final class Run {
    private final Lbfgs options;
    private final List<Pair> pairs = new ArrayList<>();
    private double scale = 1;
    private double[] direction = {};
    private double[] before = {};
    private double length;
    private int iterations;
    private int evaluations;
    private boolean done;

    /** A move of the weights, the change of the gradient, and one over their product. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Pair(double[] move, double[] change, double inverse) {}

    private Run(Lbfgs options) {
      this.options = options;
    }

    /**
     * What is known of the function.
     *
     * @return copies, by name
     */
    public Map<String, double[]> save() {
      Map<String, double[]> state = new LinkedHashMap<>();
      state.put(
          "numbers",
          new double[] {scale, length, iterations, evaluations, done ? 1 : 0, pairs.size()});
      state.put("direction", direction.clone());
      state.put("before", before.clone());
      for (int i = 0; i < pairs.size(); i++) {
        state.put("move_" + i, pairs.get(i).move.clone());
        state.put("change_" + i, pairs.get(i).change.clone());
        state.put("inverse_" + i, new double[] {pairs.get(i).inverse});
      }
      return state;
    }

    /**
     * Goes on from there, with the same bits.
     *
     * @param state what {@link #save} gave
     */
    public void restore(Map<String, double[]> state) {
      double[] numbers = get(state, "numbers");
      scale = numbers[0];
      length = numbers[1];
      iterations = (int) numbers[2];
      evaluations = (int) numbers[3];
      done = numbers[4] != 0;
      direction = get(state, "direction");
      before = get(state, "before");
      pairs.clear();
      for (int i = 0; i < numbers[5]; i++) {
        pairs.add(
            new Pair(
                get(state, "move_" + i), get(state, "change_" + i), get(state, "inverse_" + i)[0]));
      }
    }

    private static double[] get(Map<String, double[]> state, String name) {
      return Objects.requireNonNull(state.get(name), name).clone();
    }

    /**
     * How often the function was evaluated.
     *
     * @return in all steps together
     */
    public int evaluations() {
      return evaluations;
    }

    /**
     * How many iterations there were.
     *
     * @return in all steps together
     */
    public int iterations() {
      return iterations;
    }

    /**
     * Whether another step would lead nowhere: the last one has ended at a tolerance.
     *
     * @return false before the first step
     */
    public boolean isDone() {
      return done;
    }

    /**
     * Takes a step.
     *
     * @param weights where it begins; replaced by where it ends
     * @param objective the function
     * @return its value where the step began
     */
    public double step(double[] weights, DifferentiableFunction objective) {
      double[] gradient = new double[weights.length];
      double first = objective.evaluate(weights, gradient);
      evaluations++;
      int limit = evaluations - 1 + options.maxEvaluations;
      LineSearch.Point point = new LineSearch.Point(0, first, 0, gradient);
      done = largest(gradient) <= options.gradientTolerance;
      for (int i = 1; !done && i <= options.maxIterations; i++) {
        iterations++;
        turn(point.gradient());
        double slope = dot(point.gradient(), direction);
        if (slope > -options.changeTolerance) {
          done = true;
          return first;
        }
        double value = point.value();
        point = new LineSearch.Point(0, value, slope, point.gradient());
        boolean evaluated = options.strongWolfe || i < options.maxIterations;
        if (options.strongWolfe) {
          point = search(weights, objective, point);
          length = point.at();
        }
        move(weights, length, weights);
        if (!options.strongWolfe && evaluated) {
          point = evaluate(weights, objective, length);
        }
        if (i == options.maxIterations || evaluations >= limit) {
          done = evaluated && largest(point.gradient()) <= options.gradientTolerance;
          return first;
        }
        done =
            largest(point.gradient()) <= options.gradientTolerance
                || largest(direction) * length <= options.changeTolerance
                || Math.abs(point.value() - value) < options.changeTolerance;
      }
      return first;
    }

    /** Where the next iteration goes, and how far without a search. */
    private void turn(double[] gradient) {
      if (iterations == 1) {
        direction = new double[gradient.length];
        add(direction, -1, gradient);
        double sum = 0;
        for (double g : gradient) {
          sum += Math.abs(g);
        }
        length = Math.min(1, 1 / sum) * options.learningRate;
      } else {
        remember(gradient);
        direction = newton(gradient);
        length = options.learningRate;
      }
      before = gradient;
    }

    private void remember(double[] gradient) {
      double[] change = gradient.clone();
      add(change, -1, before);
      double[] move = new double[gradient.length];
      add(move, length, direction);
      double product = dot(change, move);
      if (product > LEAST_CURVATURE) {
        if (pairs.size() == options.history) {
          pairs.removeFirst();
        }
        pairs.add(new Pair(move, change, 1 / product));
        scale = product / dot(change, change);
      }
    }

    /** Minus the inverse Hessian times the gradient, in two loops over what is remembered. */
    private double[] newton(double[] gradient) {
      double[] q = new double[gradient.length];
      add(q, -1, gradient);
      double[] parts = new double[pairs.size()];
      for (int i = pairs.size() - 1; i >= 0; i--) {
        Pair pair = pairs.get(i);
        parts[i] = dot(pair.move, q) * pair.inverse;
        add(q, -parts[i], pair.change);
      }
      for (int i = 0; i < q.length; i++) {
        q[i] *= scale;
      }
      for (int i = 0; i < pairs.size(); i++) {
        Pair pair = pairs.get(i);
        add(q, parts[i] - dot(pair.change, q) * pair.inverse, pair.move);
      }
      return q;
    }

    private LineSearch.Point search(
        double[] weights, DifferentiableFunction objective, LineSearch.Point start) {
      double[] probe = new double[weights.length];
      LineSearch.Line line =
          distance -> {
            move(weights, distance, probe);
            return evaluate(probe, objective, distance);
          };
      return LineSearch.search(line, start, length, options.changeTolerance / largest(direction));
    }

    private LineSearch.Point evaluate(
        double[] weights, DifferentiableFunction objective, double at) {
      double[] gradient = new double[weights.length];
      double value = objective.evaluate(weights, gradient);
      evaluations++;
      return new LineSearch.Point(at, value, dot(gradient, direction), gradient);
    }

    private void move(double[] from, double distance, double[] to) {
      for (int i = 0; i < from.length; i++) {
        to[i] = Math.fma(distance, direction[i], from[i]);
      }
    }

    private static void add(double[] to, double factor, double[] other) {
      for (int i = 0; i < to.length; i++) {
        to[i] = Math.fma(factor, other[i], to[i]);
      }
    }

    private static double dot(double[] a, double[] b) {
      double sum = 0;
      for (int i = 0; i < a.length; i++) {
        sum = Math.fma(a[i], b[i], sum);
      }
      return sum;
    }

    /** The largest entry by size; NaN if there is one. */
    private static double largest(double[] numbers) {
      double largest = 0;
      for (double each : numbers) {
        largest = Math.max(largest, Math.abs(each));
      }
      return largest;
    }
  }
}
