package dev.anneal.nn.training;

import dev.anneal.api.InputException;
import dev.anneal.api.schedule.Cursor;
import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.sample.Samples;
import dev.anneal.core.tensor.Tensor;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.graph.Program;
import dev.anneal.nn.group.Group;
import dev.anneal.nn.group.Groups;
import dev.anneal.nn.model.Loss;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.model.Scope;
import dev.anneal.nn.model.TracedModel;
import dev.anneal.nn.plan.DataLoader;
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
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Trains networks that have weights in common, each with a loss and optimizers of its own, in turn
 * on the same batches: the two networks of a generative adversary pair, for example. A weight is
 * shared where models give it the same name ({@link Scope#part}).
 *
 * <p>As with a {@link Trainer}, a run's result depends on the objectives, the data, the batch size
 * and the seed alone.
 */
public final class JointTrainer {
  private final int batch;
  private final Workers workers;
  private final ParameterStore store;
  private final Inputs inputs;
  private final List<Part> parts = new ArrayList<>();
  private final Map<Model, Predictor> readers = new LinkedHashMap<>();
  private final RandomStream order;
  private final History history = new History();

  /**
   * A network to train, and how.
   *
   * @param name tells it from the others in metrics
   * @param model computes what the loss is of; all models take the same features
   * @param loss what to minimize
   * @param groups which of the model's parameters are trained and how; those of the other networks
   *     are a {@linkplain Group#frozen frozen} group
   * @param every after how many batches there is an update, at least 1; schedules count updates
   */
  public record Objective(String name, Model model, Loss loss, Groups groups, int every) {
    /** Checks the number. */
    public Objective {
      if (every < 1) {
        throw new InputException(
            "objective \"%s\" is to be updated every %d batches; at least 1"
                .formatted(name, every));
      }
    }
  }

  /** An objective on its way through a run. */
  private static final class Part {
    final Objective objective;
    final TrainingGroups training;
    double loss;
    long updates;

    Part(Objective objective, TrainingGroups training) {
      this.objective = objective;
      this.training = training;
    }

    void run(int count, Cursor cursor) {
      List<Plan> plans = training.begin(cursor);
      for (int pass = 0; pass < plans.size(); pass++) {
        plans.get(pass).run(count, cursor);
      }
      loss += plans.getFirst().meanLoss();
      updates++;
      cursor.advance();
    }

    /** The name of its loss in metrics. */
    String metric() {
      return objective.name + "/" + MetricHistory.LOSS;
    }

    void report(Map<String, Double> metrics) {
      String prefix = objective.name + "/";
      metrics.put(metric(), loss / updates);
      training.names().forEach(name -> metrics.put(prefix + name, training.value(name)));
      loss = 0;
      updates = 0;
    }
  }

  /**
   * Compiles the networks.
   *
   * @param objectives trained in this order on each batch
   * @param batch samples of a batch, at least 1
   * @param seed decides the first weights, the order of the samples, and what is random
   * @param workers the threads that compute
   * @param readers models that read the same weights and are not trained, for {@link #predict}
   */
  public JointTrainer(
      List<Objective> objectives, int batch, long seed, Workers workers, Model... readers) {
    if (batch < 1) {
      throw new InputException("the batch must have at least 1 sample, not " + batch);
    }
    int features = objectives.getFirst().model.features();
    Set<String> names = new HashSet<>();
    for (Objective each : objectives) {
      if (each.model.features() != features) {
        throw new InputException(
            "objectives train on the same batches, but \"%s\" takes %d numbers a sample and \"%s\" %d"
                .formatted(objectives.getFirst().name, features, each.name, each.model.features()));
      }
      if (!names.add(each.name)) {
        throw new InputException("two objectives are named \"%s\"".formatted(each.name));
      }
    }
    this.batch = batch;
    this.workers = workers;
    order = Seeds.ORDER.of(seed);
    Set<Parameter> parameters = new LinkedHashSet<>();
    List<Program> programs = new ArrayList<>();
    for (Objective each : objectives) {
      parameters.addAll(each.model.parameters());
      programs.add(each.model.training(each.loss));
    }
    for (Model reader : readers) {
      parameters.addAll(reader.parameters());
      programs.add(TracedModel.of(reader, false).program(new Unmeasured()));
    }
    store = ParameterStore.of(List.copyOf(parameters), programs, Seeds.WEIGHTS.of(seed));
    inputs = Inputs.of(programs.getFirst(), features, batch);
    for (int i = 0; i < objectives.size(); i++) {
      Objective each = objectives.get(i);
      RandomStream drawn = Seeds.MODEL.of(seed).child(i);
      RandomStream noise = Seeds.OPTIMIZER.of(seed).child(i);
      PlanFactory compiler =
          new PlanFactory(
              each.model, each.loss, store, inputs, drawn, noise, Width.preferred(), workers, true);
      parts.add(new Part(each, new TrainingGroups(each.groups, compiler)));
    }
    for (int i = 0; i < readers.length; i++) {
      RandomStream drawn = Seeds.MODEL.of(seed).child(objectives.size() + i);
      Program program = programs.get(objectives.size() + i);
      int own = readers[i].features();
      Plan plan = new Plan(program, store, own, batch, drawn, Width.preferred(), workers);
      this.readers.put(readers[i], new Predictor(readers[i], plan, batch));
    }
  }

  /** A loss for what is only predicted. */
  private record Unmeasured() implements Loss {
    @Override
    public Node forward(Graph graph, Node output, Node labels) {
      return graph.slice(output, 0, 1);
    }

    @Override
    public int classes(int outputs) {
      return 0;
    }

    @Override
    public int labels(int outputs) {
      return 0;
    }

    @Override
    public String kind() {
      return "unmeasured";
    }
  }

  /**
   * Trains, once.
   *
   * @param samples what to train on, in a new random order each epoch
   * @param epochs how often to go through them, at least 1
   * @param listener is told of each epoch
   * @return for each epoch and objective its mean loss and its hyper-parameters, such as {@code
   *     generator/loss}; ends early where a loss is no longer finite
   * @throws InputException if models and data do not fit, if a schedule is driven by another metric
   *     than one of the losses, or if one gives no finite number
   */
  public History fit(Samples samples, int epochs, TrainingListener listener) {
    if (epochs < 1) {
      throw new InputException("training takes at least 1 epoch, not " + epochs);
    }
    if (history.epochs() > 0) {
      throw new IllegalStateException("a trainer trains once; make another for another run");
    }
    Set<String> measured = parts.stream().map(Part::metric).collect(Collectors.toSet());
    for (Part part : parts) {
      part.objective.model.check(samples, part.objective.loss);
      part.training.checkMonitored(measured);
    }
    int perEpoch = Math.ceilDiv(samples.size(), batch);
    List<Cursor> cursors = new ArrayList<>();
    for (Part part : parts) {
      int own = Math.ceilDiv(perEpoch, part.objective.every);
      cursors.add(new Cursor(own, (long) own * epochs, history));
    }
    int[] shuffled = new int[samples.size()];
    for (int epoch = 0; epoch < epochs; epoch++) {
      order.permute(epoch, shuffled);
      DataLoader loader = new DataLoader(inputs, batch, workers, samples, shuffled);
      int round = 0;
      for (int count = loader.advance(); count > 0; count = loader.advance()) {
        for (int i = 0; i < parts.size(); i++) {
          if (round % parts.get(i).objective.every == 0) {
            parts.get(i).run(count, cursors.get(i));
          }
        }
        round++;
      }
      Map<String, Double> metrics = new LinkedHashMap<>();
      parts.forEach(part -> part.report(metrics));
      EpochMetrics row = new EpochMetrics(epoch + 1, metrics);
      history.add(row);
      listener.epoch(row);
      if (parts.stream()
          .map(part -> row.value(part.metric()))
          .anyMatch(loss -> !Double.isFinite(loss))) {
        break;
      }
    }
    parts.forEach(part -> part.training.settle());
    return history;
  }

  /**
   * What a model predicts with the weights as they are now. Random nodes draw other numbers for
   * each row.
   *
   * @param reader one of those given to the constructor
   * @param samples a row for each, [samples x features]
   * @return a row for each, [samples x outputs]
   */
  public Tensor predict(Model reader, Tensor samples) {
    Predictor predictor = readers.get(reader);
    if (predictor == null) {
      throw new InputException("a model that predicts must be given to the constructor");
    }
    return predictor.predict(samples);
  }

  /**
   * The weights of a parameter as they are now.
   *
   * @param parameter one of a model's {@link Model#parameters()}
   * @return a copy, [rows x columns]
   */
  public Tensor weights(Parameter parameter) {
    return Tensor.of(store.matrix(parameter).get(), parameter.rows(), parameter.columns());
  }
}
