package dev.anneal.core.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.expression.Expression;
import dev.anneal.core.OtherJvm;
import dev.anneal.core.codegen.Kernels;
import dev.anneal.core.kernel.Fallback;
import dev.anneal.core.kernel.FloatKernel;
import dev.anneal.core.kernel.KernelSpec;
import dev.anneal.core.kernel.Width;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a process computes with and what it warns of is decided once in it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BackendTest {
  private static final String VECTOR_API = "--add-modules=jdk.incubator.vector";

  /** Uses two kernels much, waits until it is decided with what they run, and tells. */
  static final class Probe {
    private Probe() {}

    public static void main(String[] args) throws InterruptedException {
      use(new Expression.Operand(0).tanh());
      use(new Expression.Operand(0).exp());
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread.getName().equals("anneal-warm-up")) {
          thread.join();
        }
      }
      Backend backend = Backend.now();
      System.out.printf(
          "%s %d %s %d %d %s",
          backend.isVector() ? "vector" : "scalar",
          backend.vectorBits(),
          backend.fma() ? "fma" : "-",
          backend.vectorized(),
          backend.scalar(),
          backend.reason().orElse("-"));
    }

    private static void use(Expression value) {
      FloatKernel kernel =
          Kernels.compile(new KernelSpec(2, 0, List.of(new KernelSpec.Output(1, value))));
      float[][] arrays = new float[2][1 << 16];
      for (int i = 0; i < 100 && Width.preferred() != Width.SCALAR; i++) {
        kernel.run(arrays, new int[2], new float[kernel.preparedSize()], 1 << 16);
      }
    }
  }

  /** The lines of our own: with the incubator, Java itself warns. */
  private static List<String> ours(OtherJvm process) {
    return process.err().lines().filter(line -> line.contains("scalar code")).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "NO_MODULE, -Xshare:auto",
    "NO_COMPILER, -Xint --add-modules=jdk.incubator.vector",
    "NO_COMPILER, -XX:TieredStopAtLevel=1 --add-modules=jdk.incubator.vector",
    "NO_VECTORS, -XX:MaxVectorSize=8 --add-modules=jdk.incubator.vector"
  })
  void whatForbidsVectorsIsWarnedOfOnce(Fallback why, String options) throws Exception {
    OtherJvm process = OtherJvm.run(Probe.class, options.split(" "));
    assertEquals("scalar 0 fma 0 0 " + why.reason(), process.out());
    assertEquals(
        List.of("WARNING: scalar code computes: " + why.reason()), ours(process), process::err);
  }

  @Test
  void whoAsksForScalarCodeIsNotWarned() throws Exception {
    OtherJvm process = OtherJvm.run(Probe.class, VECTOR_API, "-Danneal.vector.bits=0");
    assertEquals("scalar 0 fma 0 0 " + Fallback.CHOSEN.reason(), process.out());
    assertEquals("", process.err().replaceFirst(".*incubator.*\\R", ""));
  }

  /** No warning, and a line for who wants to know more. */
  @Test
  void vectorsTakeOver(@TempDir Path folder) throws Exception {
    Path logging = folder.resolve("logging.properties");
    Files.writeString(
        logging,
        """
        handlers = java.util.logging.ConsoleHandler
        java.util.logging.ConsoleHandler.level = FINE
        dev.anneal.core.level = FINE
        """);
    OtherJvm process =
        OtherJvm.run(Probe.class, VECTOR_API, "-Djava.util.logging.config.file=" + logging);
    assertEquals("vector %d fma 2 0 -".formatted(Width.preferred().bits()), process.out());
    List<String> lines = process.err().lines().filter(line -> line.matches("[A-Z]+: .*")).toList();
    assertEquals(2, lines.size(), process::err);
    assertTrue(lines.getFirst().contains("incubator"));
    assertTrue(
        lines
            .getLast()
            .matches(
                "FINE: 2 kernels vectorized within [1-9]\\d* ms, 0 waiting, 0 scalar, 0 small"),
        lines::getLast);
  }

  @Test
  void aProcessorWithoutFusedMultiplyAddIsSeen() throws Exception {
    OtherJvm process =
        OtherJvm.run(Probe.class, VECTOR_API, "-XX:-UseFMA", "-Danneal.vector.bits=0");
    assertTrue(process.out().startsWith("scalar 0 - "), process::out);
  }

  /** In this process vectors run from the start. */
  @Test
  void kernelsAreCountedAsTheyCome() {
    Backend before = Backend.now();
    Kernels.compile(
        new KernelSpec(
            2, 0, List.of(new KernelSpec.Output(1, new Expression.Operand(0).times(12345)))));
    Backend after = Backend.now();
    assertEquals(before.vectorized() + 1, after.vectorized());
    assertEquals(Width.preferred().bits(), after.vectorBits());
    assertTrue(after.isVector());
    assertTrue(after.vectorizedAfter().orElseThrow().compareTo(Duration.ZERO) > 0);
  }

  @Test
  void aBackendWhoseKernelsAllStayScalarIsNoVectorBackend() {
    assertTrue(new Backend(512, true, 0, 0, 0, 0, Optional.empty(), Optional.empty()).isVector());
    assertTrue(new Backend(512, true, 0, 1, 1, 0, Optional.empty(), Optional.empty()).isVector());
    assertTrue(new Backend(128, true, 1, 0, 1, 0, Optional.empty(), Optional.empty()).isVector());
    assertFalse(new Backend(128, true, 0, 0, 1, 0, Optional.empty(), Optional.empty()).isVector());
    assertFalse(new Backend(0, true, 0, 0, 0, 0, Optional.empty(), Optional.empty()).isVector());
  }
}
