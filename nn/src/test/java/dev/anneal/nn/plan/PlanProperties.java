package dev.anneal.nn.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.schedule.Progress;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.update.Update;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.graph.Initializer;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Op;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.graph.Program;
import dev.anneal.nn.model.Sequential;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** What a plan may do to be fast changes no bit. */
class PlanProperties {
  private static final int BATCH = 23;
  private static final Optimizer MOMENTUM =
      Catalogue.load().optimizer("sgd(learning_rate=0.1, momentum=0.9)");

  @SuppressWarnings("NullAway.Init")
  private static Workers workers;

  @BeforeContainer
  static void open() {
    workers = new Workers(2);
  }

  @AfterContainer
  static void close() {
    workers.close();
  }

  private static RandomBatch batch(int size, long seed) {
    return new RandomBatch(List.of(), RandomPrograms.FEATURES, RandomPrograms.CLASSES, size, seed);
  }

  /** A program's results: what is read of a plan after a run. */
  private record Results(List<Float> forward, Map<Parameter, List<Float>> gradients) {
    static Results of(Plan plan, Program program, int size) {
      List<Float> forward = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        forward.add(plan.loss(i));
        for (int column = 0; column < RandomPrograms.CLASSES; column++) {
          forward.add(plan.output(i, column));
          forward.add(plan.score(i, column));
        }
      }
      Map<Parameter, List<Float>> gradients = new LinkedHashMap<>();
      for (Parameter parameter : program.gradients().keySet()) {
        List<Float> all = new ArrayList<>();
        for (float each : plan.gradient(parameter)) {
          all.add(each);
        }
        gradients.put(parameter, all);
      }
      return new Results(forward, gradients);
    }
  }

  private static Plan plan(List<Parameter> parameters, Program program) {
    ParameterStore store = ParameterStore.of(parameters, List.of(program), new RandomStream(1));
    return new Plan(
        program,
        store,
        RandomPrograms.FEATURES,
        BATCH,
        new RandomStream(2),
        Width.preferred(),
        workers);
  }

  /** The same computation where every node is a gradient of something: none may be overwritten. */
  private static Plan unshared(RandomPrograms.Made made) {
    Program program = made.program();
    Map<Parameter, Node> kept = new LinkedHashMap<>(program.gradients());
    for (Node node : program.nodes()) {
      boolean given =
          switch (node.op()) {
            case Op.Features _, Op.Labels _, Op.InverseBatch _, Op.Weights _ -> true;
            default -> false;
          };
      if (!given && !kept.containsValue(node)) {
        int rows = node.shape().rows(BATCH);
        int columns = node.shape().columns();
        kept.put(new Parameter("n_" + node.id(), rows, columns, Initializer.ZEROS), node);
      }
    }
    List<Parameter> all = new ArrayList<>(made.parameters());
    kept.keySet().stream().filter(p -> !all.contains(p)).forEach(all::add);
    return plan(
        all,
        new Program(
            program.nodes(), program.output(), program.scores(), program.loss(), kept, Map.of()));
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void sharedMemoryChangesNoBit(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = BATCH) int size) {
    RandomPrograms.Made made = RandomPrograms.of(seed, true);
    Plan shared = plan(made.parameters(), made.program());
    Plan unshared = unshared(made);
    for (Plan plan : List.of(shared, unshared)) {
      batch(size, seed).put(plan);
      plan.run(size, Progress.at(5, 1, 100));
    }
    assertEquals(
        Results.of(unshared, made.program(), size), Results.of(shared, made.program(), size));
  }

  /** What earlier batches left in memory, and rows beyond the batch, play no part. */
  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void aPlanRemembersNothing(@ForAll long seed, @ForAll @IntRange(min = 1, max = BATCH) int size) {
    RandomPrograms.Made made = RandomPrograms.of(seed, true);
    Plan fresh = plan(made.parameters(), made.program());
    Plan used = plan(made.parameters(), made.program());
    for (int i = 0; i < 3; i++) {
      batch(BATCH, seed + i).put(used);
      used.run(BATCH, Progress.at(i, 1, 100));
    }
    for (Plan plan : List.of(fresh, used)) {
      batch(size, seed).put(plan);
      plan.run(size, Progress.at(5, 1, 100));
    }
    assertEquals(Results.of(fresh, made.program(), size), Results.of(used, made.program(), size));
  }

  private static Update update(ParameterStore store, Program program) {
    return new Update(
        MOMENTUM,
        program.gradients().keySet().stream().map(store::matrix).toList(),
        new RandomStream(3),
        Width.preferred(),
        workers);
  }

  private static float[] trained(RandomPrograms.Made made, long seed, int size, boolean fuse) {
    ParameterStore store =
        ParameterStore.of(made.parameters(), List.of(made.program()), new RandomStream(1));
    Update update = update(store, made.program());
    Plan plan =
        new Plan(
            made.program(),
            store,
            Inputs.of(made.program(), RandomPrograms.FEATURES, BATCH),
            new RandomStream(2),
            Width.preferred(),
            workers,
            List.of(new GroupUpdate(List.copyOf(made.program().gradients().keySet()), update)),
            0,
            fuse);
    for (int step = 0; step < 4; step++) {
      int count = step == 3 ? size : BATCH;
      batch(count, seed + step).put(plan);
      update.prepare(new double[] {0.1, 0.9, step + 1});
      plan.run(count, Progress.at(step, 1, 100));
    }
    return store.copy();
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void fusedUpdatesChangeNoBit(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = BATCH) int size) {
    RandomPrograms.Made made = RandomPrograms.of(seed, true);
    assertArrayEquals(trained(made, seed, size, false), trained(made, seed, size, true));
  }

  /** Fused is what a product computes for weights that are only read by products on the right. */
  @Example
  void aFusedGradientIsNotStored() {
    Mlp mlp = Mlp.parse("7-5-3");
    Sequential model = mlp.model();
    Program program = model.training(mlp.loss());
    for (boolean fuse : new boolean[] {false, true}) {
      ParameterStore store =
          ParameterStore.of(model.parameters(), List.of(program), new RandomStream(1));
      Update update = update(store, program);
      Plan plan =
          new Plan(
              program,
              store,
              Inputs.of(program, 7, BATCH),
              new RandomStream(2),
              Width.preferred(),
              workers,
              List.of(new GroupUpdate(List.copyOf(program.gradients().keySet()), update)),
              0,
              fuse);
      for (Parameter parameter : model.parameters()) {
        if (fuse && parameter.name().endsWith("kernel")) {
          assertThrows(NoSuchElementException.class, () -> plan.gradient(parameter));
        } else {
          assertEquals(parameter.size(), plan.gradient(parameter).length);
        }
      }
    }
  }
}
