package dev.anneal.schedulers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.plugin.PluginBuilder;
import dev.anneal.api.plugin.PluginType;
import dev.anneal.api.plugin.PluginType.Component;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What builders make, beside what specifications with the same parameters say. */
class BuildersTest {
  /** What a parameter without a default may be, and how it is written. */
  private record Sample(Object value, String text) {}

  private static final Map<Class<?>, Sample> SAMPLES =
      Map.of(
          double.class, new Sample(0.5, "0.5"),
          Double.class, new Sample(0.5, "0.5"),
          int.class, new Sample(2, "2"),
          String.class, new Sample("loss", "loss"),
          Duration.class, new Sample(Duration.iterations(10), "10it"),
          Schedule.class, new Sample(new Constant(0.25), "0.25"),
          Unit.class, new Sample(Unit.EPOCH, "epoch"));

  private final Catalogue catalogue = Catalogue.load();

  @TestFactory
  Stream<DynamicTest> withWhatHasNoDefault() {
    return new BuiltInSchedules()
        .plugins().stream()
            .map(plugin -> DynamicTest.dynamicTest(plugin.getSimpleName(), () -> same(plugin)));
  }

  private void same(Class<? extends Record> plugin) throws ReflectiveOperationException {
    PluginType type = PluginType.of(plugin);
    List<Component> required =
        type.components().stream().filter(each -> each.param().byDefault().isEmpty()).toList();
    String arguments =
        required.stream()
            .filter(each -> !each.isPer())
            .map(each -> each.name() + "=" + sample(each).text)
            .collect(Collectors.joining(", "));
    String text = type.name() + "(" + arguments + ")" + (type.hasPer() ? " per epoch" : "");
    Constructor<?> builder =
        Class.forName(plugin.getName() + "Builder")
            .getConstructor(required.stream().map(Component::type).toArray(Class<?>[]::new));
    Object[] values = required.stream().map(each -> sample(each).value).toArray();
    assertEquals(
        catalogue.schedule(text), ((PluginBuilder<?>) builder.newInstance(values)).build());
  }

  /** A list has one element. */
  private static Sample sample(Component component) {
    Sample sample = SAMPLES.get(component.element());
    return component.isList() ? new Sample(List.of(sample.value), "[" + sample.text + "]") : sample;
  }

  @Test
  void withAllThatDiffersFromTheDefaults() {
    Cosine cosine = new CosineBuilder(0.1, Unit.EPOCH).floor(0.001).build();
    assertEquals(catalogue.schedule("cosine(0.1, floor=0.001) per epoch"), cosine);
    assertEquals(cosine, CosineBuilder.from(cosine).build());
    assertEquals(
        catalogue.schedule("cosine(0.1, floor=0.001, over=5ep, after=rise) per iteration"),
        CosineBuilder.from(cosine)
            .over(Duration.epochs(5))
            .after(Cosine.After.RISE)
            .per(Unit.ITERATION)
            .build());
  }
}
