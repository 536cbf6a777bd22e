package dev.anneal.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.anneal.api.InputException;
import dev.anneal.api.expression.Expression;
import dev.anneal.core.OtherJvm;
import dev.anneal.core.codegen.Kernels;
import dev.anneal.core.matrix.Layout;
import dev.anneal.core.matrix.Matrix;
import dev.anneal.core.matrix.MatrixProduct;
import dev.anneal.core.parallel.Workers;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The choice is made once in a process, so each case is a process of its own. */
class WidthTest {
  /** What the processes run: the width, and the bits of a kernel and of a product. */
  static final class Probe {
    private Probe() {}

    public static void main(String[] args) {
      try {
        System.out.print(Width.preferred() + " " + result(Width.preferred()));
      } catch (InputException e) {
        System.out.print(e.getMessage());
      }
    }

    static int result(Width width) {
      float[] x = new float[37 * 37];
      for (int i = 0; i < x.length; i++) {
        x[i] = i * 0.01f - 5;
      }
      float[] y = new float[x.length];
      Expression value =
          new Expression.Operand(0).tanh().plus(new Expression.Operand(0).softplus().log());
      Kernels.compile(new KernelSpec(2, 0, List.of(new KernelSpec.Output(1, value))), width)
          .run(new float[][] {x, y}, new int[2], new float[0], x.length);
      Matrix a = Matrix.zeros(37, 37, Layout.ROWS);
      Matrix b = Matrix.zeros(37, 37, Layout.PANELS);
      Matrix c = Matrix.zeros(37, 37, Layout.ROWS);
      a.set(x, 0);
      b.set(y, 0);
      try (Workers workers = new Workers(2)) {
        new MatrixProduct(true, false, width, workers).run(a, b, c, 37, 37);
      }
      return Arrays.hashCode(c.get());
    }
  }

  @Test
  void withoutTheIncubatorItIsScalarWithTheSameBits() throws Exception {
    assertEquals("SCALAR " + Probe.result(Width.BITS_512), java());
  }

  /** Which gets no options of the JVM: its jar asks for what it needs. */
  @Test
  void aProgramInAJarMayHaveTheIncubatorLoadedLate() throws Exception {
    assumeTrue(Width.preferred() != Width.SCALAR);
    String output = java("--add-exports", "java.base/jdk.internal.module=ALL-UNNAMED");
    assertEquals(Width.preferred() + " " + Probe.result(Width.SCALAR), output);
    OtherJvm jar =
        OtherJvm.runJar(Probe.class, Map.of("Add-Exports", "java.base/jdk.internal.module"));
    assertEquals(new OtherJvm(output, ""), jar);
  }

  @ParameterizedTest
  @CsvSource({"0, SCALAR", "128, BITS_128", "256, BITS_256", "512, BITS_512"})
  void theSystemPropertyDecides(String bits, Width width) throws Exception {
    String output = java("--add-modules", "jdk.incubator.vector", "-Danneal.vector.bits=" + bits);
    assertEquals(width + " " + Probe.result(Width.SCALAR), output);
  }

  @Test
  void anythingElseIsRefused() throws Exception {
    assertEquals(
        "anneal.vector.bits must be 0, 128, 256 or 512, not \"64\"",
        java("-Danneal.vector.bits=64"));
    assertEquals(
        "anneal.vector.bits=256 needs the Vector API;"
            + " start Java with --add-modules jdk.incubator.vector",
        java("-Danneal.vector.bits=256"));
  }

  @Test
  void floatsAreAThirtySecondOfTheBits() {
    assertEquals(List.of(1, 4, 8, 16), Arrays.stream(Width.values()).map(Width::floats).toList());
  }

  private static String java(String... options) throws IOException, InterruptedException {
    return OtherJvm.run(Probe.class, options).out();
  }
}
