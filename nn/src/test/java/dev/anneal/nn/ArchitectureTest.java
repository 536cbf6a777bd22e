package dev.anneal.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.nn.layer.Activation;
import dev.anneal.nn.layer.Dense;
import dev.anneal.nn.loss.CrossEntropy;
import dev.anneal.nn.loss.Regression;
import dev.anneal.nn.model.Layer;
import dev.anneal.nn.model.Sequential;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureTest {
  private static final Catalogue CATALOGUE = Catalogue.load();

  private static String layers(String text, int features, int classes) {
    Sequential model = (Sequential) Architecture.parse(text, CATALOGUE).model(features, classes);
    assertEquals(features, model.features());
    return model.layers().stream().map(ArchitectureTest::name).collect(Collectors.joining(" "));
  }

  private static String name(Layer layer) {
    return layer instanceof Dense dense ? String.valueOf(dense.units()) : layer.kind();
  }

  @ParameterizedTest
  @CsvSource({
    // The sizes of all layers.
    "13-32-3, 13, 3, flatten 32 relu 3 softmax",
    "13-32-1, 13, 2, flatten 32 relu 1 sigmoid",
    "13-32-2, 13, 2, flatten 32 relu 2 softmax",
    "13-32-1, 13, 0, flatten 32 relu 1",
    "13-3, 13, 3, flatten 3 softmax",
    "13-1, 13, 0, flatten 1",
    "64-64-64, 64, 64, flatten 64 relu 64 softmax",
    // Those of hidden layers.
    "64, 13, 3, flatten 64 relu 3 softmax",
    "64, 64, 64, flatten 64 relu 64 softmax",
    "1, 13, 0, flatten 1 relu 1",
    "64-64, 13, 3, flatten 64 relu 64 relu 3 softmax",
    "64-64, 13, 2, flatten 64 relu 64 relu 1 sigmoid",
    "64-64, 13, 0, flatten 64 relu 64 relu 1",
    "64-64, 64, 3, flatten 64 relu 64 relu 3 softmax",
    "64-32-16, 13, 0, flatten 64 relu 32 relu 16 relu 1",
    // None of them.
    "linear, 13, 3, flatten 3 softmax",
    "linear, 13, 2, flatten 1 sigmoid",
    "linear, 13, 0, flatten 1",
  })
  void sizesAreThoseOfAllLayersWhereBothEndsFitAndElseOfHiddenOnes(
      String sizes, int features, int classes, String expected) {
    assertEquals(expected, layers(sizes, features, classes));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12-32-3 | 13 | 3 | begins with 12, but a sample has 13 numbers | 13-32-3 | 32",
        "13-32-4 | 13 | 3 | ends in 4, but 3 classes take 3 | 13-32-3 | 32",
        "13-32-3 | 13 | 2 | ends in 3, but 2 classes take 1 | 13-32-1 | 32",
        "13-32-16-3 | 13 | 0 | ends in 3, but real numbers take 1 | 13-32-16-1 | 32-16",
        "12-32-1 | 13 | 0 | begins with 12, but a sample has 13 numbers | 13-32-1 | 32",
        "64-3 | 13 | 3 | begins with 64, but a sample has 13 numbers | 13-64-3 | 64",
        "64-1 | 13 | 0 | begins with 64, but a sample has 13 numbers | 13-64-1 | 64",
        "64-2 | 13 | 2 | begins with 64, but a sample has 13 numbers | 13-64-1 | 64",
      })
  void whereOneEndFitsTheOtherIsAMistake(
      String sizes, int features, int classes, String wrong, String whole, String hidden) {
    assertEquals(
        ("the model %s %s: write the sizes of all layers, %s, or those of the hidden layers"
                + " alone, %s")
            .formatted(sizes, wrong, whole, hidden),
        assertThrows(InputException.class, () -> layers(sizes, features, classes)).getMessage());
    layers(whole, features, classes);
    layers(hidden, features, classes);
  }

  @Test
  void hiddenSizesAloneAreNoModelWithoutData() {
    assertEquals(
        "64 tells of hidden layers alone; the sizes of all layers are at least two",
        assertThrows(InputException.class, Mlp.parse("64")::model).getMessage());
    assertEquals(
        "linear tells of hidden layers alone; the sizes of all layers are at least two",
        assertThrows(InputException.class, Mlp.parse(" linear ")::model).getMessage());
    assertEquals("linear", Architecture.parse("linear", CATALOGUE).print());
  }

  @Test
  void hiddenLayersKeepWhatIsSaidOfThem() {
    Mlp mlp = Mlp.parse("8").withHidden(Activation.TANH).withDropout(0.2);
    assertEquals(
        Mlp.parse("5-8-3").withHidden(Activation.TANH).withDropout(0.2).model(), mlp.model(5, 3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dense(8), relu          | 0 | 8 relu 1",
        "dense(8), relu, dense(1)| 0 | 8 relu 1",
        "dense(8), sigmoid       | 0 | 8 sigmoid 1",
        "dense(8), relu          | 2 | 8 relu 1 sigmoid",
        "dense(8), relu          | 3 | 8 relu 3 softmax",
        "dense(3), softmax       | 3 | 3 softmax",
      })
  void aChainEndsAsItsLabelsWantIt(String text, int classes, String expected) {
    assertEquals(expected, layers(text, 4, classes));
  }

  @Test
  void aDenseLayerAtTheEndOfAChainIsTheOutput() {
    assertEquals(
        "the model ends in dense(3), but real numbers take dense(1): end it in that, or in an"
            + " activation",
        assertThrows(InputException.class, () -> layers("dense(3)", 4, 0)).getMessage());
    assertEquals(
        "the model ends in dense(3), but 2 classes take dense(1): end it in that, or in an"
            + " activation",
        assertThrows(InputException.class, () -> layers("dense(3)", 4, 2)).getMessage());
  }

  @Test
  void theLossFitsTheOutputs() {
    for (Architecture each :
        List.of(Mlp.parse("13-32-1"), Mlp.parse("8"), LayerChain.parse("dense(8)", CATALOGUE))) {
      assertEquals(Regression.MEAN_SQUARED_ERROR, each.loss(0));
      assertEquals(CrossEntropy.BINARY, each.loss(2));
      assertEquals(CrossEntropy.SPARSE_CATEGORICAL, each.loss(3));
    }
    assertEquals(CrossEntropy.SPARSE_CATEGORICAL, Mlp.parse("13-2").loss(2));
    assertEquals(CrossEntropy.BINARY, Mlp.parse("2").loss(2));
  }
}
