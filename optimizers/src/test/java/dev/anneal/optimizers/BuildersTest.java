package dev.anneal.optimizers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.plugin.PluginBuilder;
import dev.anneal.api.plugin.PluginType;
import dev.anneal.api.plugin.PluginType.Component;
import dev.anneal.api.schedule.Schedule;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What builders make, beside what specifications with the same parameters say. */
class BuildersTest {
  /** What a parameter without a default may be, as it is written. */
  private static final Map<Class<?>, String> SAMPLES =
      Map.of(Optimizer.class, "sgd", int.class, "2");

  private final Catalogue catalogue = Catalogue.load();

  @TestFactory
  Stream<DynamicTest> withWhatHasNoDefault() {
    return new BuiltInOptimizers()
        .plugins().stream()
            .map(plugin -> DynamicTest.dynamicTest(plugin.getSimpleName(), () -> same(plugin)));
  }

  private void same(Class<? extends Record> plugin) throws ReflectiveOperationException {
    PluginType type = PluginType.of(plugin);
    List<Component> required =
        type.components().stream().filter(each -> each.param().byDefault().isEmpty()).toList();
    String arguments =
        required.stream()
            .map(each -> each.name() + "=" + SAMPLES.get(each.type()))
            .collect(Collectors.joining(", "));
    Constructor<?> constructor =
        Class.forName(plugin.getName() + "Builder")
            .getConstructor(required.stream().map(Component::type).toArray(Class<?>[]::new));
    var builder =
        (PluginBuilder<?>)
            constructor.newInstance(required.stream().map(each -> value(each.type())).toArray());
    assertEquals(
        madeOrRefused(() -> catalogue.optimizer(type.name() + "(" + arguments + ")")),
        madeOrRefused(builder::build));
  }

  private Object value(Class<?> type) {
    String text = SAMPLES.get(type);
    return type == Optimizer.class ? catalogue.optimizer(text) : Integer.valueOf(text);
  }

  private static Object madeOrRefused(Supplier<Object> plugin) {
    try {
      return plugin.get();
    } catch (InputException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void withAllThatDiffersFromTheDefaults() {
    Adam adam = new AdamBuilder().beta2(0.99).amsgrad(true).build();
    assertEquals(catalogue.optimizer("adam(beta_2=0.99, amsgrad=true)"), adam);
    assertEquals(adam, AdamBuilder.from(adam).build());
    assertEquals(
        catalogue.optimizer("adam(0.01, beta_2=0.99)"),
        AdamBuilder.from(adam).learningRate(0.01).amsgrad(false).build());
  }

  /** A rule knows its parameters by identity. */
  @Test
  void aScheduleIsKeptAsItIs() {
    Schedule rate = progress -> 0.1;
    assertSame(rate, new SgdBuilder().learningRate(rate).build().learningRate());
    Adam adam = new AdamBuilder().learningRate(rate).build();
    assertSame(adam.epsilon(), AdamBuilder.from(adam).build().epsilon());
  }

  @Test
  void aRangeIsHeldToWithTheWordsOfSpecifications() {
    var written = assertThrows(InputException.class, () -> catalogue.optimizer("adam(beta_1=1)"));
    var built = assertThrows(InputException.class, () -> new AdamBuilder().beta1(1).build());
    assertEquals(written.getMessage(), built.getMessage());
  }
}
