package dev.anneal.core.update;

import dev.anneal.api.optimizer.Granularity;
import dev.anneal.core.codegen.Reducer;
import dev.anneal.core.codegen.ReducerCompiler;
import dev.anneal.core.codegen.ScalarEvaluator;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.matrix.Layout;
import dev.anneal.core.matrix.Matrix;
import dev.anneal.core.matrix.Segments;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.update.ProgramScalars.Compiled;
import dev.anneal.core.update.Reduction.Kind;
import dev.anneal.core.update.Reduction.ToArray;
import dev.anneal.core.update.Reduction.ToScalar;
import java.util.Arrays;
import java.util.List;

/** A pass of a rule over a parameter, and what it reduces. */
final class PassRunner {
  /** Elements of a task: what it works with stays in the second-level cache. */
  static final int BLOCK = 16384;

  /** Elements that are added up in single precision; longer sums in double. */
  private static final int PIECE = 1024;

  /**
   * Elements after which what is to be reduced is, while it lies in the first-level cache; some
   * pieces.
   */
  private static final int CHUNK = 2 * PIECE;

  /** Columns that lie side by side in any layout. */
  private static final int STRIP = 64;

  /**
   * Columns that one task reduces where they lie side by side: narrower strips make a page of
   * memory for each row.
   */
  private static final int WIDE_STRIP = 512;

  private final Compiled compiled;
  private final Granularity granularity;
  private final ProgramArrays rule;
  private final double[] scalars;
  private final Workers workers;
  private final int size;
  private final int[] spread;
  private final ToScalar[] reductions;

  /** What is reduced, where it is the same for all elements. */
  private final ScalarEvaluator terms;

  private final double[] reduced;
  private final Workers.Task block = this::block;
  private final Workers.Task[] waiting;
  private final int[] waitingTasks;

  /** By block, then by reduction. */
  private final double[][] partial;

  // By worker: what the kernel works with.
  private final float[][][] arrays;
  private final int[][] offsets;
  private final Segments[] runs;
  private final double[][] columns;
  private final float[][] lanes;

  private final Reducer sum;
  private final Reducer max;
  private final int chunk;

  PassRunner(
      Compiled compiled, ProgramArrays rule, double[] scalars, Width width, Workers workers) {
    this.compiled = compiled;
    this.rule = rule;
    this.scalars = scalars;
    this.workers = workers;
    granularity = compiled.pass().granularity();
    size = rule.size(granularity);
    spread = compiled.pass().spread().stream().mapToInt(i -> i).toArray();
    reductions = compiled.pass().toScalars().toArray(ToScalar[]::new);
    terms =
        new ScalarEvaluator(
            granularity.isScalar()
                ? Arrays.stream(reductions).map(ToScalar::of).toList()
                : List.of());
    reduced = new double[reductions.length];
    partial = new double[blocks()][reductions.length];
    int threads = workers.threads();
    int all = rule.count() + reductions.length;
    arrays = new float[threads][all][];
    offsets = new int[threads][all];
    runs = new Segments[threads];
    columns = new double[threads][WIDE_STRIP];
    lanes = new float[threads][Reducer.LANES];
    sum = ReducerCompiler.sum(width);
    max = ReducerCompiler.max(width);
    chunk = reductions.length == 0 ? BLOCK : CHUNK;
    for (int worker = 0; worker < threads; worker++) {
      for (int array = 0; array < rule.count(); array++) {
        arrays[worker][array] = rule.array(array);
      }
      for (int array : spread) {
        arrays[worker][array] = new float[Math.min(chunk, size)];
      }
      for (int array = rule.count(); array < all; array++) {
        arrays[worker][array] = new float[Math.min(chunk, size)];
      }
      runs[worker] = new Segments(rule.weights());
    }
    List<ToArray> later = compiled.pass().toArrays();
    waiting = new Workers.Task[later.size()];
    waitingTasks = new int[later.size()];
    for (int i = 0; i < waiting.length; i++) {
      ToArray reduction = later.get(i);
      Matrix from = rule.matrix(reduction.terms());
      float[] to = rule.array(reduction.array());
      boolean rows = reduction.granularity() == Granularity.ROW;
      Kind kind = reduction.kind();
      int each = Math.max(1, BLOCK / from.columns());
      int strip = from.layout() == Layout.PANELS ? STRIP : WIDE_STRIP;
      waiting[i] =
          rows
              ? (index, worker) -> reduceRows(kind, from, to, index * each, each, worker)
              : (index, worker) -> reduceColumns(kind, from, to, index * strip, strip, worker);
      waitingTasks[i] =
          rows ? Math.ceilDiv(from.rows(), each) : Math.ceilDiv(from.columns(), strip);
    }
  }

  private int blocks() {
    return Math.ceilDiv(size, BLOCK);
  }

  /** Computes what is the same for all elements, then everything. */
  void run() {
    if (granularity.isScalar()) {
      terms.evaluate(scalars, reduced);
      for (int i = 0; i < reductions.length; i++) {
        set(reductions[i], reduced[i]);
      }
      return;
    }
    compiled.prepare(scalars);
    runPrepared();
  }

  /** The same where that is computed already. */
  void runPrepared() {
    workers.run(blocks(), block);
    for (int i = 0; i < reductions.length; i++) {
      Kind kind = reductions[i].kind();
      double all = kind.initial();
      for (double[] each : partial) {
        all = kind.of(all, each[i]);
      }
      set(reductions[i], all);
    }
    for (int i = 0; i < waiting.length; i++) {
      workers.run(waitingTasks[i], waiting[i]);
    }
  }

  private void set(ToScalar reduction, double value) {
    scalars[reduction.scalar()] = value;
  }

  private void block(int index, int worker) {
    int from = index * BLOCK;
    int n = Math.min(BLOCK, size - from);
    float[][] own = arrays[worker];
    own[Memory.GRADIENT] = rule.array(Memory.GRADIENT);
    double[] results = partial[index];
    for (int i = 0; i < reductions.length; i++) {
      results[i] = reductions[i].kind().initial();
    }
    for (int at = 0; at < n; at += chunk) {
      int first = from + at;
      int count = Math.min(chunk, n - at);
      compute(rule.offset(Memory.GRADIENT) + first, first, count, worker);
      for (int i = 0; i < reductions.length; i++) {
        Kind kind = reductions[i].kind();
        results[i] = reduce(kind, own[rule.count() + i], first, count, worker, results[i]);
      }
    }
  }

  /** Adjusts a part of the parameter with a gradient that lies elsewhere. */
  void adjust(float[] gradient, int gradientAt, int from, int n, int worker) {
    arrays[worker][Memory.GRADIENT] = gradient;
    compute(gradientAt, from, n, worker);
  }

  private void compute(int gradientAt, int from, int n, int worker) {
    int[] own = offsets[worker];
    for (int array = 0; array < rule.count(); array++) {
      own[array] = rule.offset(array) + from;
    }
    own[Memory.GRADIENT] = gradientAt;
    for (int array : spread) {
      spread(
          rule.array(array), rule.granularity(array), arrays[worker][array], from, n, runs[worker]);
      own[array] = 0;
    }
    compiled.kernel().run(arrays[worker], own, compiled.prepared(), n);
  }

  /** Gives each weight the number of its row or column. */
  private static void spread(
      float[] numbers, Granularity granularity, float[] to, int from, int n, Segments runs) {
    runs.start(from, from + n);
    while (runs.next()) {
      int at = runs.at() - from;
      if (granularity == Granularity.ROW) {
        Arrays.fill(to, at, at + runs.length(), numbers[runs.row()]);
      } else {
        System.arraycopy(numbers, Math.min(runs.column(), numbers.length), to, at, runs.elements());
        Arrays.fill(to, at + runs.elements(), at + runs.length(), 0);
      }
    }
  }

  /** Goes on from what was reduced before. */
  private double reduce(Kind kind, float[] terms, int from, int n, int worker, double before) {
    if (granularity == Granularity.WEIGHT) {
      float nothing = (float) kind.initial();
      Segments walk = runs[worker];
      walk.start(from, from + n);
      while (walk.next()) {
        int at = walk.at() - from;
        Arrays.fill(terms, at + walk.elements(), at + walk.length(), nothing);
      }
    }
    double all = before;
    for (int at = 0; at < n; at += PIECE) {
      all = kind.of(all, fold(kind).of(terms, at, Math.min(PIECE, n - at), lanes[worker]));
    }
    return all;
  }

  private Reducer fold(Kind kind) {
    return kind == Kind.SUM ? sum : max;
  }

  private void reduceRows(Kind kind, Matrix from, float[] to, int first, int count, int worker) {
    Reducer fold = fold(kind);
    for (int row = first; row < Math.min(first + count, from.rows()); row++) {
      double all = kind.initial();
      for (int column = 0; column < from.columns(); column += STRIP) {
        int n = Math.min(STRIP, from.columns() - column);
        all = kind.of(all, fold.of(from.array(), from.index(row, column), n, lanes[worker]));
      }
      to[row] = (float) all;
    }
  }

  private void reduceColumns(Kind kind, Matrix from, float[] to, int first, int strip, int worker) {
    int n = Math.min(strip, from.columns() - first);
    double[] all = columns[worker];
    Arrays.fill(all, 0, n, kind.initial());
    for (int row = 0; row < from.rows(); row++) {
      int at = from.index(row, first);
      if (kind == Kind.SUM) {
        add(from.array(), at, all, n);
      } else {
        raise(from.array(), at, all, n);
      }
    }
    for (int column = 0; column < n; column++) {
      to[first + column] = (float) all[column];
    }
  }

  /** A loop of its own, for the JIT makes vectors of it. */
  private static void add(float[] numbers, int at, double[] sums, int n) {
    for (int i = 0; i < n; i++) {
      sums[i] += numbers[at + i];
    }
  }

  private static void raise(float[] numbers, int at, double[] largest, int n) {
    for (int i = 0; i < n; i++) {
      largest[i] = Math.max(largest[i], numbers[at + i]);
    }
  }
}
