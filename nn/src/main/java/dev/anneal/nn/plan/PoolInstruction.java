package dev.anneal.nn.plan;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.schedule.Progress;
import dev.anneal.core.codegen.Kernels;
import dev.anneal.core.kernel.FloatKernel;
import dev.anneal.core.kernel.KernelSpec;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.window.Geometry;
import dev.anneal.core.window.Window;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Op.PoolKind;
import java.util.Arrays;
import java.util.List;

/**
 * A number for each channel of what a window sees of images, or the gradient of that. What stands
 * at one place of the window is copied side by side for a row of positions, so that kernels have
 * long runs: a pixel may have few channels. Positions at the border, where the window sees less, go
 * one by one.
 */
final class PoolInstruction implements Instruction {
  private static final Expression A = new Expression.Operand(0);
  private static final Expression B = new Expression.Operand(1);
  private static final Expression C = new Expression.Operand(2);
  private static final Expression ZERO = Expression.of(0);

  private static final KernelSpec LARGER = into(A.max(B));
  private static final KernelSpec SUM = into(A.plus(B));

  /** Of a number, the largest and the gradient that is left: what the number gets, what is left. */
  private static final KernelSpec TAKE =
      new KernelSpec(
          3,
          0,
          List.of(
              new KernelSpec.Output(0, A.ifLess(B, ZERO, C)),
              new KernelSpec.Output(2, A.ifLess(B, C, ZERO))));

  private static final float[] NOTHING = {};

  /**
   * Numbers that keep apart what two workers write: false sharing made two threads half as fast.
   */
  private static final int APART = 64;

  private final Geometry geometry;
  private final Window window;
  private final PoolKind kind;
  private final boolean back;
  private final Node images;
  private final Buffer from;
  private final Buffer gradient;
  private final Buffer to;
  private final Workers workers;
  private final FloatKernel combine;
  private final FloatKernel take;
  private final State[] states;
  private final Workers.Task task = this::image;

  /**
   * The working memory of a worker: a run for each place of the window where gradients want all of
   * them, else for one; and behind them two more.
   */
  private final class State {
    final int length = geometry.across() * geometry.channels();
    final float[] runs;

    /** Where the largest numbers are in it, or the sums. */
    final int folded;

    final int left;
    final float[][] arrays;
    final int[] offsets = new int[3 + APART];

    State() {
      int places = back ? window.height() * window.width() : 1;
      folded = places * length;
      left = folded + length;
      runs = new float[left + length + APART];
      arrays = new float[][] {runs, runs, runs};
    }

    /** Folds a run into what is folded. */
    void combine(int at, int run, int count) {
      offsets[0] = at;
      offsets[1] = run;
      combine.run(arrays, offsets, NOTHING, count);
    }

    /** The part of the gradient that a run gets replaces it. */
    void take(int run, int count) {
      offsets[0] = run;
      offsets[1] = folded;
      offsets[2] = left;
      take.run(arrays, offsets, NOTHING, count);
    }
  }

  private PoolInstruction(
      Node node, Geometry geometry, PoolKind kind, boolean back, Plan.Setting setting) {
    this.geometry = geometry;
    this.kind = kind;
    this.back = back;
    window = geometry.window();
    images = node.operands().getFirst();
    from = setting.buffer(images);
    gradient = setting.buffer(node.operands().getLast());
    to = setting.buffer(node);
    workers = setting.workers();
    combine = Kernels.compile(kind == PoolKind.MAX ? LARGER : SUM, setting.width());
    take = Kernels.compile(TAKE, setting.width());
    states = new State[workers.threads()];
    Arrays.setAll(states, _ -> new State());
  }

  private static KernelSpec into(Expression value) {
    return new KernelSpec(2, 0, List.of(new KernelSpec.Output(0, value)));
  }

  static PoolInstruction pool(Node node, Geometry geometry, PoolKind kind, Plan.Setting setting) {
    return new PoolInstruction(node, geometry, kind, false, setting);
  }

  static PoolInstruction unpool(Node node, Geometry geometry, PoolKind kind, Plan.Setting setting) {
    return new PoolInstruction(node, geometry, kind, true, setting);
  }

  @Override
  public void run(int batch, Progress progress) {
    for (State state : states) {
      state.arrays[0] = back ? state.runs : to.array();
    }
    workers.run(images.shape().rows(batch), task);
  }

  private void image(int index, int worker) {
    if (back) {
      int first = to.row(index);
      Arrays.fill(to.array(), first, first + geometry.inputs(), 0);
    }
    int across = geometry.across();
    int inner = Math.min(across, Math.ceilDiv(window.left(), window.across()));
    int room = geometry.width() + window.left() - window.width();
    int last = Math.clamp(Math.floorDiv(room, window.across()) + 1, inner, across);
    for (int y = 0; y < geometry.down(); y++) {
      for (int x = 0; x < inner; x++) {
        positions(index, y, x, 1, states[worker]);
      }
      if (inner < last) {
        positions(index, y, inner, last - inner, states[worker]);
      }
      for (int x = last; x < across; x++) {
        positions(index, y, x, 1, states[worker]);
      }
    }
  }

  /** Positions in a row, from x on, at which the window sees as many columns. */
  private void positions(int index, int y, int x, int count, State state) {
    int down = y * window.down() - window.top();
    int right = x * window.across() - window.left();
    int top = Math.max(0, down);
    int left = Math.max(0, right);
    int rows = Math.min(geometry.height(), down + window.height()) - top;
    int columns = Math.min(geometry.width(), right + window.width()) - left;
    int corner = (top * geometry.width() + left) * geometry.channels();
    int result = (y * geometry.across() + x) * geometry.channels();
    if (back) {
      back(index, corner, rows, columns, result, count, state);
    } else {
      forward(index, corner, rows, columns, result, count, state);
    }
  }

  private void forward(
      int index, int corner, int rows, int columns, int result, int count, State state) {
    float[] into = to.array();
    int at = to.row(index) + result;
    int numbers = count * geometry.channels();
    for (int place = 0; place < rows * columns; place++) {
      int pixel = from.row(index) + corner + pixel(place, columns);
      if (place == 0) {
        gather(from.array(), pixel, into, at, count);
      } else {
        gather(from.array(), pixel, state.runs, 0, count);
        state.combine(at, 0, numbers);
      }
    }
    if (kind == PoolKind.MEAN) {
      scale(into, at, into, at, numbers, rows * columns);
    }
  }

  private void back(
      int index, int corner, int rows, int columns, int result, int count, State state) {
    int numbers = count * geometry.channels();
    int places = rows * columns;
    int incoming = gradient.row(index) + result;
    float[] runs = state.runs;
    if (kind == PoolKind.MEAN) {
      scale(gradient.array(), incoming, runs, 0, numbers, places);
    } else {
      for (int place = 0; place < places; place++) {
        int run = place * state.length;
        int pixel = from.row(index) + corner + pixel(place, columns);
        gather(from.array(), pixel, runs, run, count);
        if (place == 0) {
          System.arraycopy(runs, 0, runs, state.folded, numbers);
        } else {
          state.combine(state.folded, run, numbers);
        }
      }
      System.arraycopy(gradient.array(), incoming, runs, state.left, numbers);
    }
    for (int place = 0; place < places; place++) {
      int run = kind == PoolKind.MEAN ? 0 : place * state.length;
      if (kind == PoolKind.MAX) {
        state.take(run, numbers);
      }
      add(runs, run, to.array(), to.row(index) + corner + pixel(place, columns), count);
    }
  }

  /** From the first number that a window sees to that at a place of it. */
  private int pixel(int place, int columns) {
    return (place / columns * geometry.width() + place % columns) * geometry.channels();
  }

  private static void scale(float[] from, int at, float[] to, int target, int numbers, int places) {
    float part = (float) (1.0 / places);
    for (int i = 0; i < numbers; i++) {
      to[target + i] = from[at + i] * part;
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
