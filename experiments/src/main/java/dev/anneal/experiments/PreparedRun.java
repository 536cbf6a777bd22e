package dev.anneal.experiments;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.core.sample.Samples;
import dev.anneal.nn.loss.CrossEntropy;
import dev.anneal.nn.loss.SmoothedCrossEntropy;
import dev.anneal.nn.measure.Measure;
import dev.anneal.nn.model.Loss;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.training.EarlyStopping;
import dev.anneal.nn.training.Monitor;
import dev.anneal.nn.training.Training;
import dev.anneal.preview.PlannedRun;
import dev.anneal.preview.RecordedMetrics;
import dev.anneal.preview.lint.ScheduleTree;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An experiment with its samples and the network for them, checked against each other.
 *
 * @param experiment what to do
 * @param data on what
 * @param model the network
 * @param loss what it minimizes
 */
public record PreparedRun(Experiment experiment, TrainingData data, Model model, Loss loss) {
  /**
   * Makes ready.
   *
   * @param experiment what to do
   * @param data on what
   * @return the run
   * @throws InputException if the data do not fit the network, if it cannot be made for them, or if
   *     a parameter of it is in no group or in two
   */
  public static PreparedRun of(Experiment experiment, TrainingData data) {
    Samples samples = data.training();
    Model model = experiment.model().model(samples.shape(), samples.classes());
    Loss loss = loss(experiment, samples);
    model.check(samples, loss);
    PreparedRun run = new PreparedRun(experiment, data, model, loss);
    Stream.concat(
            experiment.best().stream(), experiment.stopping().map(EarlyStopping::monitor).stream())
        .forEach(monitor -> monitor.checkMeasured(run.measured()));
    experiment.groups().assign(model);
    return run;
  }

  private static Loss loss(Experiment experiment, Samples samples) {
    Loss loss = experiment.loss().orElseGet(() -> experiment.model().loss(samples.classes()));
    if (!experiment.balanced()) {
      return loss;
    }
    double smoothing =
        switch (loss) {
          case CrossEntropy _ -> 0;
          case SmoothedCrossEntropy(double given, List<Double> weights) when weights.isEmpty() ->
              given;
          default ->
              throw new InputException(
                  "--class-weights balanced is for cross-entropy without weights of its own, not %s"
                      .formatted(loss.kind()));
        };
    int[] counts = new int[samples.classes()];
    IntStream.range(0, samples.size()).forEach(i -> counts[samples.label(i)]++);
    return new SmoothedCrossEntropy(smoothing, SmoothedCrossEntropy.balanced(counts));
  }

  /**
   * What is measured each epoch and depends on the run alone.
   *
   * @return the names of metrics
   */
  public Set<String> measured() {
    Set<String> names = new LinkedHashSet<>();
    boolean validated = data.validation().isPresent();
    for (String name : MetricHistory.measured(validated)) {
      if (data.target().classes() > 0 || !name.endsWith(MetricHistory.ACCURACY)) {
        names.add(name);
      }
    }
    if (validated) {
      data.measures().forEach(measure -> names.add("val_" + measure.quantity()));
    }
    return names;
  }

  /**
   * Whether its weights depend on samples that validate: for when it ends, which epoch is kept, or
   * what a schedule does.
   *
   * @return false if it would be the same run without them
   */
  public boolean watchesValidation() {
    Stream<String> metrics =
        Stream.of(
                experiment.best().stream().map(Monitor::metric),
                experiment.stopping().stream().map(each -> each.monitor().metric()),
                schedules().values().stream()
                    .flatMap(ScheduleTree::all)
                    .flatMap(part -> part.monitored().stream()))
            .flatMap(each -> each);
    return metrics.anyMatch(metric -> metric.startsWith("val_"));
  }

  /**
   * All that schedules decide in the run, as epochs report it.
   *
   * @return schedules by name
   */
  public Map<String, Schedule> schedules() {
    return experiment.groups().schedules(model);
  }

  /**
   * The learning rates in force over the run, of each group that is trained.
   *
   * @return schedules by name, at least one
   */
  public Map<String, Schedule> learningRates() {
    Map<String, Schedule> rates = new LinkedHashMap<>(schedules());
    rates.keySet().removeIf(name -> !Hyperparameter.isLearningRate(name));
    return rates;
  }

  /**
   * The learning rate in words.
   *
   * @return its specification, or a formula where an optimizer modifies it in a way that has none;
   *     of several groups each with its name
   */
  public String schedule() {
    Map<String, Schedule> rates = learningRates();
    return rates.size() == 1
        ? Catalogue.describe(rates.values().iterator().next())
        : rates.entrySet().stream()
            .map(rate -> rate.getKey() + ": " + Catalogue.describe(rate.getValue()))
            .collect(Collectors.joining("; "));
  }

  /**
   * The optimizer in words, but for its learning rate, which {@link #schedule} tells.
   *
   * @return its specification without {@code learning_rate}; all there is to say where there are
   *     groups
   */
  public String optimizerWithoutRate() {
    if (!experiment.groups().groups().isEmpty()) {
      return experiment.groups().print();
    }
    Optimizer optimizer = experiment.groups().base().orElseThrow();
    return optimizer instanceof Record plugin
        ? Catalogue.printWithout(plugin, Optimizer.LEARNING_RATE)
        : optimizer.toString();
  }

  /**
   * The mean loss of always predicting what is best on the training samples: the shares of the
   * classes, or the mean.
   *
   * @return in nats, or in squares of the target's unit; nothing for losses of other kinds
   */
  public OptionalDouble constantLoss() {
    return new ConstantPrediction(this).loss(data.training());
  }

  /**
   * The shape of the run, for previews of its schedules.
   *
   * @return without recorded metrics
   */
  public PlannedRun planned() {
    return new PlannedRun(
        updates(), data.iterationsPerEpoch(experiment.batch()), measured(), RecordedMetrics.NONE);
  }

  /**
   * How the run is trained, but for when it ends earlier and which weights are kept then.
   *
   * @return a new training, to be told of workers and listeners
   */
  public Training training() {
    Training training =
        Training.ofGroups(model, loss, experiment.groups())
            .batch(experiment.batch())
            .epochs(experiment.epochs())
            .seed(experiment.seed())
            .measuring(data.measures().toArray(Measure[]::new));
    data.validation().ifPresent(training::validation);
    return training;
  }

  /**
   * Updates in the whole run.
   *
   * @return at least 1
   */
  public long updates() {
    return (long) experiment.epochs() * data.iterationsPerEpoch(experiment.batch());
  }
}
