package dev.anneal.experiments;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.data.Fold;
import dev.anneal.data.SplitOrder;
import dev.anneal.data.Splitting;
import dev.anneal.data.prepare.Imputation;
import dev.anneal.data.prepare.Preparation;
import dev.anneal.data.prepare.Scaling;
import dev.anneal.data.prepare.Task;
import dev.anneal.nn.Architecture;
import dev.anneal.nn.LayerChain;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.graph.Initializer;
import dev.anneal.nn.group.Groups;
import dev.anneal.nn.layer.Activation;
import dev.anneal.nn.layer.Dense;
import dev.anneal.nn.layer.Dropout;
import dev.anneal.nn.model.Layer;
import dev.anneal.nn.model.Loss;
import dev.anneal.nn.training.EarlyStopping;
import dev.anneal.nn.training.Guard;
import dev.anneal.nn.training.Monitor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Experiments as options with texts, and back. */
final class ExperimentText {
  private static final String NAME = "name";
  private static final String TAG = "tag";
  private static final String DATA = "data";
  private static final String DATA_DIR = "data-dir";
  private static final String VALIDATION_SPLIT = "validation-split";
  private static final String SPLIT = "split";
  private static final String SPLIT_SEED = "split-seed";
  private static final String TEST_SPLIT = "test-split";
  private static final String FOLD = "fold";
  private static final String GROUP = "group";
  private static final String TARGET = "target";
  private static final String DROP = "drop";
  private static final String TASK = "task";
  private static final String SCALE = "scale";
  private static final String MISSING = "missing";
  private static final String HASH = "hash";
  private static final String VALIDATION_DATA = "validation-data";
  private static final String MODEL = "model";
  private static final String INIT = "init";
  private static final String ACTIVATION = "activation";
  private static final String DROPOUT = "dropout";
  private static final String LOSS = "loss";
  private static final String CLASS_WEIGHTS = "class-weights";
  private static final String BALANCED = "balanced";
  private static final String OPTIMIZER = "optimizer";
  private static final String SCHEDULE = "schedule";
  private static final String EPOCHS = "epochs";
  private static final String BATCH = "batch";
  private static final String SEED = "seed";
  private static final String PATIENCE = "patience";
  private static final String MONITOR = "monitor";
  private static final String MIN_DELTA = "min-delta";
  private static final String RESTORE_BEST = "restore-best";
  private static final String DIAGNOSE = "diagnose";
  private static final String ON_DIVERGENCE = "on-divergence";

  private static final String ITS_OWN =
      "a model of layers: write it among them, as in dense(64, kernel=he-normal), tanh,"
          + " dropout(0.2)";
  private static final String NO_LAYER = "a linear model: it has no hidden layer";

  /** The names of all options of an experiment. */
  static final List<String> KEYS =
      Stream.concat(
              Stream.of(
                  NAME,
                  TAG,
                  DATA,
                  DATA_DIR,
                  TARGET,
                  DROP,
                  TASK,
                  SCALE,
                  MISSING,
                  HASH,
                  VALIDATION_SPLIT,
                  SPLIT,
                  SPLIT_SEED,
                  TEST_SPLIT,
                  FOLD,
                  GROUP,
                  VALIDATION_DATA,
                  MODEL,
                  INIT,
                  ACTIVATION,
                  DROPOUT,
                  LOSS,
                  CLASS_WEIGHTS,
                  OPTIMIZER,
                  SCHEDULE,
                  EPOCHS,
                  BATCH,
                  SEED,
                  PATIENCE,
                  MONITOR,
                  MIN_DELTA,
                  RESTORE_BEST,
                  DIAGNOSE,
                  ON_DIVERGENCE),
              ReadingText.KEYS.stream())
          .toList();

  private final SpecYaml options;
  private final Catalogue catalogue;
  private final Preset preset;

  ExperimentText(SpecYaml options, Catalogue catalogue) {
    this.options = options;
    this.catalogue = catalogue;
    preset = Preset.of(text(DATA).orElse(Preset.DATA));
  }

  private Optional<String> text(String key) {
    List<String> texts = options.values().getOrDefault(key, List.of());
    if (texts.size() > 1) {
      throw options.error(key, "takes one value, not " + texts.size());
    }
    return texts.stream().findFirst();
  }

  private <T> Optional<T> value(String key, String kind, Function<String, T> parse) {
    return text(key)
        .map(text -> {
          try {
            return parse.apply(text.strip());
          } catch (NumberFormatException e) {
            throw options.wrong(key, kind, text);
          }
        });
  }

  private Optional<Integer> whole(String key) {
    return value(key, "a whole number", Integer::valueOf);
  }

  private Optional<Double> number(String key) {
    return value(key, "a number", Double::valueOf);
  }

  private boolean flag(String key) {
    return value(
            key,
            "true or false",
            text -> {
              if (!text.equals("true") && !text.equals("false")) {
                throw new NumberFormatException();
              }
              return text.equals("true");
            })
        .orElse(false);
  }

  Experiment read() {
    DataSource data = data(text(DATA).orElse(Preset.DATA));
    Optional<Integer> patience = whole(PATIENCE);
    boolean restore = flag(RESTORE_BEST);
    Optional<Monitor> best = monitor(patience.isPresent() || restore, data);
    return new Experiment(
        text(NAME).orElse("train"),
        options.values().getOrDefault(TAG, List.of()),
        data,
        model(),
        text(LOSS).map(spec -> catalogue.parse(Loss.class, spec)),
        choice(CLASS_WEIGHTS, new String[] {BALANCED}).isPresent(),
        groups(),
        whole(EPOCHS).orElse(preset.epochs()),
        whole(BATCH).orElse(preset.batch()),
        value(SEED, "a whole number", Long::valueOf).orElse(Preset.SEED),
        patience.flatMap(epochs -> best.map(monitor -> new EarlyStopping(monitor, epochs))),
        restore ? best : Optional.empty(),
        flag(DIAGNOSE),
        guard());
  }

  private DataSource data(String name) {
    Optional<String> other = text(VALIDATION_DATA);
    return new DataSource(
        name,
        text(DATA_DIR).map(Path::of),
        ReadingText.parse(options),
        preparation(name),
        splitting(name, other),
        value(SPLIT_SEED, "a whole number", Long::valueOf),
        other);
  }

  /** Files may well be sorted; others are split as in the experiments that they come from. */
  private Splitting splitting(String name, Optional<String> other) {
    Optional<Double> part = number(VALIDATION_SPLIT);
    Optional<Fold> fold = text(FOLD).map(Fold::parse);
    Optional<String> group = text(GROUP);
    Optional<SplitOrder> order = choice(SPLIT, SplitOrder.values());
    double validation =
        part.orElse(other.isPresent() || fold.isPresent() ? 0 : preset.validationSplit());
    double test = number(TEST_SPLIT).orElse(0.0);
    if (validation == 0 && test == 0 && fold.isEmpty() && order.isPresent()) {
      throw new InputException("--%s has no effect where all samples train".formatted(SPLIT));
    }
    return new Splitting(
        validation,
        test,
        order.orElse(
            TableFile.is(name) || fold.isPresent() || group.isPresent()
                ? SplitOrder.STRATIFIED
                : SplitOrder.ORDERED),
        group,
        fold);
  }

  private Preparation preparation(String name) {
    Preparation usual = Preparation.USUAL;
    Preparation given =
        new Preparation(
            text(TARGET),
            texts(DROP),
            choice(TASK, Task.values()),
            choice(SCALE, Scaling.values()).orElse(usual.scaling()),
            choice(MISSING, Imputation.values()).orElse(usual.imputation()),
            hashed());
    if (!TableFile.is(name)) {
      Stream.concat(Stream.of(TARGET, DROP, TASK, SCALE, MISSING, HASH), ReadingText.KEYS.stream())
          .filter(key -> !texts(key).isEmpty())
          .findFirst()
          .ifPresent(key -> {
            throw new InputException(
                "--%s is for tables, --data csv:FILE; %s is none".formatted(key, name));
          });
    }
    return given;
  }

  private List<String> texts(String key) {
    return options.values().getOrDefault(key, List.of());
  }

  /** Names of columns, several with commas between them. */
  private List<String> columns(String key) {
    return texts(key).stream()
        .flatMap(text -> Arrays.stream(text.split(",", -1)))
        .map(String::strip)
        .distinct()
        .toList();
  }

  private Map<String, Integer> hashed() {
    Map<String, Integer> hashed = new LinkedHashMap<>();
    for (String text : columns(HASH)) {
      int colon = text.lastIndexOf(':');
      try {
        hashed.put(text.substring(0, colon), Integer.valueOf(text.substring(colon + 1)));
      } catch (NumberFormatException | IndexOutOfBoundsException e) {
        throw options.wrong(HASH, "a column and a number of inputs, such as ticket:32", text);
      }
    }
    return hashed;
  }

  private <T> Optional<T> choice(String key, T[] known) {
    return text(key)
        .map(text ->
            Arrays.stream(known)
                .filter(each -> each.toString().equals(text.strip()))
                .findFirst()
                .orElseThrow(() ->
                    options.wrong(
                        key,
                        Messages.list(Arrays.stream(known).map(String::valueOf).toList(), "or"),
                        text)));
  }

  /** What makes an epoch the best, where anything asks for it. */
  private Optional<Monitor> monitor(boolean asked, DataSource data) {
    Optional<String> metric = text(MONITOR);
    Optional<Double> delta = number(MIN_DELTA);
    if (!asked) {
      noEffect(MONITOR, metric.filter(text -> !text.equals(MetricHistory.VAL_LOSS)));
      noEffect(MIN_DELTA, delta.filter(number -> number != 0));
      return Optional.empty();
    }
    String watched = metric.orElse(MetricHistory.VAL_LOSS);
    if (watched.startsWith("val_")
        && !data.splitting().validates()
        && data.validationData().isEmpty()) {
      throw new InputException(
          "--monitor %s needs validation samples; give --validation-split".formatted(watched));
    }
    return Optional.of(new Monitor(watched, delta.orElse(0.0)));
  }

  private Guard guard() {
    return text(ON_DIVERGENCE).map(this::guard).orElse(Guard.STOP);
  }

  private Guard guard(String text) {
    return Arrays.stream(Guard.values())
        .filter(each -> words(each).equals(text.strip()))
        .findFirst()
        .orElseThrow(() ->
            options.wrong(
                ON_DIVERGENCE,
                Messages.list(
                    Arrays.stream(Guard.values()).map(ExperimentText::words).toList(), "or"),
                text));
  }

  private static String words(Guard guard) {
    return guard.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void noEffect(String key, Optional<?> value) {
    if (value.isPresent()) {
      throw new InputException(
          "--%s has no effect without --patience or --restore-best: add one of them, or leave it out"
              .formatted(key));
    }
  }

  /** Sizes, and what goes for all hidden layers; or layers, which say everything themselves. */
  private Architecture model() {
    Optional<Architecture> given = text(MODEL).map(text -> Architecture.parse(text, catalogue));
    Optional<Initializer> init = text(INIT).map(Initializer::parse);
    Optional<Activation> activation = text(ACTIVATION).map(this::activation);
    Optional<Schedule> dropout = text(DROPOUT).map(catalogue::schedule);
    if (given.orElse(preset.model()) instanceof Mlp mlp && mlp.sizes().isEmpty()) {
      refuse(ACTIVATION, activation, NO_LAYER);
      refuse(DROPOUT, dropout, NO_LAYER);
    }
    return switch (given.orElse(preset.model())) {
      case Mlp(List<Integer> sizes, Activation hidden, Initializer kernel, Schedule rate) -> {
        Optional<Mlp> usual =
            preset.model() instanceof Mlp reference ? Optional.of(reference) : Optional.empty();
        yield new Mlp(
            sizes,
            activation.orElse(usual.map(Mlp::hidden).orElse(hidden)),
            init.orElse(usual.map(Mlp::kernel).orElse(kernel)),
            dropout.orElse(usual.map(Mlp::dropout).orElse(rate)));
      }
      case LayerChain chain when given.isEmpty() -> {
        List<Layer> layers = new ArrayList<>();
        layers.add(
            init.map(kernel -> new Dense(Preset.UNITS, kernel, Initializer.ZEROS))
                .orElse(new Dense(Preset.UNITS)));
        layers.add(activation.orElse(Activation.RELU));
        layers.add(new Dropout(dropout.orElse(Dropout.constant(Preset.DROPOUT))));
        yield init.isEmpty() && activation.isEmpty() && dropout.isEmpty()
            ? chain
            : new LayerChain(layers);
      }
      case Architecture layers -> {
        refuse(INIT, init, ITS_OWN);
        refuse(ACTIVATION, activation, ITS_OWN);
        refuse(DROPOUT, dropout, ITS_OWN);
        yield layers;
      }
    };
  }

  private static void refuse(String key, Optional<?> value, String reason) {
    if (value.isPresent()) {
      throw new InputException("--%s has no effect on %s".formatted(key, reason));
    }
  }

  private Activation activation(String text) {
    if (catalogue.parse(Layer.class, text) instanceof Activation found) {
      return found;
    }
    throw options.wrong(ACTIVATION, "an activation, such as relu", text);
  }

  /** A schedule is that of the base, and of what is copied from there. */
  private Groups groups() {
    String optimizer = text(OPTIMIZER).orElse(preset.optimizer());
    Optional<Schedule> rate = text(SCHEDULE).map(catalogue::schedule);
    if (rate.isEmpty()) {
      return Groups.parse(optimizer, catalogue);
    }
    Groups groups = Groups.parse(optimizer, catalogue, base -> base.withLearningRate(rate.get()));
    if (groups.base().isEmpty()) {
      throw new InputException(
          "--schedule is for the optimizer without a pattern, and \"%s\" has none"
              .formatted(optimizer));
    }
    return groups;
  }

  static String print(Experiment experiment) {
    SequencedMap<String, Object> options = new LinkedHashMap<>();
    options.put(NAME, experiment.name());
    if (!experiment.tags().isEmpty()) {
      options.put(TAG, experiment.tags());
    }
    DataSource data = experiment.data();
    options.put(DATA, data.name());
    data.folder().ifPresent(folder -> options.put(DATA_DIR, folder.toString()));
    ReadingText.print(data.reading(), options);
    print(data.preparation(), TableFile.is(data.name()), options);
    print(data.splitting(), data.validationData(), options);
    data.splitSeed().ifPresent(seed -> options.put(SPLIT_SEED, seed));
    options.put(MODEL, experiment.model().print());
    if (experiment.model() instanceof Mlp mlp) {
      options.put(INIT, mlp.kernel().toString());
      if (!mlp.sizes().isEmpty()) {
        options.put(ACTIVATION, Catalogue.print(mlp.hidden()));
        options.put(DROPOUT, Catalogue.describe(mlp.dropout()));
      }
    }
    experiment.loss().ifPresent(loss -> options.put(LOSS, Catalogue.print(loss)));
    if (experiment.balanced()) {
      options.put(CLASS_WEIGHTS, BALANCED);
    }
    options.put(OPTIMIZER, experiment.groups().print());
    options.put(EPOCHS, experiment.epochs());
    options.put(BATCH, experiment.batch());
    options.put(SEED, experiment.seed());
    experiment.stopping().ifPresent(stopping -> options.put(PATIENCE, stopping.patience()));
    experiment
        .best()
        .or(() -> experiment.stopping().map(EarlyStopping::monitor))
        .ifPresent(monitor -> {
          options.put(MONITOR, monitor.metric());
          options.put(MIN_DELTA, monitor.minDelta());
        });
    if (experiment.best().isPresent()) {
      options.put(RESTORE_BEST, true);
    }
    if (experiment.diagnosed()) {
      options.put(DIAGNOSE, true);
    }
    if (experiment.guard() != Guard.STOP) {
      options.put(ON_DIVERGENCE, words(experiment.guard()));
    }
    return SpecYaml.print(options);
  }

  private static void print(
      Preparation preparation, boolean table, SequencedMap<String, Object> options) {
    if (!table) {
      return;
    }
    preparation.target().ifPresent(name -> options.put(TARGET, name));
    if (!preparation.drop().isEmpty()) {
      options.put(DROP, preparation.drop());
    }
    preparation.task().ifPresent(task -> options.put(TASK, task.toString()));
    options.put(SCALE, preparation.scaling().toString());
    options.put(MISSING, preparation.imputation().toString());
    if (!preparation.hashed().isEmpty()) {
      options.put(
          HASH,
          preparation.hashed().entrySet().stream()
              .sorted(Map.Entry.comparingByKey())
              .map(each -> each.getKey() + ":" + each.getValue())
              .toList());
    }
  }

  private static void print(
      Splitting splitting, Optional<String> other, SequencedMap<String, Object> options) {
    other.ifPresent(name -> options.put(VALIDATION_DATA, name));
    splitting.fold().ifPresent(fold -> options.put(FOLD, fold.toString()));
    if (other.isEmpty() && splitting.fold().isEmpty()) {
      options.put(VALIDATION_SPLIT, splitting.validation());
    }
    if (splitting.test() > 0) {
      options.put(TEST_SPLIT, splitting.test());
    }
    splitting.group().ifPresent(column -> options.put(GROUP, column));
    if (splitting.validation() > 0 || splitting.test() > 0) {
      options.put(SPLIT, splitting.order().toString());
    }
  }
}
