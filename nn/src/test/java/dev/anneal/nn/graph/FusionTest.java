package dev.anneal.nn.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.schedule.Progress;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.random.RandomStream;
import dev.anneal.nn.layer.Activation;
import dev.anneal.nn.layer.Dense;
import dev.anneal.nn.layer.Dropout;
import dev.anneal.nn.loss.CrossEntropy;
import dev.anneal.nn.model.Layer;
import dev.anneal.nn.model.Loss;
import dev.anneal.nn.model.Scope;
import dev.anneal.nn.plan.ParameterStore;
import dev.anneal.nn.plan.Plan;
import dev.anneal.nn.plan.RandomBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A fused program computes the bits of the one that runs node by node. */
class FusionTest {
  private static final int FEATURES = 13;
  private static final int BATCH = 21;

  @ParameterizedTest
  @EnumSource
  void changesNoBit(Activation hidden) {
    compare(CrossEntropy.SPARSE_CATEGORICAL, new Dense(4), hidden);
    compare(CrossEntropy.BINARY, new Dense(1), hidden);
    compare(CrossEntropy.SPARSE_CATEGORICAL, new Dense(4), hidden, Activation.SOFTMAX);
    compare(CrossEntropy.BINARY, new Dense(1), hidden, Activation.SIGMOID);
  }

  private static void compare(Loss loss, Dense last, Layer hidden, Layer... end) {
    List<Layer> layers =
        new ArrayList<>(List.of(new Dense(17), hidden, new Dropout(0.25), new Dense(9), hidden));
    layers.add(last);
    layers.addAll(List.of(end));
    Graph graph = new Graph();
    Node output = graph.features(FEATURES);
    for (int i = 0; i < layers.size(); i++) {
      output = layers.get(i).forward(new Scope(graph, "layer_" + i, true), output);
    }
    Node each = loss.forward(graph, output, graph.labels());
    Program fused = Program.of(graph, output, each, graph.parameters());
    Program plain = unfused(graph, output, each);
    assertTrue(plain.nodes().size() > fused.nodes().size());
    assertArrayEquals(run(plain, graph), run(fused, graph), layers.toString());
  }

  /**
   * As {@link Program#of}, but the loss that gradients are derived from stays as fused there: what
   * is derived from a fused formula is another sum of the same terms.
   */
  private static Program unfused(Graph graph, Node output, Node loss) {
    Node scores = graph.logits(output).orElse(output);
    List<Node> forward = Elementwise.fuse(graph, List.of(output, scores, loss));
    Map<Parameter, Node> gradients =
        new LinkedHashMap<>(Gradients.of(graph, forward.getLast(), graph.parameters()));
    List<Node> roots = new ArrayList<>(List.of(output, scores, loss));
    roots.addAll(gradients.values());
    return new Program(Graphs.ancestors(roots), output, scores, loss, gradients, Map.of());
  }

  /** Losses, outputs and gradients. */
  private static float[] run(Program program, Graph graph) {
    ParameterStore store =
        ParameterStore.of(graph.parameters(), List.of(program), new RandomStream(3));
    try (Workers workers = new Workers(1)) {
      Plan plan =
          new Plan(
              program, store, FEATURES, BATCH, new RandomStream(4), Width.preferred(), workers);
      int outputs = program.output().shape().columns();
      new RandomBatch(List.of(), FEATURES, Math.max(2, outputs), BATCH, 5).put(plan);
      plan.run(BATCH, Progress.at(7, 1, 100));
      float[] all = new float[BATCH * (1 + outputs)];
      for (int i = 0; i < BATCH; i++) {
        all[i] = plan.loss(i);
      }
      for (int i = 0; i < BATCH * outputs; i++) {
        all[BATCH + i] = plan.output(i / outputs, i % outputs);
      }
      for (Parameter parameter : graph.parameters()) {
        float[] gradient = plan.gradient(parameter);
        int before = all.length;
        all = Arrays.copyOf(all, before + gradient.length);
        System.arraycopy(gradient, 0, all, before, gradient.length);
      }
      return all;
    }
  }
}
