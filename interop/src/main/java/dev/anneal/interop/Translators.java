package dev.anneal.interop;

import dev.anneal.api.Framework;
import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * The translators at hand: writes a schedule as a program for another framework, and reads what one
 * has saved.
 *
 * <p>Where the framework has a class of its own that gives the same values, that is what is
 * written. Otherwise it is a function of the step: read per epoch where all of the schedule is, per
 * iteration if not.
 */
public final class Translators {
  /** The service loader cannot promise to move past a broken provider; this ends its search. */
  private static final int MOST_FAILURES = 100;

  private final List<Translator> all;
  private final List<String> problems;

  private Translators(Collection<Translator> all, Collection<String> problems) {
    this.all = List.copyOf(all);
    this.problems = List.copyOf(problems);
  }

  /**
   * Finds the translators on the module path and the class path.
   *
   * @return all that {@link ServiceLoader} finds
   */
  public static Translators load() {
    return load(List.of(ServiceLoader.load(Translator.class)));
  }

  /**
   * Finds the translators of modules and of a class path that were opened while the program runs.
   *
   * @param layer the modules; those of its parents count too
   * @param classPath the class path; what its parents see counts too
   * @return all that {@link ServiceLoader} finds
   */
  public static Translators load(ModuleLayer layer, ClassLoader classPath) {
    return load(
        List.of(
            ServiceLoader.load(Translator.class, classPath),
            ServiceLoader.load(layer, Translator.class)));
  }

  private static Translators load(List<ServiceLoader<Translator>> loaders) {
    Map<Class<?>, Translator> found = new LinkedHashMap<>();
    Set<String> problems = new LinkedHashSet<>();
    for (ServiceLoader<Translator> loader : loaders) {
      Iterator<Translator> each = loader.iterator();
      for (int failures = 0; failures < MOST_FAILURES; ) {
        try {
          if (!each.hasNext()) {
            break;
          }
          Translator translator = each.next();
          found.putIfAbsent(translator.getClass(), translator);
        } catch (ServiceConfigurationError | LinkageError e) {
          failures++;
          problems.add("A translator was not loaded: " + e.getMessage());
        }
      }
    }
    return new Translators(found.values(), problems);
  }

  /**
   * Given translators.
   *
   * @param translators in the order in which they are asked
   * @return these, and no others
   */
  public static Translators of(List<Translator> translators) {
    return new Translators(translators, List.of());
  }

  /**
   * Writes a schedule as a program for another framework.
   *
   * @param schedule any schedule
   * @param framework the framework
   * @param iterationsPerEpoch updates in an epoch of the run that it is for
   * @param totalIterations updates in that run
   * @return the program, and where it is not exact
   * @throws InputException if the schedule has no formula and the run is too long for a table
   */
  public Translation translate(
      Schedule schedule, Framework framework, int iterationsPerEpoch, long totalIterations) {
    PythonWriter.Program own =
        new PythonWriter.Program(all, framework, Unit.ITERATION, iterationsPerEpoch);
    Optional<Counterpart> counterpart =
        own.run(totalIterations).counterpart(schedule, totalIterations);
    if (counterpart.isPresent()) {
      return page(schedule, own, totalIterations).of(counterpart.get());
    }
    if (framework != Framework.OPTAX) {
      PythonWriter.Program perEpoch =
          new PythonWriter.Program(all, framework, Unit.EPOCH, iterationsPerEpoch);
      String name = perEpoch.run(totalIterations).define(schedule);
      if (perEpoch.readsEpochs && !perEpoch.fallsBetween) {
        return page(schedule, perEpoch, totalIterations).of(name);
      }
    }
    PythonWriter.Program perIteration =
        new PythonWriter.Program(all, framework, Unit.ITERATION, iterationsPerEpoch);
    String name = perIteration.run(totalIterations).define(schedule);
    return page(schedule, perIteration, totalIterations).of(name);
  }

  private Page page(Schedule schedule, PythonWriter.Program program, long total) {
    program.notes.addAll(problems);
    return new Page(schedule, program, total);
  }

  /**
   * Reads what another framework has saved of a schedule.
   *
   * @param config Keras's {@code get_config()}, with or without its envelope of {@code class_name}
   *     and {@code config}, or PyTorch's {@code state_dict()}
   * @param stepped how often {@code step()} is called, which a {@code state_dict} does not say
   * @return the schedule
   * @throws InputException if no translator knows it
   */
  public SavedSchedule read(Map<String, ?> config, Unit stepped) {
    return all.stream()
        .flatMap(translator -> translator.read(config, stepped).stream())
        .findFirst()
        .orElseThrow(() ->
            new InputException(
                "no known schedule is saved with the keys %s; known: %s"
                    .formatted(
                        Messages.brief(String.join(", ", config.keySet())),
                        String.join(
                            ", ", all.stream().flatMap(each -> each.reads().stream()).toList()))));
  }

  /** The program around a translated schedule. */
  private static final class Page {
    private final PythonWriter.Program program;
    private final boolean perEpoch;
    private final List<String> body = new ArrayList<>();
    private final Set<String> notes;
    private final String head;

    Page(Schedule schedule, PythonWriter.Program program, long total) {
      this.program = program;
      this.perEpoch = program.unit == Unit.EPOCH;
      this.notes = new LinkedHashSet<>(program.notes);
      int each = program.iterationsPerEpoch;
      String text = describe(schedule);
      this.head =
          "# %s\n# in a run of %s%s\n"
              .formatted(
                  text,
                  total % each == 0
                      ? "%d epochs of %d iterations".formatted(total / each, each)
                      : "%d iterations, %d in an epoch".formatted(total, each),
                  text.contains("%") ? ", for which percents are resolved" : "");
    }

    private static String describe(Schedule schedule) {
      try {
        return Catalogue.print(schedule);
      } catch (InputException e) {
        return schedule.toString(); // a lambda has no specification
      }
    }

    Translation of(Counterpart counterpart) {
      notes.addAll(counterpart.notes());
      boolean epochs = counterpart.per() == Unit.EPOCH;
      switch (program.framework) {
        case KERAS -> {
          if (epochs) {
            callback(counterpart.code(), counterpart.base());
          } else {
            keras(counterpart.code());
          }
        }
        case TORCH ->
            pytorch(
                counterpart.base(), counterpart.code(), counterpart.per(), counterpart.metric());
        case FASTAI -> throw PythonWriter.Program.notWritten();
        case OPTAX -> {
          if (epochs && program.iterationsPerEpoch > 1) {
            body.add("per_epoch = " + counterpart.code());
            optax("lambda count: per_epoch(count // %d)".formatted(program.iterationsPerEpoch));
          } else {
            optax(counterpart.code());
          }
        }
      }
      return page();
    }

    Translation of(String function) {
      body.add(String.join("\n\n", program.functions.values()));
      switch (program.framework) {
        case KERAS -> {
          if (perEpoch) {
            callback(
                "keras.callbacks.LearningRateScheduler(lambda epoch, rate: float(%s(epoch)))"
                    .formatted(function),
                -1);
          } else {
            body.addAll(
                List.of(
                    "class Schedule(keras.optimizers.schedules.LearningRateSchedule):",
                    "    def __call__(self, step):",
                    "        return %s(ops.cast(step, \"float32\"))".formatted(function),
                    "",
                    "    def get_config(self):",
                    "        return {}",
                    "",
                    ""));
            keras("Schedule()");
          }
        }
        case TORCH -> {
          pytorch(
              1,
              "torch.optim.lr_scheduler.LambdaLR(optimizer, %s)".formatted(function),
              program.unit,
              "");
        }
        case FASTAI -> throw PythonWriter.Program.notWritten();
        case OPTAX -> optax(function);
      }
      return page();
    }

    private void keras(String schedule) {
      body.add("learning_rate = " + schedule);
      body.add("optimizer = keras.optimizers.SGD(learning_rate=learning_rate)");
      notes.add(
          "Keras computes in float32: about 7 digits. It counts every call of the optimizer, also"
              + " those that only accumulate gradients.");
    }

    private void callback(String callback, double base) {
      body.add(
          "optimizer = keras.optimizers.SGD(%s)"
              .formatted(base < 0 ? "" : "learning_rate=" + PythonWriter.decimal(base)));
      body.add("callback = " + callback);
      body.add("# model.fit(..., callbacks=[callback])");
      notes.add("Keras keeps the rate in float32: about 7 digits.");
    }

    private void pytorch(double base, String scheduler, Unit per, String metric) {
      body.add("model = torch.nn.Linear(1, 1)  # put yours here");
      body.add(
          "optimizer = torch.optim.SGD(model.parameters(), lr=" + PythonWriter.decimal(base) + ")");
      body.add("scheduler = " + scheduler);
      String when = per == Unit.EPOCH ? "every epoch" : "every batch, right after optimizer.step()";
      body.add("# Call scheduler.step(%s) after %s.".formatted(metric, when));
    }

    private void optax(String schedule) {
      body.add("learning_rate = " + schedule);
      body.add("optimizer = optax.sgd(learning_rate)");
      notes.add("JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.");
    }

    private Translation page() {
      String text = String.join("\n", body);
      StringBuilder code = new StringBuilder(head);
      List<String> imports = new ArrayList<>();
      List<String> others = new ArrayList<>();
      for (String module : List.of("bisect", "math")) {
        if (text.contains(module + ".")) {
          imports.add("import " + module);
        }
      }
      switch (program.framework) {
        case KERAS -> {
          others.add("import keras");
          if (text.contains("ops.")) {
            others.add("from keras import ops");
          }
        }
        case TORCH -> others.add("import torch");
        case FASTAI -> throw PythonWriter.Program.notWritten();
        case OPTAX -> {
          if (text.contains("jnp.")) {
            others.add("import jax.numpy as jnp");
          }
          others.add("import optax");
        }
      }
      imports.forEach(line -> code.append(line).append('\n'));
      if (!imports.isEmpty()) {
        code.append('\n');
      }
      others.forEach(line -> code.append(line).append('\n'));
      code.append(text.startsWith("def ") ? "\n\n" : "\n").append(text).append('\n');
      return new Translation(code.toString(), List.copyOf(notes));
    }
  }
}
