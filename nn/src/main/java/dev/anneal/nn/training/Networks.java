package dev.anneal.nn.training;

import dev.anneal.api.InputException;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.matrix.MatrixProduct;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.sample.Samples;
import dev.anneal.core.tensor.Tensor;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.graph.Program;
import dev.anneal.nn.model.DescribedModel;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.plan.Inputs;
import dev.anneal.nn.plan.ParameterStore;
import dev.anneal.nn.plan.Plan;
import dev.anneal.nn.plan.Seeds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Networks that have weights in common, compiled for batches of a size. A weight is shared where
 * models give it the same name.
 */
final class Networks {
  /**
   * Multiplications of a forward pass from which on a hundred steps are worth compiled products. So
   * many are taken for granted, and the JIT works while the rest is made.
   */
  private static final long LARGE = 1 << 19;

  private final int batch;
  private final Workers workers;
  private final ParameterStore store;
  private final Inputs inputs;
  private final RandomStream order;
  private final List<Network> all = new ArrayList<>();
  private final Map<DescribedModel, PlanPredictor> readers = new LinkedHashMap<>();

  /** Nothing before training. */
  private Optional<RunningStatistics> statistics = Optional.empty();

  private boolean settled;

  /** How often there were other weights. */
  private long changes;

  /**
   * How networks are compiled.
   *
   * @param batch samples of a batch
   * @param seed decides the first weights, the order of the samples, and what is random
   * @param workers the threads that compute
   * @param width how many floats at a time
   * @param fuse whether weights may be adjusted while a gradient is computed
   */
  record Setting(int batch, long seed, Workers workers, Width width, boolean fuse) {
    Setting {
      if (batch < 1) {
        throw new InputException("the batch must have at least 1 sample, not " + batch);
      }
    }
  }

  /**
   * Compiles networks.
   *
   * @param trained in this order on each batch
   * @param reading models that read the same weights and are not trained
   */
  Networks(List<Objective> trained, List<Model> reading, Setting setting) {
    check(trained);
    List<Objective> objectives = trained.stream().map(Objective::remembering).toList();
    List<DescribedModel> readers = reading.stream().map(DescribedModel::of).toList();
    batch = setting.batch;
    workers = setting.workers;
    order = Seeds.ORDER.of(setting.seed);
    Set<Parameter> parameters = new LinkedHashSet<>();
    List<Program> programs = new ArrayList<>();
    for (Objective each : objectives) {
      parameters.addAll(each.model().parameters());
      programs.add(each.model().training(each.loss()));
      programs.add(each.model().evaluation(each.loss()));
    }
    Program first = programs.getFirst();
    List<Program> predictions = readers.stream().map(DescribedModel::prediction).toList();
    readers.forEach(reader -> parameters.addAll(reader.parameters()));
    programs.addAll(predictions);
    if (batch * parameters.stream().mapToLong(Parameter::size).sum() >= LARGE) {
      MatrixProduct.warmUp();
    }
    store = ParameterStore.of(List.copyOf(parameters), programs, Seeds.WEIGHTS.of(setting.seed));
    inputs = Inputs.of(first, objectives.getFirst().model().features(), batch);
    RandomStream drawn = Seeds.MODEL.of(setting.seed);
    RandomStream noise = Seeds.OPTIMIZER.of(setting.seed);
    boolean alone = objectives.getFirst().name().isEmpty();
    for (int i = 0; i < objectives.size(); i++) {
      Objective each = objectives.get(i);
      all.add(
          new Network(
              each,
              new PlanFactory(
                  each.described(),
                  each.loss(),
                  store,
                  inputs,
                  alone ? drawn : drawn.child(i),
                  alone ? noise : noise.child(i),
                  setting.width,
                  workers,
                  setting.fuse)));
    }
    for (int i = 0; i < readers.size(); i++) {
      DescribedModel reader = readers.get(i);
      RandomStream own = drawn.child(objectives.size() + i);
      Plan plan =
          new Plan(
              predictions.get(i), store, reader.features(), batch, own, setting.width, workers);
      this.readers.put(reader, new PlanPredictor(reader, plan, batch));
    }
  }

  private static void check(List<Objective> objectives) {
    Objective first = objectives.getFirst();
    int features = first.model().features();
    Set<String> names = new HashSet<>();
    for (Objective each : objectives) {
      if (each.model().features() != features) {
        throw new InputException(
            "objectives train on the same batches, but \"%s\" takes %d numbers a sample and \"%s\" %d"
                .formatted(first.name(), features, each.name(), each.model().features()));
      }
      if (each.loss().weighted() != first.loss().weighted()) {
        throw new InputException(
            "objectives train on the same batches, but the losses of \"%s\" and \"%s\" are not both weighted"
                .formatted(first.name(), each.name()));
      }
      if (!names.add(each.name())) {
        throw new InputException("two objectives are named \"%s\"".formatted(each.name()));
      }
    }
  }

  List<Network> all() {
    return all;
  }

  Network first() {
    return all.getFirst();
  }

  ParameterStore store() {
    return store;
  }

  Inputs inputs() {
    return inputs;
  }

  int batch() {
    return batch;
  }

  Workers workers() {
    return workers;
  }

  /** Decides the order of the samples. */
  RandomStream order() {
    return order;
  }

  /** What a model predicts that reads the weights. */
  Tensor predict(Model model, Tensor samples) {
    DescribedModel wanted = DescribedModel.of(model);
    for (Network network : all) {
      if (network.objective().described().equals(wanted)) {
        return exchanged(() -> network.predictor().predict(samples));
      }
    }
    PlanPredictor reader = readers.get(wanted);
    if (reader == null) {
      throw new InputException("a model that predicts is one that is trained, or a reader");
    }
    return exchanged(() -> reader.predict(samples));
  }

  /** Says what will be trained on. */
  void begin(Samples samples) {
    statistics = Optional.of(new RunningStatistics(this, samples));
  }

  /** From now on there are other weights. */
  void weightsChange() {
    changes++;
    statistics.ifPresent(RunningStatistics::weightsChange);
  }

  /** Grows whenever there are other weights. */
  long changes() {
    return changes;
  }

  /** From now on the weights are those to measure with. */
  void settle() {
    exchange();
    settled = true;
  }

  /** A copy of the weights to measure with. */
  float[] toEvaluate() {
    return exchanged(store::copy);
  }

  /** Does something with the weights to measure with in place of those that are trained. */
  <T> T exchanged(Supplier<T> action) {
    if (settled) {
      return action.get();
    }
    exchange();
    try {
      return action.get();
    } finally {
      all.forEach(network -> network.groups().exchange());
      statistics.ifPresent(RunningStatistics::back);
    }
  }

  private void exchange() {
    all.forEach(network -> network.groups().exchange());
    statistics.ifPresent(RunningStatistics::exchange);
  }

  /**
   * Writes weights and optimizers.
   *
   * @param within whether an epoch has begun, of which something is measured
   */
  void save(StateWriter to, boolean within) {
    to.weights(store, store.copy());
    for (int i = 0; i < all.size(); i++) {
      all.get(i).save(to.within("network_" + i), within);
    }
  }

  /** Goes on from there. */
  void restore(StateReader from, boolean within) {
    weightsChange();
    store.set(from.weights(store));
    for (int i = 0; i < all.size(); i++) {
      all.get(i).restore(from.within("network_" + i), within);
    }
  }
}
