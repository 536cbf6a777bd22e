package dev.anneal.core.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.expression.Expression;
import dev.anneal.core.kernel.FloatKernel;
import dev.anneal.core.kernel.KernelSpec;
import dev.anneal.core.kernel.Width;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RecentTest {
  @Test
  void whatWasAskedForLastStays() {
    Recent<String, Object> recent = new Recent<>(2);
    Object a = recent.get("a", Object::new);
    Object b = recent.get("b", Object::new);
    assertSame(a, recent.get("a", Object::new));
    recent.get("c", Object::new);
    assertSame(a, recent.get("a", Object::new));
    assertNotSame(b, recent.get("b", Object::new));
  }

  private static FloatKernel kernel(double factor) {
    Expression scaled = new Expression.Operand(0).times(factor);
    return KernelCompiler.compile(
        new KernelSpec(1, 0, List.of(new KernelSpec.Output(0, scaled))), Width.SCALAR);
  }

  /** A search over numbers in formulas makes kernels without end. */
  @Test
  @Timeout(60)
  void oldKernelsAreUnloaded() {
    assertSame(kernel(0.5), kernel(0.5));
    WeakReference<FloatKernel> old = new WeakReference<>(kernel(-1));
    for (int i = 0; i < 600; i++) {
      float[][] array = {{2}};
      kernel(i + 0.25).run(array, new int[1], new float[0], 1);
      assertEquals((float) (2 * (i + 0.25)), array[0][0]);
    }
    for (int i = 0; old.get() != null && i < 100; i++) {
      System.gc();
      LockSupport.parkNanos(10_000_000);
    }
    assertTrue(old.refersTo(null));
  }
}
