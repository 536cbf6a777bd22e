package dev.anneal.nn.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.api.InputException;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Initializer;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.layer.Dense;
import dev.anneal.nn.layer.Residual;
import dev.anneal.nn.loss.CrossEntropy;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is said of layers and losses of one's own that are wrong. */
class WrongPartsTest {
  private static final String WHERE = "layer own_1, on [batch x 4]: ";

  /** A layer of any computation. */
  private record Own(String kind, BiFunction<Scope, Node, Node> forwards) implements Layer {
    @Override
    public Node forward(Scope scope, Node input) {
      return forwards.apply(scope, input);
    }
  }

  /** What a null is where nothing checks for it. */
  @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T missing() {
    @Nullable Object nothing = null;
    return (T) nothing;
  }

  private static String complaint(Layer layer) {
    return complaint(Sequential.of(4, layer));
  }

  private static String complaint(Model model) {
    return String.valueOf(assertThrows(RuntimeException.class, model::parameters).getMessage());
  }

  private static String complaint(BiFunction<Scope, Node, Node> forward) {
    return complaint(new Own("own", forward));
  }

  @Test
  void shapesThatDoNotFit() {
    assertEquals(
        WHERE
            + "no product of features [batch x 4] and own_1.kernel [3 x 4]: 4 columns, but 3 rows",
        complaint((scope, input) ->
            scope.graph().product(input, scope.weights("kernel", 3, 4, Initializer.ZEROS))));
  }

  @Test
  void anOutputThatHasNoRowForEachSample() {
    assertEquals(
        WHERE + "forward gives [4 x 4], which has no row for each sample",
        complaint((scope, _) -> scope.weights("kernel", 4, 4, Initializer.ZEROS)));
  }

  @Test
  void noOutput() {
    assertEquals(WHERE + "forward gives null", complaint((_, _) -> missing()));
  }

  @Test
  void anExceptionWithin() {
    assertEquals(
        WHERE + "java.lang.IllegalStateException: not today",
        complaint((_, _) -> {
          throw new IllegalStateException("not today");
        }));
    assertEquals(
        WHERE + "java.lang.IndexOutOfBoundsException: Index 1 out of bounds for length 1",
        complaint((_, input) -> List.of(input).get(Objects.checkIndex(1, 1))));
  }

  @Test
  void theInnermostLayerIsNamedOnce() {
    Layer fails =
        new Own(
            "own",
            (_, _) -> {
              throw new IllegalStateException("not today");
            });
    assertEquals(
        "layer residual_1.own_1, on [batch x 4]: java.lang.IllegalStateException: not today",
        complaint(Residual.of(fails)));
    assertEquals(
        "layer residual_1.own_1, on [batch x 4]: initializer: the standard deviation must be in (0,"
            + " inf), not 0.0",
        complaint(
            Residual.of(
                new Own(
                    "own",
                    (_, input) -> {
                      Initializer.normal(0);
                      return input;
                    }))));
  }

  @Test
  void noKind() {
    String own = Own.class.getName() + ": its kind, from which its weights are named, is ";
    assertEquals(
        own + "\"null\"; it must be one word in lower case",
        complaint(new Own(missing(), (_, input) -> input)));
    assertEquals(
        own + "\"\"; it must be one word in lower case",
        complaint(new Own("", (_, input) -> input)));
    assertEquals(
        own + "\"My gate\"; it must be one word in lower case",
        complaint(new Own("My gate", (_, input) -> input)));
  }

  @Test
  void twoWeightsOfOneName() {
    assertEquals(
        WHERE + "two parameters are named own_1.kernel",
        complaint((scope, input) -> {
          scope.weights("kernel", 1, 4, Initializer.ZEROS);
          return scope.graph().add(input, scope.weights("kernel", 1, 4, Initializer.ZEROS));
        }));
  }

  @Test
  void anInitializerThatIsNotFinite() {
    assertEquals(
        WHERE + "initializer: the standard deviation must be in (0, inf), not NaN",
        complaint((scope, input) ->
            scope.graph().add(input, scope.weights("w", 1, 4, Initializer.normal(Double.NaN)))));
  }

  @Test
  void noInitializer() {
    assertEquals(
        WHERE + "java.lang.NullPointerException: own_1.w has no initializer",
        complaint((scope, input) -> scope.graph().add(input, scope.weights("w", 1, 4, missing()))));
  }

  @Test
  void weightsWithoutRows() {
    assertEquals(
        WHERE + "own_1.w would be [0 x 4]: a matrix of weights has at least one row and one column",
        complaint((scope, input) ->
            scope.graph().add(input, scope.weights("w", 0, 4, Initializer.ZEROS))));
  }

  @Test
  void moreWeightsThanAnArrayHolds() {
    assertEquals(
        "own_1.w would have 2147483647 x 4 weights; an array holds at most 2147483639",
        complaint((scope, input) ->
            scope.graph().add(input, scope.weights("w", Integer.MAX_VALUE, 4, Initializer.ZEROS))));
  }

  @Test
  void aStateThatIsTrained() {
    assertEquals(
        WHERE + "own_1.w [1 x 4] is not a parameter without training",
        complaint((scope, input) -> {
          Node w = scope.weights("w", 1, 4, Initializer.ZEROS);
          scope.graph().assign(w, scope.graph().columnMean(input));
          return input;
        }));
  }

  /** A loss of any computation. */
  private record OwnLoss(BiFunction<Graph, Node, Node> forwards) implements Loss {
    @Override
    public Node forward(Graph graph, Node output, Node labels) {
      return forwards.apply(graph, output);
    }

    @Override
    public String kind() {
      return "own-loss";
    }
  }

  private static String complaintOfLoss(BiFunction<Graph, Node, Node> forward) {
    Model model = Sequential.of(4, new Dense(3));
    return String.valueOf(
        assertThrows(RuntimeException.class, () -> model.training(new OwnLoss(forward)))
            .getMessage());
  }

  @Test
  void aLossIsNamedToo() {
    String where = "loss own-loss, on [batch x 3] and labels [batch x 1]: ";
    assertEquals(where + "forward gives null", complaintOfLoss((_, _) -> missing()));
    assertEquals(
        where + "java.lang.IllegalStateException: not today",
        complaintOfLoss((_, _) -> {
          throw new IllegalStateException("not today");
        }));
    assertEquals(
        "own-loss gives [batch x 3]; a loss is one number for each sample, [batch x 1]",
        complaintOfLoss((_, output) -> output));
    assertEquals(
        where + "no columns 0 to 9 (excluded) of [batch x 3]",
        complaintOfLoss((graph, output) -> graph.slice(output, 0, 9)));
  }

  /** What is right stays so. */
  @Test
  void aModelThatFitsHasNoComplaint() {
    Model model = Sequential.of(4, new Own("own", (_, input) -> input), new Dense(1));
    assertEquals(2, model.parameters().size());
    assertEquals(1, model.training(CrossEntropy.BINARY).output().shape().columns());
    assertThrows(InputException.class, () -> Sequential.of(0, new Dense(1)));
  }
}
