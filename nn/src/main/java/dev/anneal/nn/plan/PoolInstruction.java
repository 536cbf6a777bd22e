package dev.anneal.nn.plan;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.schedule.Progress;
import dev.anneal.core.codegen.Kernels;
import dev.anneal.core.window.Geometry;
import dev.anneal.core.window.Window;
import dev.anneal.core.kernel.FloatKernel;
import dev.anneal.core.kernel.KernelSpec;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.parallel.Workers;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Op.PoolKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A number for each channel of what a window sees of images, or the gradient of that. At the border
 * a window sees less; for each number of rows and columns that it can see there is a kernel, which
 * takes a pixel's channels at once.
 */
final class PoolInstruction implements Instruction {
  private static final float[] NOTHING = {};

  private final Geometry geometry;
  private final boolean back;
  private final Node images;
  private final Buffer from;
  private final Buffer gradient;
  private final Buffer to;
  private final Workers workers;
  private final FloatKernel[][] kernels;
  private final float[][][] arrays;
  private final int[][] offsets;
  private final Workers.Task task = this::image;

  private PoolInstruction(
      Node node, Geometry geometry, PoolKind kind, boolean back, Plan.Setting setting) {
    this.geometry = geometry;
    this.back = back;
    images = node.operands().getFirst();
    from = setting.buffer(images);
    gradient = setting.buffer(node.operands().getLast());
    to = setting.buffer(node);
    workers = setting.workers();
    Window window = geometry.window();
    kernels = new FloatKernel[window.height() + 1][window.width() + 1];
    int most = window.height() * window.width();
    arrays = new float[workers.threads()][2 * most + 1][];
    offsets = new int[workers.threads()][2 * most + 1];
    Map<Integer, FloatKernel> known = new HashMap<>();
    for (int y = 0; y < geometry.down(); y++) {
      for (int x = 0; x < geometry.across(); x++) {
        int rows = seen(y, window.down(), window.top(), window.height(), geometry.height());
        int columns = seen(x, window.across(), window.left(), window.width(), geometry.width());
        kernels[rows][columns] =
            known.computeIfAbsent(
                rows * columns, taps -> kernel(kind, back, taps, setting.width()));
      }
    }
  }

  static PoolInstruction pool(Node node, Geometry geometry, PoolKind kind, Plan.Setting setting) {
    return new PoolInstruction(node, geometry, kind, false, setting);
  }

  static PoolInstruction unpool(Node node, Geometry geometry, PoolKind kind, Plan.Setting setting) {
    return new PoolInstruction(node, geometry, kind, true, setting);
  }

  /** How many rows, or columns, of the image a window sees at a position. */
  private static int seen(int position, int step, int padding, int size, int extent) {
    int first = position * step - padding;
    return Math.min(extent, first + size) - Math.max(0, first);
  }

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
      int array = taps + 1 + tap;
      outputs.add(new KernelSpec.Output(array, new Expression.Operand(array).plus(part)));
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
    workers.run(images.shape().rows(batch), task);
  }

  private void image(int index, int worker) {
    Window window = geometry.window();
    int channels = geometry.channels();
    int image = from.row(index);
    int result = (back ? gradient : to).row(index);
    int target = to.row(index);
    if (back) {
      Arrays.fill(to.array(), target, target + geometry.inputs(), 0);
    }
    float[][] all = arrays[worker];
    int[] places = offsets[worker];
    for (int y = 0; y < geometry.down(); y++) {
      int top = y * window.down() - window.top();
      int firstRow = Math.max(0, top);
      int rows = Math.min(geometry.height(), top + window.height()) - firstRow;
      for (int x = 0; x < geometry.across(); x++) {
        int left = x * window.across() - window.left();
        int firstColumn = Math.max(0, left);
        int columns = Math.min(geometry.width(), left + window.width()) - firstColumn;
        int taps = rows * columns;
        int tap = 0;
        for (int i = 0; i < rows; i++) {
          int row = (firstRow + i) * geometry.width() + firstColumn;
          for (int j = 0; j < columns; j++) {
            int pixel = (row + j) * channels;
            all[tap] = from.array();
            places[tap] = image + pixel;
            if (back) {
              all[taps + 1 + tap] = to.array();
              places[taps + 1 + tap] = target + pixel;
            }
            tap++;
          }
        }
        all[taps] = (back ? gradient : to).array();
        places[taps] = result + (y * geometry.across() + x) * channels;
        kernels[rows][columns].run(all, places, NOTHING, channels);
      }
    }
  }
}
