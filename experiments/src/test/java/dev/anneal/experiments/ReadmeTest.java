package dev.anneal.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import dev.anneal.data.DataSets;
import dev.anneal.data.Split;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.graph.Initializer;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.layer.Dense;
import dev.anneal.nn.loss.CrossEntropy;
import dev.anneal.nn.model.Layer;
import dev.anneal.nn.model.Scope;
import dev.anneal.nn.model.Sequential;
import dev.anneal.nn.training.History;
import dev.anneal.nn.training.Training;
import dev.anneal.optimizers.SgdBuilder;
import dev.anneal.schedulers.TimeBasedBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README's Java, run; and the README, held against it. */
class ReadmeTest {
  @Test
  void fromJava() {
    // README: from Java
    var rate = new TimeBasedBuilder(0.1, 0.002, Unit.ITERATION).build();
    var sgd = new SgdBuilder().learningRate(rate).momentum(0.8).build();
    var mlp = Mlp.parse("34-34-1").withKernel(Initializer.normal(0.05));
    var split = Split.at(DataSets.open("ionosphere").samples(), 235);
    var training =
        Training.of(mlp.model(), mlp.loss(), sgd)
            .batch(28)
            .epochs(50)
            .seed(1)
            .validation(split.validation());
    try (var trainer = training.fit(split.train())) {
      var accuracy = trainer.history().last().value("val_accuracy"); // 0.9914: 115 of 116
      // README: end
      assertEquals(115 / 116.0, accuracy);
    }
  }

  // README: parts of your own
  /** x · sigmoid(x), written forward only. */
  record Swish() implements Layer {
    @Override
    public Node forward(Scope scope, Node input) {
      var x = new Expression.Operand(0);
      return scope.graph().elementwise(x.times(x.sigmoid()), input);
    }

    @Override
    public String kind() {
      return "swish";
    }
  }

  // README: end

  @Test
  void partsOfYourOwn() {
    // README: and with them
    Schedule sawtooth = progress -> 0.1 / (1 + progress.epoch() % 10);
    var model = Sequential.of(34, new Dense(34), new Swish(), new Dense(1));
    var sgd = new SgdBuilder().learningRate(sawtooth).momentum(0.8).build();
    // README: end
    var split = Split.at(DataSets.open("ionosphere").samples(), 235);
    var training =
        Training.of(model, CrossEntropy.BINARY, sgd)
            .batch(28)
            .epochs(20)
            .seed(1)
            .validation(split.validation());
    try (var trainer = training.fit(split.train())) {
      History history = trainer.history();
      assertTrue(history.last().value("val_accuracy") > 0.9);
    }
  }

  @Test
  void theReadmeHasTheseVeryLines() throws IOException {
    String here = Files.readString(Path.of("src/test/java/dev/anneal/experiments/ReadmeTest.java"));
    String readme = Files.readString(Path.of("../README.md"));
    String[] parts = here.split("// README: ");
    int found = 0;
    for (int i = 1; i < parts.length - 1; i++) {
      if (!parts[i].startsWith("end")) {
        String code = parts[i].substring(parts[i].indexOf('\n')).stripIndent().strip();
        assertTrue(readme.contains(code), "README.md lacks:\n" + code);
        found++;
      }
    }
    assertEquals(3, found);
  }
}
