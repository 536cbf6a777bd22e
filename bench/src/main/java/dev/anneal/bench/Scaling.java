package dev.anneal.bench;

import dev.anneal.core.matrix.MatrixProduct;
import dev.anneal.core.parallel.Workers;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/**
 * What a training step costs as the work grows: with the batch, the width and the depth. Prints a
 * table and draws it, and marks each cliff.
 */
public final class Scaling {
  private static final PrintStream OUT = System.out;

  /** Operations of an epoch: enough that its end does not matter. */
  private static final double EPOCH_FLOPS = 5e9;

  /** A rate below this part of that of the next smaller work is a cliff. */
  private static final double CLIFF = 0.8;

  private final Workers workers;
  private final FmaCeiling fma;

  private Scaling(Workers workers) {
    this.workers = workers;
    this.fma = new FmaCeiling(workers);
  }

  /**
   * Measures.
   *
   * @param args how many threads, and where the drawing goes
   * @throws IOException if it cannot be written
   */
  public static void main(String[] args) throws IOException {
    MatrixProduct.warmUp();
    XYChart chart =
        new XYChartBuilder()
            .width(800)
            .height(450)
            .title("Training step, %s threads".formatted(args[0]))
            .xAxisTitle("batch, width or depth")
            .yAxisTitle("part of the FMA ceiling")
            .build();
    chart.getStyler().setXAxisLogarithmic(true).setYAxisMin(0.0).setYAxisMax(1.0);
    try (Workers workers = new Workers(Integer.parseInt(args[0]))) {
      Scaling scaling = new Scaling(workers);
      OUT.printf("| | batch | samples/s | GFLOP/s | of the ceiling |%n|---|---|---|---|---|%n");
      scaling.sweep(chart, "batch", powers(1, 8192), batch -> workload("784-512-200-10", batch));
      scaling.sweep(
          chart,
          "width",
          powers(16, 8192),
          width -> workload("%1$d-%1$d-%1$d-10".formatted(width), 64));
      scaling.sweep(
          chart,
          "depth",
          powers(1, 64),
          depth -> workload(String.join("-", Collections.nCopies(depth + 1, "256")) + "-10", 64));
    }
    BitmapEncoder.saveBitmap(chart, args[1], BitmapFormat.PNG);
  }

  private static List<Integer> powers(int from, int to) {
    List<Integer> powers = new ArrayList<>();
    for (int power = from; power <= to; power *= 2) {
      powers.add(power);
    }
    return powers;
  }

  private static Workload workload(String sizes, int batch) {
    Workload one = new Workload(sizes, batch, "sgd(learning_rate=0.0001)", 1);
    int steps = (int) Math.clamp(EPOCH_FLOPS / one.flops(), 4, 200);
    return new Workload(sizes, batch, one.optimizer(), steps);
  }

  private void sweep(
      XYChart chart, String axis, List<Integer> values, IntFunction<Workload> workload) {
    List<Double> parts = new ArrayList<>();
    double smaller = 0;
    for (int value : values) {
      Workload each = workload.apply(value);
      double ceiling = fma.gigaflops();
      double seconds;
      try (EpochByEpoch training = each.start(workers)) {
        seconds = Stopwatch.time(4, 3, training::epoch).median() / each.steps();
      }
      double gigaflops = each.flops() / seconds * 1e-9;
      parts.add(gigaflops / ceiling);
      OUT.printf(
          Locale.ROOT,
          "| %s %,d | %,d | %,.0f | %.1f | %.2f%s |%n",
          axis,
          value,
          each.batch(),
          each.batch() / seconds,
          gigaflops,
          gigaflops / ceiling,
          gigaflops < CLIFF * smaller ? ", a cliff" : "");
      smaller = gigaflops;
    }
    chart.addSeries(axis, values, parts);
  }
}
