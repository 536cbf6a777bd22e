package dev.anneal.nn.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.api.InputException;
import dev.anneal.api.schedule.Constant;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.graph.Initializer;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.layer.Activation;
import dev.anneal.nn.layer.Dense;
import dev.anneal.nn.layer.Dropout;
import dev.anneal.nn.layer.Flatten;
import dev.anneal.nn.loss.CrossEntropy;
import dev.anneal.nn.model.Sequential;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTest {
  @Test
  void parseReadsSizes() {
    Mlp mlp = Mlp.parse(" 784-512-200-10 ");
    assertEquals(
        new Mlp(
            List.of(784, 512, 200, 10),
            Activation.RELU,
            Initializer.GLOROT_UNIFORM,
            new Constant(0)),
        mlp);
    assertEquals("784-512-200-10", mlp.toString());
    assertEquals(784, mlp.features());
    assertEquals(10, mlp.classes());
    assertEquals(CrossEntropy.SPARSE_CATEGORICAL, mlp.loss());
    assertEquals(CrossEntropy.BINARY, Mlp.parse("34-1").loss());
    assertEquals(2, Mlp.parse("34-1").classes());
    assertEquals(2, Mlp.parse("34-2").classes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "784-", "-784-10", "784--10", "784-0", "a-b", "3.5-2", "99999999999-2"})
  void anythingElseIsNoModel(String text) {
    assertEquals(
        ("\"%s\" is no model; write the sizes of its hidden layers, 512-200, or linear for none, or"
                + " of all, features first, 784-512-200-10, or layers: dense(64), relu")
            .formatted(text),
        assertThrows(InputException.class, () -> Mlp.parse(text)).getMessage());
  }

  @Test
  void layersFollowTheSizes() {
    Dense first = new Dense(5, Initializer.normal(0.1), Initializer.ZEROS);
    Dense last = new Dense(1, Initializer.normal(0.1), Initializer.ZEROS);
    Mlp mlp = Mlp.parse("3-5-1").withKernel(Initializer.normal(0.1)).withHidden(Activation.TANH);
    assertEquals(
        Sequential.of(3, new Flatten(), first, Activation.TANH, last, Activation.SIGMOID),
        mlp.model());
    assertEquals(
        Sequential.of(
            3, new Flatten(), first, Activation.TANH, new Dropout(0.2), last, Activation.SIGMOID),
        mlp.withDropout(0.2).model());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, 1.5, Double.NaN})
  void dropoutIsAProbability(double rate) {
    String message = "dropout: rate must be in [0, 1), not " + rate;
    assertEquals(message, assertThrows(InputException.class, () -> new Dropout(rate)).getMessage());
    Mlp mlp = Mlp.parse("3-5-1");
    assertEquals(
        message, assertThrows(InputException.class, () -> mlp.withDropout(rate)).getMessage());
  }

  @Test
  void layersAreCheckedWhenTheyAreMade() {
    assertEquals(
        "dense: units must be at least 1, not 0",
        assertThrows(InputException.class, () -> new Dense(0)).getMessage());
    assertThrows(InputException.class, () -> Sequential.of(0, new Flatten()));
    assertThrows(InputException.class, () -> Sequential.of(3));
  }

  @Test
  void weightsAreNamedByLayer() {
    assertEquals(
        List.of("dense_1.kernel", "dense_1.bias", "dense_2.kernel", "dense_2.bias"),
        Mlp.parse("3-5-2").model().parameters().stream().map(Parameter::name).toList());
  }

  @Test
  void summaryIsATable() {
    assertEquals(
        """
        layer             outputs      weights
        flatten_1             784            0
        dense_1               512      401,920
        relu_1                512            0
        dropout_1             512            0
        dense_2                10        5,130
        softmax_1              10            0
        total                          407,050  (1,628,200 bytes)\
        """,
        Mlp.parse("784-512-10").withDropout(0.5).model().summary());
  }
}
