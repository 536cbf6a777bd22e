package dev.anneal.nn;

import dev.anneal.core.InputException;
import dev.anneal.core.data.Samples;
import dev.anneal.core.kernel.Matrix;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.optimize.Optimizer;
import dev.anneal.core.optimize.Update;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.schedule.Cursor;
import dev.anneal.core.schedule.Progress;
import dev.anneal.core.tensor.Tensor;
import dev.anneal.core.work.Workers;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.graph.Program;
import dev.anneal.nn.plan.Arena;
import dev.anneal.nn.plan.Input;
import dev.anneal.nn.plan.Inputs;
import dev.anneal.nn.plan.Plan;
import dev.anneal.nn.plan.Trained;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Trains networks that have weights in common, each with a loss and optimizers of its own, in turn
 * on the same batches: the two networks of a generative adversary pair, for example. A weight is
 * shared where models name it alike ({@link Scope#part}); it starts the same whoever reads it.
 *
 * <p>As with a {@link Trainer}, a run's result depends on the objectives, the data, the batch size
 * and the seed alone.
 */
public final class JointTrainer {
  private final int batch;
  private final Workers workers;
  private final Arena arena;
  private final Inputs inputs;
  private final List<Part> parts = new ArrayList<>();
  private final Map<Model, Plan> readers = new LinkedHashMap<>();
  private final RandomStream order;

  /**
   * What a network is trained for.
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
    final Training training;
    double loss;
    long updates;

    Part(Objective objective, Training training) {
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

    void report(Map<String, Double> metrics) {
      String prefix = objective.name + "/";
      metrics.put(prefix + EpochMetrics.LOSS, loss / updates);
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
   * @param workers who computes
   * @param readers models that read the same weights and are not trained, for {@link #predict}
   */
  public JointTrainer(
      List<Objective> objectives, int batch, long seed, Workers workers, Model... readers) {
    if (batch < 1) {
      throw new InputException("the batch must have at least 1 sample, not " + batch);
    }
    this.batch = batch;
    this.workers = workers;
    order = Chance.ORDER.of(seed);
    Set<Parameter> parameters = new LinkedHashSet<>();
    List<Program> programs = new ArrayList<>();
    for (Objective each : objectives) {
      parameters.addAll(each.model.parameters());
      programs.add(each.model.training(each.loss));
    }
    for (Model reader : readers) {
      parameters.addAll(reader.parameters());
      programs.add(Traced.of(reader, false).program(new Unmeasured()));
    }
    arena = Arena.of(List.copyOf(parameters), programs, Chance.WEIGHTS.of(seed));
    int features = objectives.getFirst().model.features();
    inputs = Inputs.of(programs.getFirst(), features, batch);
    for (int i = 0; i < objectives.size(); i++) {
      Objective each = objectives.get(i);
      RandomStream drawn = Chance.MODEL.of(seed).child(i);
      RandomStream noise = Chance.OPTIMIZER.of(seed).child(i);
      parts.add(new Part(each, training(each, drawn, noise)));
    }
    for (int i = 0; i < readers.length; i++) {
      RandomStream drawn = Chance.MODEL.of(seed).child(objectives.size() + i);
      Program program = programs.get(objectives.size() + i);
      this.readers.put(
          readers[i],
          new Plan(
              program, arena, readers[i].features(), batch, drawn, Width.preferred(), workers));
    }
  }

  private Training training(Objective objective, RandomStream drawn, RandomStream noise) {
    return new Training(
        objective.groups,
        objective.model,
        new Training.Compiler() {
          @Override
          public Update update(int group, Optimizer optimizer, List<Parameter> parameters) {
            List<Matrix> weights = parameters.stream().map(arena::matrix).toList();
            return new Update(optimizer, weights, noise.child(group), Width.preferred(), workers);
          }

          @Override
          public Plan plan(List<Trained> all, int pass, boolean keep) {
            Set<Parameter> parameters =
                all.stream()
                    .flatMap(each -> each.parameters().stream())
                    .collect(Collectors.toSet());
            Program program = Traced.of(objective.model, true).program(objective.loss, parameters);
            return new Plan(
                program, arena, inputs, drawn, Width.preferred(), workers, all, pass, !keep);
          }
        });
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
   * @param observer is told of each epoch
   * @return for each epoch and objective its mean loss and its hyper-parameters, such as {@code
   *     generator/loss}; ends early where a loss is no longer finite
   * @throws InputException if models and data do not fit, or if a schedule gives no finite number
   */
  public History fit(Samples samples, int epochs, Observer observer) {
    parts.forEach(part -> part.objective.model.check(samples, part.objective.loss));
    int perEpoch = Math.ceilDiv(samples.size(), batch);
    History history = new History();
    List<Cursor> cursors = new ArrayList<>();
    for (Part part : parts) {
      int own = Math.ceilDiv(perEpoch, part.objective.every);
      cursors.add(new Cursor(own, (long) own * epochs, history));
    }
    int[] shuffled = new int[samples.size()];
    for (int epoch = 0; epoch < epochs; epoch++) {
      order.permute(epoch, shuffled);
      Feed feed = new Feed(inputs, batch, workers, samples, shuffled);
      int round = 0;
      for (int count = feed.advance(); count > 0; count = feed.advance()) {
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
      observer.epoch(row);
      if (parts.stream()
          .map(part -> row.value(part.objective.name + "/" + EpochMetrics.LOSS))
          .anyMatch(loss -> !Double.isFinite(loss))) {
        break;
      }
    }
    parts.forEach(part -> part.training.settle());
    return history;
  }

  /**
   * What a model predicts with the weights as they are now. What it draws at random is another for
   * each row.
   *
   * @param reader one of those given to the constructor
   * @param samples a row for each, [samples x features]
   * @return a row for each, [samples x outputs]
   */
  public Tensor predict(Model reader, Tensor samples) {
    Plan plan = readers.get(reader);
    if (plan == null) {
      throw new InputException("a model that predicts must be given to the constructor");
    }
    int rows = samples.shape()[0];
    int features = reader.features();
    int outputs = reader.outputs();
    Tensor predictions = Tensor.zeros(rows, outputs);
    for (int from = 0; from < rows; from += batch) {
      int count = Math.min(batch, rows - from);
      Input input = plan.inputs().next();
      for (int row = 0; row < count; row++) {
        System.arraycopy(
            samples.elements(),
            (from + row) * features,
            input.features().array(),
            input.features().index(row, 0),
            features);
      }
      plan.inputs().advance();
      plan.run(count, Progress.at(from / batch, 1, rows));
      for (int i = 0; i < count * outputs; i++) {
        predictions.elements()[from * outputs + i] = plan.output(i / outputs, i % outputs);
      }
    }
    return predictions;
  }

  /**
   * The weights of a parameter as they are now.
   *
   * @param parameter one of a model's {@link Model#parameters()}
   * @return a copy, [rows x columns]
   */
  public Tensor weights(Parameter parameter) {
    return Tensor.of(arena.matrix(parameter).get(), parameter.rows(), parameter.columns());
  }
}
