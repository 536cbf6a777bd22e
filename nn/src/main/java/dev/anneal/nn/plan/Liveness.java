package dev.anneal.nn.plan;

import dev.anneal.core.matrix.Layout;
import dev.anneal.core.matrix.Matrix;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides which nodes share memory: a node may have that of another which nobody reads any more
 * when it is computed. An elementwise result may overwrite an operand of its own shape.
 */
final class Liveness {
  private final Map<Node, Integer> lastUse = new HashMap<>();
  private final Map<Node, Integer> slots = new HashMap<>();
  private final List<Integer> sizes = new ArrayList<>();
  private final Set<Integer> free = new LinkedHashSet<>();
  private final int batch;

  private Liveness(int batch) {
    this.batch = batch;
  }

  /**
   * Assigns memory.
   *
   * @param order what is computed, in this order
   * @param placed nodes that have their memory already
   * @param kept nodes that are read after the last step
   * @param batch the largest batch
   * @return a matrix for every other node in {@code order}
   */
  static Map<Node, Matrix> assign(List<Node> order, Set<Node> placed, Set<Node> kept, int batch) {
    Liveness liveness = new Liveness(batch);
    for (int i = 0; i < order.size(); i++) {
      liveness.lastUse.put(order.get(i), i);
      for (Node operand : order.get(i).operands()) {
        liveness.lastUse.put(operand, i);
      }
    }
    kept.forEach(node -> liveness.lastUse.put(node, order.size()));
    for (int i = 0; i < order.size(); i++) {
      Node node = order.get(i);
      if (!placed.contains(node)) {
        liveness.place(node, i);
      }
      liveness.release(node, i);
    }
    return liveness.matrices();
  }

  private void place(Node node, int now) {
    if (node.op() instanceof Op.Elementwise) {
      for (Node operand : node.operands()) {
        Integer slot = slots.get(operand);
        if (slot != null && endsAt(operand, now) && operand.shape().equals(node.shape())) {
          slots.put(node, slot);
          return;
        }
      }
    }
    int size = size(node);
    int slot = -1;
    for (int each : free) {
      if (slot < 0 || better(sizes.get(each), sizes.get(slot), size)) {
        slot = each;
      }
    }
    if (slot < 0) {
      slot = sizes.size();
      sizes.add(size);
    }
    free.remove(slot);
    sizes.set(slot, Math.max(size, sizes.get(slot)));
    slots.put(node, slot);
  }

  /** The smallest that is large enough, else the largest. */
  private static boolean better(int one, int other, int size) {
    return one >= size ? other < size || one < other : other < size && one > other;
  }

  private void release(Node node, int now) {
    Integer taken = slots.get(node);
    for (Node operand : Set.copyOf(node.operands())) {
      Integer slot = slots.get(operand);
      if (slot != null && endsAt(operand, now) && !slot.equals(taken)) {
        free.add(slot);
      }
    }
  }

  private boolean endsAt(Node node, int now) {
    return lastUse.getOrDefault(node, now) == now;
  }

  private int size(Node node) {
    int columns = node.shape().columns();
    return Layout.length(
        (long) Layout.ROWS.size(node.shape().rows(batch), columns) + Layout.ROWS.slack(columns));
  }

  private Map<Node, Matrix> matrices() {
    List<float[]> arrays = sizes.stream().map(float[]::new).toList();
    Map<Node, Matrix> matrices = new HashMap<>();
    slots.forEach((node, slot) ->
        matrices.put(
            node,
            new Matrix(
                arrays.get(slot),
                0,
                node.shape().rows(batch),
                node.shape().columns(),
                Layout.ROWS)));
    return matrices;
  }
}
