package dev.anneal.nn.plan;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.schedule.Progress;
import dev.anneal.core.codegen.Kernels;
import dev.anneal.core.kernel.FloatKernel;
import dev.anneal.core.kernel.KernelSpec;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.window.Geometry;
import dev.anneal.core.window.Window;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Op.PoolKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A number for each channel of what a window sees of images, or the gradient of that. What stands
 * at one place of the window is copied side by side for a row of positions, so that a kernel has
 * long runs: a pixel may have few channels. At the border a window sees less, and there are other
 * kernels.
 */
final class PoolInstruction implements Instruction {
  private static final float[] NOTHING = {};

  /**
   * Numbers that keep apart what two workers write: false sharing made two threads half as fast.
   */
  private static final int APART = 64;

  private final Geometry geometry;
  private final Window window;
  private final boolean back;
  private final Node images;
  private final Buffer from;
  private final Buffer gradient;
  private final Buffer to;
  private final Workers workers;

  /** By the count of numbers that the window sees. */
  private final FloatKernel[] kernels;

  private final State[] states;
  private final Workers.Task task = this::image;

  /**
   * The working memory of a worker: a run for each place of the window, for its input and gradient.
   */
  private final class State {
    final float[] runs;
    final int length;

    /** By the count of numbers that the window sees: what its kernel takes. */
    final float[][][] arrays;

    final int[][] offsets;

    State(int most) {
      length = geometry.across() * geometry.channels();
      runs = new float[2 * most * length + APART];
      arrays = new float[most + 1][][];
      offsets = new int[most + 1][];
      for (int taps = 1; taps <= most; taps++) {
        int count = back ? 2 * taps + 1 : taps + 1;
        arrays[taps] = new float[count][];
        offsets[taps] = new int[count + APART];
        Arrays.fill(arrays[taps], runs);
        for (int i = 0; i < count; i++) {
          offsets[taps][i] = (i > taps ? i - 1 : i) * length;
        }
      }
    }

    void bind(float[] result) {
      for (int taps = 1; taps < arrays.length; taps++) {
        arrays[taps][taps] = result;
      }
    }
  }

  private PoolInstruction(
      Node node, Geometry geometry, PoolKind kind, boolean back, Plan.Setting setting) {
    this.geometry = geometry;
    this.back = back;
    window = geometry.window();
    images = node.operands().getFirst();
    from = setting.buffer(images);
    gradient = setting.buffer(node.operands().getLast());
    to = setting.buffer(node);
    workers = setting.workers();
    int most = window.height() * window.width();
    kernels = new FloatKernel[most + 1];
    for (int taps = 1; taps <= most; taps++) {
      kernels[taps] = kernel(kind, back, taps, setting.width());
    }
    states = new State[workers.threads()];
    Arrays.setAll(states, _ -> new State(most));
  }

  static PoolInstruction pool(Node node, Geometry geometry, PoolKind kind, Plan.Setting setting) {
    return new PoolInstruction(node, geometry, kind, false, setting);
  }

  static PoolInstruction unpool(Node node, Geometry geometry, PoolKind kind, Plan.Setting setting) {
    return new PoolInstruction(node, geometry, kind, true, setting);
  }

  /** Takes the numbers that the window sees, then the result or its gradient, then gives theirs. */
  private static FloatKernel kernel(PoolKind kind, boolean back, int taps, Width width) {
    List<Expression> all = new ArrayList<>();
    for (int tap = 0; tap < taps; tap++) {
      all.add(new Expression.Operand(tap));
    }
    if (!back) {
      Expression value =
          switch (kind) {
            case MAX -> all.stream().reduce(Expression::max).orElseThrow();
            case MEAN -> all.stream().reduce(Expression::plus).orElseThrow().times(1.0 / taps);
          };
      return Kernels.compile(
          new KernelSpec(taps + 1, 0, List.of(new KernelSpec.Output(taps, value))), width);
    }
    Expression incoming = new Expression.Operand(taps);
    List<KernelSpec.Output> outputs = new ArrayList<>();
    for (int tap = 0; tap < taps; tap++) {
      Expression part =
          switch (kind) {
            case MAX -> ofFirstLargest(all, tap, incoming);
            case MEAN -> incoming.times(1.0 / taps);
          };
      outputs.add(new KernelSpec.Output(taps + 1 + tap, part));
    }
    return Kernels.compile(new KernelSpec(2 * taps + 1, 0, outputs), width);
  }

  /** The gradient where a number is larger than those before it and no smaller than the rest. */
  private static Expression ofFirstLargest(List<Expression> all, int tap, Expression incoming) {
    Expression zero = Expression.of(0);
    Expression own = all.get(tap);
    Expression part =
        all.subList(tap + 1, all.size()).stream()
            .reduce(Expression::max)
            .map(later -> own.ifLess(later, zero, incoming))
            .orElse(incoming);
    return all.subList(0, tap).stream()
        .reduce(Expression::max)
        .map(earlier -> earlier.ifLess(own, part, zero))
        .orElse(part);
  }

  @Override
  public void run(int batch, Progress progress) {
    for (State state : states) {
      state.bind((back ? gradient : to).array());
    }
    workers.run(images.shape().rows(batch), task);
  }

  private void image(int index, int worker) {
    if (back) {
      int first = to.row(index);
      Arrays.fill(to.array(), first, first + geometry.inputs(), 0);
    }
    int inner = window.left() == 0 ? 0 : Math.ceilDiv(window.left(), window.across());
    int last =
        Math.min(
            geometry.across(),
            (geometry.width() + window.left() - window.width()) / window.across() + 1);
    for (int y = 0; y < geometry.down(); y++) {
      for (int x = 0; x < Math.min(inner, geometry.across()); x++) {
        positions(index, y, x, x + 1, worker);
      }
      if (inner < last) {
        positions(index, y, inner, last, worker);
      }
      for (int x = Math.max(inner, last); x < geometry.across(); x++) {
        positions(index, y, x, x + 1, worker);
      }
    }
  }

  /** Positions in a row at which the window sees as many columns. */
  private void positions(int index, int y, int x, int end, int worker) {
    State state = states[worker];
    int channels = geometry.channels();
    int top = Math.max(0, y * window.down() - window.top());
    int bottom = Math.min(geometry.height(), y * window.down() - window.top() + window.height());
    int left = Math.max(0, x * window.across() - window.left());
    int right = Math.min(geometry.width(), x * window.across() - window.left() + window.width());
    int taps = (bottom - top) * (right - left);
    int count = end - x;
    int tap = 0;
    for (int row = top; row < bottom; row++) {
      for (int column = left; column < right; column++) {
        int at = from.row(index) + (row * geometry.width() + column) * channels;
        gather(from.array(), at, state.runs, tap * state.length, count);
        tap++;
      }
    }
    int[] offsets = state.offsets[taps];
    offsets[taps] = (back ? gradient : to).row(index) + (y * geometry.across() + x) * channels;
    kernels[taps].run(state.arrays[taps], offsets, NOTHING, count * channels);
    for (int row = top; row < bottom && back; row++) {
      for (int column = left; column < right; column++) {
        int at = to.row(index) + (row * geometry.width() + column) * channels;
        add(state.runs, tap * state.length, to.array(), at, count);
        tap++;
      }
    }
  }

  /** Pixels as far apart as the positions are, side by side. */
  private void gather(float[] from, int at, float[] to, int target, int count) {
    int channels = geometry.channels();
    int step = window.across() * channels;
    for (int i = 0; i < count; i++) {
      for (int channel = 0; channel < channels; channel++) {
        to[target + channel] = from[at + channel];
      }
      at += step;
      target += channels;
    }
  }

  private void add(float[] from, int at, float[] to, int target, int count) {
    int channels = geometry.channels();
    int step = window.across() * channels;
    for (int i = 0; i < count; i++) {
      for (int channel = 0; channel < channels; channel++) {
        to[target + channel] += from[at + channel];
      }
      at += channels;
      target += step;
    }
  }
}
