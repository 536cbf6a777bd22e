package dev.anneal.core.convolution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.anneal.core.kernel.Width;
import dev.anneal.core.matrix.Layout;
import dev.anneal.core.matrix.Matrix;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.window.Direction;
import dev.anneal.core.window.Geometry;
import dev.anneal.core.window.Window;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Convolutions against their definitions, written out in the order of additions that is promised:
 * to the bit, at every width, on one thread and on three.
 */
class PatchProductProperties {
  private static final float UNTOUCHED = 7;

  @Property(tries = 100)
  void forward(
      @ForAll("geometries") Geometry geometry, @ForAll("counts") int images, @ForAll long seed) {
    Random random = new Random(seed);
    float[] x = draw(images * geometry.inputs(), random);
    float[] w = draw(geometry.patch() * geometry.filters(), random);
    float[] y = new float[images * geometry.outputs()];
    for (int at = 0; at < y.length; at++) {
      float sum = 0;
      int filter = at % geometry.filters();
      for (int k = 0; k < geometry.patch(); k++) {
        int from = input(geometry, at, k);
        sum = Math.fma(from < 0 ? 0 : x[from], w[k * geometry.filters() + filter], sum);
      }
      y[at] = sum;
    }
    check(
        geometry,
        Direction.FORWARD,
        rows(images, geometry.inputs(), x),
        weights(geometry, w, seed),
        Matrix.zeros(images, geometry.outputs(), Layout.ROWS),
        images,
        y);
  }

  @Property(tries = 100)
  void toImages(
      @ForAll("geometries") Geometry geometry, @ForAll("counts") int images, @ForAll long seed) {
    Random random = new Random(seed);
    float[] dy = draw(images * geometry.outputs(), random);
    float[] w = draw(geometry.patch() * geometry.filters(), random);
    float[] dx = new float[images * geometry.inputs()];
    int filters = geometry.filters() / geometry.groups();
    int channels = geometry.channels() / geometry.groups();
    int taps = geometry.window().height() * geometry.window().width();
    for (int tap = taps - 1; tap >= 0; tap--) {
      for (int filter = 0; filter < filters; filter++) {
        for (int pixel = 0; pixel < images * geometry.down() * geometry.across(); pixel++) {
          for (int k = tap * channels; k < (tap + 1) * channels; k++) {
            for (int group = 0; group < geometry.groups(); group++) {
              int of = group * filters + filter;
              int at = pixel * geometry.filters() + of;
              int to = input(geometry, at, k);
              if (to >= 0) {
                dx[to] = Math.fma(dy[at], w[k * geometry.filters() + of], dx[to]);
              }
            }
          }
        }
      }
    }
    check(
        geometry,
        Direction.TO_IMAGES,
        rows(images, geometry.outputs(), dy),
        weights(geometry, w, seed),
        Matrix.zeros(images, geometry.inputs(), Layout.ROWS),
        images,
        dx);
  }

  @Property(tries = 100)
  void toWeights(
      @ForAll("geometries") Geometry geometry, @ForAll("counts") int images, @ForAll long seed) {
    Random random = new Random(seed);
    float[] x = draw(images * geometry.inputs(), random);
    float[] dy = draw(images * geometry.outputs(), random);
    float[] dw = new float[geometry.patch() * geometry.filters()];
    int parts = Math.min(16, images);
    for (int i = 0; i < dw.length; i++) {
      for (int part = 0; part < parts; part++) {
        float sum = 0;
        for (int image = part * images / parts; image < (part + 1) * images / parts; image++) {
          float chain = 0;
          int pixels = geometry.down() * geometry.across();
          for (int pixel = image * pixels; pixel < (image + 1) * pixels; pixel++) {
            int at = pixel * geometry.filters() + i % geometry.filters();
            int from = input(geometry, at, i / geometry.filters());
            chain = Math.fma(from < 0 ? 0 : x[from], dy[at], chain);
          }
          sum += chain;
        }
        dw[i] = part == 0 ? sum : dw[i] + sum;
      }
    }
    check(
        geometry,
        Direction.TO_WEIGHTS,
        rows(images, geometry.inputs(), x),
        rows(images, geometry.outputs(), dy),
        Matrix.zeros(geometry.patch(), geometry.filters(), Layout.PANELS),
        images,
        dw);
  }

  /** Which number of the images a weight meets for a number of the results; -1 for padding. */
  private static int input(Geometry geometry, int at, int k) {
    Window window = geometry.window();
    int pixel = at / geometry.filters();
    int x = pixel % geometry.across() * window.across() - window.left();
    int y = pixel / geometry.across() % geometry.down() * window.down() - window.top();
    int image = pixel / geometry.across() / geometry.down();
    int channels = geometry.channels() / geometry.groups();
    int group = at % geometry.filters() / (geometry.filters() / geometry.groups());
    x += k / channels % window.width() * window.spread();
    y += k / channels / window.width() * window.spread();
    if (x < 0 || x >= geometry.width() || y < 0 || y >= geometry.height()) {
      return -1;
    }
    return ((image * geometry.height() + y) * geometry.width() + x) * geometry.channels()
        + group * channels
        + k % channels;
  }

  private static void check(
      Geometry geometry,
      Direction direction,
      Matrix left,
      Matrix right,
      Matrix to,
      int images,
      float[] expected) {
    for (Width width : Width.values()) {
      for (int threads : new int[] {1, 3}) {
        try (Workers workers = new Workers(threads)) {
          PatchProduct convolution = new PatchProduct(geometry, direction, width, workers);
          for (int again = 0; again < 2; again++) {
            Arrays.fill(to.array(), UNTOUCHED);
            convolution.run(left, right, to, images);
            assertArrayEquals(expected, to.get(), () -> direction + " " + width + " " + geometry);
          }
        }
      }
    }
  }

  private static Matrix rows(int rows, int columns, float[] numbers) {
    Matrix matrix = Matrix.zeros(rows, columns, Layout.ROWS);
    Arrays.fill(matrix.array(), Float.NaN); // what lies between must not matter
    matrix.set(numbers, 0);
    return matrix;
  }

  /** In panels, as products read them, or in rows, where others read them too. */
  private static Matrix weights(Geometry geometry, float[] numbers, long seed) {
    if (seed % 2 == 0) {
      return rows(geometry.patch(), geometry.filters(), numbers);
    }
    Matrix matrix = Matrix.zeros(geometry.patch(), geometry.filters(), Layout.PANELS);
    matrix.set(numbers, 0);
    return matrix;
  }

  private static float[] draw(int n, Random random) {
    float[] numbers = new float[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  @Provide
  Arbitrary<Integer> counts() {
    return Arbitraries.of(1, 2, 5, 19);
  }

  @Provide
  Arbitrary<Geometry> geometries() {
    Arbitrary<Integer> side = Arbitraries.integers().between(1, 3);
    Arbitrary<Integer> step = Arbitraries.of(1, 1, 2, 3);
    Arbitrary<Integer> padding = Arbitraries.of(0, 0, 1, 2);
    Arbitrary<Window> windows =
        Combinators.combine(
                side, side, step, step, Arbitraries.of(1, 1, 2), padding, padding, padding)
            .as((height, width, down, across, spread, top, bottom, left) ->
                new Window(height, width, down, across, spread, top, bottom, left, bottom));
    Arbitrary<Integer> extent = Arbitraries.integers().between(5, 17);
    Arbitrary<Integer> channels = Arbitraries.of(1, 2, 3, 6, 16, 20);
    Arbitrary<Integer> filters = Arbitraries.of(1, 3, 6, 15, 16, 17, 32, 33, 48, 70);
    return Combinators.combine(
            extent, extent, channels, filters, Arbitraries.of(1, 1, 1, 2, 3), windows)
        .as((height, width, in, out, groups, window) ->
            new Geometry(
                height,
                width,
                in * (in % groups == 0 ? 1 : groups),
                out * (out % groups == 0 ? 1 : groups),
                groups,
                window));
  }
}
