package dev.anneal.optimizers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.catalogue.PluginDescription;
import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.plugin.PluginProvider;
import dev.anneal.api.plugin.PluginType;
import dev.anneal.api.plugin.PluginType.Component;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Schedule;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInOptimizersTest {
  private static final Map<String, String> WRAPPED =
      Map.of("clip", "(sgd, norm=1)", "accumulate", "(sgd, steps=2)");

  private final Catalogue catalogue = Catalogue.load();

  @Test
  void theServiceLoaderFindsThemAll() {
    assertEquals(List.of(), catalogue.problems());
    assertEquals(
        List.of(
            "sgd",
            "optimistic-sgd",
            "adam",
            "adamw",
            "rmsprop",
            "adagrad",
            "adadelta",
            "adamax",
            "nadam",
            "radam",
            "lion",
            "adabelief",
            "yogi",
            "adan",
            "adopt",
            "ademamix",
            "simplified-ademamix",
            "acprop",
            "ftrl",
            "rprop",
            "asgd",
            "signum",
            "schedule-free-sgd",
            "schedule-free-adamw",
            "prodigy",
            "dadapt-adamw",
            "muon",
            "sam",
            "soap",
            "shampoo",
            "sophia",
            "lamb",
            "lars",
            "fromage",
            "novograd",
            "adafactor",
            "sm3",
            "madgrad",
            "dog",
            "dowg",
            "cocob",
            "polyak-sgd",
            "momo",
            "momo-adam",
            "clip",
            "accumulate",
            "lookahead",
            "ema",
            "exempt",
            "centralize",
            "gradient-noise",
            "lazy"),
        catalogue.plugins().stream().map(PluginDescription::name).toList());
  }

  @Test
  void modulePathAndClassPathNameTheSameProviders() throws Exception {
    try (InputStream module = resource("module-info.class");
        InputStream services = resource("META-INF/services/" + PluginProvider.class.getName())) {
      var provides = ModuleDescriptor.read(module).provides();
      String text = new String(services.readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(
          Set.of(PluginProvider.class.getName()),
          Set.copyOf(provides.stream().map(ModuleDescriptor.Provides::service).toList()));
      assertEquals(provides.iterator().next().providers(), text.lines().toList());
    }
  }

  /** From where the classes lie: on a class path, another module's file may have the same name. */
  private static InputStream resource(String path) throws Exception {
    URL classes = BuiltInOptimizers.class.getProtectionDomain().getCodeSource().getLocation();
    return classes.toURI().resolve(path).toURL().openStream();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sgd(0.1, decay=0.01) | sgd(learning_rate=0.1, momentum=0, nesterov=false, decay=0.01,"
            + " dampening=0, weight_decay=0, weight_decay_form=native, dialect=keras)",
        "SGD(lr=0.1, Nesterov=TRUE, dialect=Torch) | sgd(learning_rate=0.1, momentum=0,"
            + " nesterov=true, decay=0, dampening=0, weight_decay=0, weight_decay_form=native,"
            + " dialect=torch)",
      })
  void whatIsPrintedNamesEveryParameter(String text, String printed) {
    assertEquals(printed, Catalogue.print(catalogue.optimizer(text)));
  }

  @Test
  void anOptimizerWithinAnotherIsWrittenLikeAnyPlugin() {
    Optimizer nested = catalogue.optimizer("clip(accumulate(sgd(0.1), steps=4), norm=2)");
    String printed =
        "clip(optimizer=accumulate(optimizer=sgd(learning_rate=%smomentum=0, nesterov=false,"
            + " decay=0, dampening=0, weight_decay=0, weight_decay_form=native, dialect=keras),"
            + " steps=4), value=0, norm=2, global_norm=0, norm_type=2, dialect=keras)";
    assertEquals(printed.formatted("0.1, "), Catalogue.print(nested));
    assertEquals(
        printed.formatted("0.3, "), Catalogue.print(nested.withLearningRate(new Constant(0.3))));
    assertEquals(
        printed.replace("learning_rate=%s", ""),
        Catalogue.printWithout((Record) nested, Optimizer.LEARNING_RATE));
  }

  @Test
  void hyperparametersOfWrappersKeepApart() {
    assertEquals(
        List.of(
            "learning_rate",
            "momentum",
            "ema_momentum",
            "clip_norm",
            "ema_momentum_2",
            "clip_norm_2",
            "clip_norm_3"),
        catalogue
            .optimizer("clip(clip(ema(clip(ema(sgd(momentum=0.9)), norm=1)), norm=2), norm=3)")
            .hyperparameters()
            .stream()
            .map(Hyperparameter::name)
            .toList());
  }

  /**
   * From Java, too, where nothing has read a specification before: at the latest when it is used.
   */
  @TestFactory
  Stream<DynamicTest> everyRangeIsChecked() {
    return new BuiltInOptimizers()
        .plugins().stream()
            .map(type -> DynamicTest.dynamicTest(type.getSimpleName(), () -> refuses(type)));
  }

  private void refuses(Class<? extends Record> plugin) throws ReflectiveOperationException {
    PluginType type = PluginType.of(plugin);
    String name = type.name();
    boolean outer = type.components().getFirst().type() == Optimizer.class;
    Record any =
        (Record) catalogue.optimizer(name + WRAPPED.getOrDefault(name, outer ? "(sgd)" : ""));
    List<Object> values = type.components().stream().map(each -> each.of(any)).toList();
    assertEquals(any, type.create(values));
    for (int i = 0; i < values.size(); i++) {
      Component component = type.components().get(i);
      var missing = assertThrows(NullPointerException.class, () -> with(any, component, null));
      assertEquals("%s: %s is null".formatted(name, component.name()), missing.getMessage());
      String range = component.param().range();
      if (range.equals("(-inf, inf)")) {
        continue;
      }
      Object wrong = beyond(values.get(i), range.startsWith("(-inf"));
      var refused = assertThrows(InputException.class, () -> with(any, component, wrong));
      String message = String.valueOf(refused.getMessage());
      String expected = "%s: %s must be in %s, not ".formatted(name, component.name(), range);
      assertTrue(message.startsWith(expected), message);
      assertThrows(InputException.class, () -> built(any, component, wrong).hyperparameters());
    }
    assertEquals(names((Optimizer) any), names(built(any, null, any)));
  }

  /** By its constructor, as a program makes it. */
  private static Optimizer built(Record plugin, @Nullable Component other, Object value)
      throws ReflectiveOperationException {
    List<Component> components = PluginType.of(plugin.getClass()).components();
    Class<?>[] types = components.stream().map(Component::type).toArray(Class<?>[]::new);
    Object[] values =
        components.stream().map(each -> each.equals(other) ? value : each.of(plugin)).toArray();
    try {
      return (Optimizer) plugin.getClass().getDeclaredConstructor(types).newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof InputException own) {
        throw own;
      }
      throw e;
    }
  }

  @SuppressWarnings("NullAway")
  private static Record with(Record plugin, Component component, @Nullable Object value) {
    return PluginType.of(plugin.getClass())
        .copy(plugin, (each, own) -> each.equals(component) ? value : own);
  }

  private static Object beyond(Object value, boolean above) {
    double wrong = above ? 1e300 : -1e300;
    return switch (value) {
      case Schedule _ -> new Constant(wrong);
      case Integer _ -> (int) wrong;
      case Long _ -> (long) wrong;
      default -> wrong;
    };
  }

  /** Keras's where it has the rule; else Optax's or PyTorch's. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sgd(learning_rate=0.01, momentum=0, nesterov=false, decay=0, dampening=0, weight_decay=0,"
            + " weight_decay_form=native, dialect=keras)",
        "adam(learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7, epsilon_root=0,"
            + " amsgrad=false, correct_squares=true, weight_decay=0, weight_decay_form=native,"
            + " dialect=keras)",
        "adamw(learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7, weight_decay=0.004,"
            + " amsgrad=false, dialect=keras)",
        "rmsprop(learning_rate=0.001, rho=0.9, momentum=0, nesterov=false, centered=false,"
            + " epsilon=1e-7, initial_accumulator=0, bias_correction=false, weight_decay=0,"
            + " weight_decay_form=native, dialect=keras)",
        "adagrad(learning_rate=0.001, initial_accumulator=0.1, epsilon=1e-7, decay=0,"
            + " weight_decay=0, weight_decay_form=native, dialect=keras)",
        "adadelta(learning_rate=0.001, rho=0.95, epsilon=1e-7, weight_decay=0,"
            + " weight_decay_form=native)",
        "adamax(learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7, weight_decay=0,"
            + " weight_decay_form=native, dialect=keras)",
        "nadam(learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7, momentum_decay=1,"
            + " weight_decay=0, weight_decay_form=native, dialect=keras)",
        "radam(learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-8, threshold=5,"
            + " nesterov=false, weight_decay=0, weight_decay_form=native, dialect=torch)",
        "lion(learning_rate=0.001, beta_1=0.9, beta_2=0.99, mode=hard, smooth_beta=1,"
            + " caution=false, weight_decay=0, weight_decay_form=native)",
        "adabelief(learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-16,"
            + " epsilon_root=1e-16, nesterov=false, weight_decay=0, weight_decay_form=native)",
        "yogi(learning_rate=0.01, beta_1=0.9, beta_2=0.999, epsilon=0.001,"
            + " initial_accumulator=1e-6, weight_decay=0, weight_decay_form=native)",
        "adan(learning_rate=0.001, beta_1=0.98, beta_2=0.92, beta_3=0.99, epsilon=1e-8,"
            + " epsilon_root=1e-8, weight_decay=0, weight_decay_form=native)",
        "adopt(learning_rate=0.001, beta_1=0.9, beta_2=0.9999, epsilon=1e-6, clipping=true,"
            + " nesterov=false, weight_decay=0, weight_decay_form=native)",
        "ademamix(learning_rate=0.001, beta_1=0.9, beta_2=0.999, beta_3=0.9999, alpha=5,"
            + " epsilon=1e-8, weight_decay=0, weight_decay_form=native)",
        "ftrl(learning_rate=0.001, learning_rate_power=-0.5, initial_accumulator=0.1, l1=0, l2=0,"
            + " l2_shrinkage=0, beta=0, weight_decay=0, weight_decay_form=native)",
        "rprop(learning_rate=0.01, shrink=0.5, grow=1.2, min_step=1e-6, max_step=50)",
        "asgd(learning_rate=0.01, lambd=1e-4, alpha=0.75, t0=1000000, weight_decay=0,"
            + " weight_decay_form=native)",
        "signum(learning_rate=0.001, momentum=0.9, weight_decay=0, weight_decay_form=native)",
        "schedule-free-sgd(learning_rate=1, beta_1=0.9, warmup_steps=0, weight_power=0,"
            + " rate_power=2, weight_decay=0, dialect=torch)",
        "schedule-free-adamw(learning_rate=0.0025, beta_1=0.9, beta_2=0.999, epsilon=1e-8,"
            + " warmup_steps=0, weight_power=0, rate_power=2, weight_decay=0, decay_at_z=false,"
            + " dialect=keras)",
        "prodigy(learning_rate=1, beta_1=0.9, beta_2=0.999, beta_3=0, epsilon=1e-8, d0=1e-6,"
            + " d_coef=1, growth_rate=inf, bias_correction=false, safeguard_warmup=false,"
            + " weight_decay=0)",
        "dadapt-adamw(learning_rate=1, beta_1=0.9, beta_2=0.999, epsilon=1e-8, d0=1e-6,"
            + " growth_rate=inf, bias_correction=false, weight_decay=0)",
        "muon(learning_rate=0.001, momentum=0.95, nesterov=true, ns_steps=5, rms_rate=0.2,"
            + " weight_decay=0.004, adam_learning_rate_ratio=1, beta_1=0.9, beta_2=0.999,"
            + " epsilon=1e-7, adam_weight_decay=0.004, dialect=keras)",
        "soap(learning_rate=0.003, beta_1=0.95, beta_2=0.95, shampoo_beta=0, epsilon=1e-8,"
            + " weight_decay=0.01, precondition_frequency=10, max_precondition_size=10000)",
        "shampoo(learning_rate=0.1, momentum=0.9, beta=1, epsilon=1e-4, weight_decay=0,"
            + " precondition_frequency=10, max_precondition_size=10000)",
        "sophia(learning_rate=1e-4, beta_1=0.965, beta_2=0.99, rho=0.04, batch_size=1, k=10,"
            + " weight_decay=0.1, weight_decay_form=native)",
        "lamb(learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7, weight_decay=0,"
            + " weight_decay_form=native, dialect=keras)",
        "lars(learning_rate=1, momentum=0.9, nesterov=false, trust_coefficient=0.001, epsilon=0,"
            + " weight_decay=0, weight_decay_form=native)",
        "novograd(learning_rate=0.001, beta_1=0.9, beta_2=0.25, epsilon=1e-6,"
            + " grad_averaging=false, weight_decay=0, weight_decay_form=native)",
        "optimistic-sgd(learning_rate=0.01, alpha=1, beta=1, weight_decay=0,"
            + " weight_decay_form=native)",
        "simplified-ademamix(learning_rate=1e-5, beta_1=0.99, beta_2=0.95, alpha=0, epsilon=1e-8,"
            + " weight_decay=0, weight_decay_form=native)",
        "acprop(learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-16,"
            + " epsilon_root=1e-8, weight_decay=0, weight_decay_form=native)",
        "fromage(learning_rate=0.01, min_norm=1e-6)",
        "cocob(learning_rate=1, alpha=100, epsilon=1e-8, weight_decay=0)",
        "adafactor(learning_rate=0.001, beta_2_decay=-0.8, epsilon_1=1e-30, epsilon_2=0.001,"
            + " clip_threshold=1, scale_parameter=true, momentum=0, min_dim_size_to_factor=1,"
            + " weight_decay=0, weight_decay_form=native, dialect=keras)",
        "sm3(learning_rate=0.1, momentum=0.9, epsilon=1e-8, weight_decay=0,"
            + " weight_decay_form=native)",
        "madgrad(learning_rate=0.01, momentum=0.9, epsilon=1e-6, weight_decay=0,"
            + " weight_decay_form=native)",
        "dog(learning_rate=1, initial=1e-6, initial_as=relative, epsilon=1e-8, layerwise=false,"
            + " weight_decay=0, weight_decay_form=native)",
        "dowg(learning_rate=1, initial=1e-4, epsilon=1e-4, weight_decay=0,"
            + " weight_decay_form=native)",
        "polyak-sgd(learning_rate=1, lowest=0, epsilon=0, positive=false)",
        "momo(learning_rate=1, beta=0.9, lowest=0, adaptive=false, weight_decay=0)",
        "momo-adam(learning_rate=0.01, beta_1=0.9, beta_2=0.999, epsilon=1e-8, lowest=0,"
            + " adaptive=false, weight_decay=0)",
      })
  void theDefaults(String printed) {
    String name = printed.substring(0, printed.indexOf('('));
    assertEquals(printed, Catalogue.print(catalogue.optimizer(name)));
  }

  @Property(tries = 300)
  void whatIsWrittenReadsBackEqual(
      @ForAll("specifications") String text,
      @ForAll @Scale(12) @DoubleRange(max = 1e10) double rate) {
    Optimizer optimizer = catalogue.optimizer(text).withLearningRate(new Constant(rate));
    assertEquals(optimizer, catalogue.optimizer(Catalogue.print(optimizer)));
    assertEquals(names(catalogue.optimizer(text)), names(optimizer));
  }

  @Provide
  Arbitrary<String> specifications() {
    return Arbitraries.of(Variants.ALL);
  }

  @TestFactory
  Stream<DynamicTest> anotherRateChangesNothingElse() {
    return Variants.ALL.stream()
        .map(text -> DynamicTest.dynamicTest(text, () -> changesNothingElse(text)));
  }

  private void changesNothingElse(String text) {
    Optimizer optimizer = catalogue.optimizer(text);
    Optimizer other = optimizer.withLearningRate(new Constant(0.375));
    assertTrue(Catalogue.print(other).contains("learning_rate=0.375"));
    assertEquals(
        Catalogue.printWithout((Record) optimizer, Optimizer.LEARNING_RATE),
        Catalogue.printWithout((Record) other, Optimizer.LEARNING_RATE));
    assertEquals(other, catalogue.optimizer(Catalogue.print(other)));
  }

  private static Set<String> names(Optimizer optimizer) {
    return optimizer.hyperparameters().stream()
        .map(Hyperparameter::name)
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sgd(-0.1) | sgd: learning_rate must be in [0, inf), not -0.1",
        "sgd(momentum=1.1) | sgd: momentum must be in [0, 1], not 1.1",
        "adam(beta_1=1) | adam: beta_1 must be in [0, 1), not 1",
        "adam(epsilon=0) | adam: epsilon must be in (0, inf), not 0",
        "sgd(dampening=0.1) | sgd: dampening needs dialect=torch and nesterov=false",
        "sgd(dampening=0.1, nesterov=true, dialect=torch)"
            + " | sgd: dampening needs dialect=torch and nesterov=false",
        "clip(sgd) | clip: give one of value, norm and global_norm; for two, put one clip into"
            + " another",
        "clip(sgd, norm=1, value=1) | clip: give one of value, norm and global_norm; for two, put"
            + " one clip into another",
        "adam(epsilon_root=0.1) | adam: epsilon_root needs dialect=optax",
        "schedule-free-adamw(decay_at_z=true) | schedule-free-adamw: decay_at_z needs dialect=torch"
            + " or optax",
        "clip(sgd, norm=1, norm_type=11) | clip: norm_type must be at most 10, or inf",
        "clip(sgd, norm=-1) | clip: norm must be in [0, inf), not -1",
        "accumulate(sgd, steps=0) | accumulate: steps must be in [1, 1e9], not 0",
        "ema(sgd, momentum=1) | ema: momentum must be in [0, 1), not 1",
        "clip(norm=1) | clip lacks optimizer; write clip(optimizer=...) (column 1 of"
            + " \"clip(norm=1)\")",
        "clip(lamp, norm=1) | no optimizer is named \"lamp\" (did you mean \"lamb\"?); known: KNOWN"
            + " (column 6 of \"clip(lamp, norm=1)\")",
        "clip(0.1, norm=1) | no optimizer is named \"0.1\"; known: KNOWN (column 6 of \"clip(0.1,"
            + " norm=1)\")",
        "clip([sgd, adam], norm=1) | one optimizer goes here, not a list (column 6 of \"clip([sgd,"
            + " adam], norm=1)\")",
        "clip(sgd(momentum=2), norm=1) | sgd: momentum must be in [0, 1], not 2",
        "clip(sgd(speed=2), norm=1) | sgd has no parameter \"speed\"; it takes learning_rate,"
            + " momentum, nesterov, decay, dampening, weight_decay, weight_decay_form, dialect"
            + " (column 10 of \"clip(sgd(speed=2), norm=1)\")",
        "lamb(dialect=torch) | dialect is keras or optax, not \"torch\" (column 14 of"
            + " \"lamb(dialect=torch)\")",
        "radam(dialect=keras) | dialect is torch or optax, not \"keras\" (column 15 of"
            + " \"radam(dialect=keras)\")",
        "schedule-free-sgd(dialect=keras)"
            + " | dialect is torch or optax, not \"keras\" (column 27 of"
            + " \"schedule-free-sgd(dialect=keras)\")",
      })
  void aConstantOutOfRangeIsRefused(String text, String message) {
    var error = assertThrows(InputException.class, () -> catalogue.optimizer(text));
    String known =
        catalogue.plugins().stream().map(PluginDescription::name).collect(Collectors.joining(", "));
    assertEquals(message.replace("KNOWN", known), error.getMessage());
  }
}
