package dev.anneal.nn.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.core.matrix.Layout;
import dev.anneal.core.matrix.Matrix;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Op;
import dev.anneal.nn.graph.Program;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LivenessProperties {
  /** What a plan computes, in its order: gradients that go straight where they belong come last. */
  private record Order(List<Node> nodes, Set<Node> placed, Set<Node> kept) {
    static Order of(Program program, boolean direct) {
      Set<Node> read = new HashSet<>();
      program.nodes().forEach(node -> read.addAll(node.operands()));
      Set<Node> kept = new HashSet<>(program.gradients().values());
      Set<Node> placed = new HashSet<>();
      List<Node> nodes = new ArrayList<>();
      List<Node> last = new ArrayList<>();
      for (Node node : program.nodes()) {
        switch (node.op()) {
          case Op.Features _, Op.Labels _, Op.InverseBatch _, Op.Weights _ -> {}
          default -> {
            boolean late =
                direct
                    && node.op() instanceof Op.Product
                    && kept.contains(node)
                    && !read.contains(node);
            (late ? last : nodes).add(node);
          }
        }
      }
      nodes.addAll(last);
      placed.addAll(last);
      kept.addAll(List.of(program.output(), program.scores(), program.loss()));
      return new Order(nodes, placed, kept);
    }

    Map<Node, Matrix> assign(int batch) {
      return Liveness.assign(nodes, placed, kept, batch);
    }
  }

  /** Goes through the steps and notes whose value each array holds. */
  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void aValueIsThereUntilItWasReadForTheLastTime(
      @ForAll long seed,
      @ForAll boolean gradients,
      @ForAll boolean direct,
      @ForAll @IntRange(min = 1, max = 40) int batch) {
    Order order = Order.of(RandomPrograms.of(seed, gradients).program(), direct);
    Map<Node, Matrix> matrices = order.assign(batch);
    Map<float[], Node> holds = new IdentityHashMap<>();
    for (Node node : order.nodes) {
      Matrix to = matrices.get(node);
      for (Node operand : node.operands()) {
        Matrix from = matrices.get(operand);
        if (from == null) {
          continue;
        }
        assertSame(operand, holds.get(from.array()), () -> node + " reads what is gone");
        if (to != null && to.array() == from.array()) {
          assertTrue(node.op() instanceof Op.Elementwise, () -> node + " reads what it overwrites");
          assertEquals(operand.shape(), node.shape());
        }
      }
      if (order.placed.contains(node)) {
        continue;
      }
      assertNotNull(to, () -> node + " has no place");
      assertEquals(node.shape().rows(batch), to.rows());
      assertEquals(node.shape().columns(), to.columns());
      int end = to.offset() + Layout.ROWS.size(to.rows(), to.columns());
      assertTrue(end + Layout.ROWS.slack(to.columns()) <= to.array().length);
      holds.put(to.array(), node);
    }
    for (Node node : order.kept) {
      if (matrices.containsKey(node)) {
        assertSame(node, holds.get(matrices.get(node).array()), () -> node + " is gone in the end");
      }
    }
  }

  private static int arrays(Mlp mlp, boolean gradients) {
    Program program =
        gradients ? mlp.model().training(mlp.loss()) : mlp.model().evaluation(mlp.loss());
    Map<float[], Boolean> arrays = new IdentityHashMap<>();
    Order.of(program, true).assign(20).values().forEach(m -> arrays.put(m.array(), true));
    return arrays.size();
  }

  private static Mlp deep(int layers) {
    return Mlp.parse("64-".repeat(layers) + "64-10");
  }

  /** A layer is computed from the one before it, and that is all that must be there. */
  @Example
  void evaluationOfADeepNetNeedsNoMoreThanOfAFlatOne() {
    int flat = arrays(deep(3), false);
    assertTrue(flat <= 7, flat + " arrays");
    assertEquals(flat, arrays(deep(40), false));
  }

  /** Its activation and the gradient of that, and the gradient of its bias. */
  @Example
  void aLayerOfTrainingNeedsThreeArrays() {
    assertEquals(3 * 30, arrays(deep(40), true) - arrays(deep(10), true));
  }
}
