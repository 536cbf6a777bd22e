package dev.anneal.optimizers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.core.InputException;
import dev.anneal.core.optimize.Optimizer;
import dev.anneal.core.schedule.Constant;
import dev.anneal.core.spec.Catalogue;
import dev.anneal.core.spec.PluginDescription;
import dev.anneal.core.spec.PluginProvider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltInOptimizersTest {
  private final Catalogue catalogue = Catalogue.load();

  @Test
  void theServiceLoaderFindsThemAll() {
    assertEquals(List.of(), catalogue.problems());
    assertEquals(
        List.of("sgd", "adam"), catalogue.plugins().stream().map(PluginDescription::name).toList());
  }

  @Test
  void modulePathAndClassPathNameTheSameProviders() throws IOException {
    try (InputStream module = resource("/module-info.class");
        InputStream services = resource("/META-INF/services/" + PluginProvider.class.getName())) {
      var provides = ModuleDescriptor.read(module).provides();
      String text = new String(services.readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(
          Set.of(PluginProvider.class.getName()),
          Set.copyOf(provides.stream().map(ModuleDescriptor.Provides::service).toList()));
      assertEquals(provides.iterator().next().providers(), text.lines().toList());
    }
  }

  private static InputStream resource(String path) {
    InputStream stream = BuiltInOptimizers.class.getResourceAsStream(path);
    assertNotNull(stream, path);
    return stream;
  }

  @Test
  void theDefaultsAreThoseOfKeras() {
    assertEquals(
        new Sgd(new Constant(0.01), new Constant(0), false, 0), catalogue.optimizer("sgd"));
    assertEquals(
        new Adam(new Constant(0.001), new Constant(0.9), new Constant(0.999), 1e-7),
        catalogue.optimizer("adam()"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sgd | sgd(learning_rate=0.01, momentum=0, nesterov=false, decay=0)",
        "sgd(0.1, decay=0.01) | sgd(learning_rate=0.1, momentum=0, nesterov=false, decay=0.01)",
        "SGD(lr=0.1, Nesterov=TRUE) | sgd(learning_rate=0.1, momentum=0, nesterov=true, decay=0)",
        "adam(beta1=0.8) | adam(learning_rate=0.001, beta_1=0.8, beta_2=0.999, epsilon=1e-7)",
      })
  void whatIsPrintedNamesEveryParameter(String text, String printed) {
    assertEquals(printed, Catalogue.print(catalogue.optimizer(text)));
  }

  @Property(tries = 300)
  void whatIsWrittenReadsBackEqual(
      @ForAll @Scale(12) @DoubleRange(max = 1e10) double rate,
      @ForAll @Scale(12) @DoubleRange(max = 0.999) double part,
      @ForAll @Scale(12) @DoubleRange(min = 1e-12, max = 1) double epsilon,
      @ForAll boolean nesterov) {
    Optimizer sgd = new Sgd(new Constant(rate), new Constant(part), nesterov, epsilon);
    assertEquals(sgd, catalogue.optimizer(Catalogue.print(sgd)));
    Optimizer adam = new Adam(new Constant(rate), new Constant(part), new Constant(part), epsilon);
    assertEquals(adam, catalogue.optimizer(Catalogue.print(adam)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sgd(-0.1) | sgd: learning_rate must be in [0, inf), not -0.1",
        "sgd(momentum=1.1) | sgd: momentum must be in [0, 1], not 1.1",
        "adam(beta_1=1) | adam: beta_1 must be in [0, 1), not 1",
        "adam(epsilon=0) | adam: epsilon must be in (0, inf), not 0",
      })
  void aConstantOutOfRangeIsRefused(String text, String message) {
    var error = assertThrows(InputException.class, () -> catalogue.optimizer(text));
    assertEquals(message, error.getMessage());
  }
}
