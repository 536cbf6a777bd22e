package dev.anneal.bench;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.sample.Samples;
import dev.anneal.core.tensor.Tensor;
import dev.anneal.data.DataSets;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Shape;
import dev.anneal.nn.group.Groups;
import dev.anneal.nn.layer.Activation;
import dev.anneal.nn.layer.Dense;
import dev.anneal.nn.loss.AdversarialLoss;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.model.Scope;
import dev.anneal.nn.training.EpochMetrics;
import dev.anneal.nn.training.Objective;
import dev.anneal.nn.training.Trainer;
import dev.anneal.nn.training.Training;
import dev.anneal.nn.training.TrainingListener;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * Two networks that learn from each other to draw Fashion-MNIST: one makes images of noise, the
 * other tells them from real ones. Draws a sheet of images at the end.
 */
public final class Adversaries {
  private static final int NOISE = 64;
  private static final int SIDE = 28;
  private static final int PIXELS = SIDE * SIDE;
  private static final int BATCH = 64;
  private static final int SHEET = 8;

  private Adversaries() {}

  private static Node generate(Scope scope) {
    Scope part = scope.part("generator");
    Node x = scope.graph().normal(Shape.batch(NOISE));
    x = part.apply(Activation.LEAKY_RELU, part.apply(new Dense(256), x));
    x = part.apply(Activation.LEAKY_RELU, part.apply(new Dense(512), x));
    return part.apply(Activation.SIGMOID, part.apply(new Dense(PIXELS), x));
  }

  private static Node discriminate(Scope scope, Node images) {
    Scope part = scope.part("discriminator");
    Node x = part.apply(Activation.LEAKY_RELU, part.apply(new Dense(256), images));
    x = part.apply(Activation.LEAKY_RELU, part.apply(new Dense(128), x));
    return part.apply(new Dense(1), x);
  }

  /**
   * Trains, prints a line for each epoch, and draws.
   *
   * @param args epochs, threads, and the file to draw to
   * @throws IOException if the picture cannot be written
   */
  public static void main(String[] args) throws IOException {
    int epochs = Integer.parseInt(args[0]);
    Samples samples = DataSets.open("fashion-mnist").samples();
    Catalogue catalogue = Catalogue.load();
    Model both =
        Model.of(
            PIXELS,
            (scope, images) ->
                scope
                    .graph()
                    .concatenate(
                        discriminate(scope, images), discriminate(scope, generate(scope))));
    Model fooling = Model.of(PIXELS, (scope, _) -> discriminate(scope, generate(scope)));
    Model drawing = Model.of(PIXELS, (scope, _) -> generate(scope));
    Objective discriminator =
        new Objective(
            "discriminator",
            both,
            AdversarialLoss.of(true, false),
            Groups.parse("discriminator: adam(0.0002, beta_1=0.5); generator: frozen", catalogue),
            1);
    Objective generator =
        new Objective(
            "generator",
            fooling,
            AdversarialLoss.of(true),
            Groups.parse("generator: adam(0.0002, beta_1=0.5); discriminator: frozen", catalogue),
            1);
    try (Workers workers = new Workers(Integer.parseInt(args[1]))) {
      long start = System.nanoTime();
      TrainingListener listener =
          new TrainingListener() {
            @Override
            public void epoch(Live live, EpochMetrics metrics) {
              System.out.printf(
                  Locale.ROOT,
                  "epoch %d: discriminator %.3f, generator %.3f, %.1f s%n",
                  metrics.epoch(),
                  metrics.value("discriminator/loss"),
                  metrics.value("generator/loss"),
                  (System.nanoTime() - start) * 1e-9);
            }
          };
      Trainer trainer =
          Training.inTurn(discriminator, generator)
              .batch(BATCH)
              .epochs(epochs)
              .seed(1)
              .workers(workers)
              .readers(drawing)
              .listener(listener)
              .fit(samples);
      draw(trainer.predict(drawing, Tensor.zeros(SHEET * SHEET, PIXELS)), new File(args[2]));
    }
  }

  private static void draw(Tensor images, File file) throws IOException {
    int size = SHEET * SIDE;
    BufferedImage sheet = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        float ink = images.get(y / SIDE * SHEET + x / SIDE, y % SIDE * SIDE + x % SIDE);
        sheet.getRaster().setSample(x, y, 0, 255 - Math.round(255 * ink));
      }
    }
    ImageIO.write(sheet, "png", file);
  }
}
